"""How a page responds to an act: redirect with a message, show the refusal, or show both versions of a stale edit."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from bihuan.core.errors import Refused, Stale
from bihuan.core.forms import Form
from bihuan.core.text import Text

_by_program: ContextVar[bool] = ContextVar("by_program", default=False)


def submit(form: Form, verb: Callable[..., Any]) -> bool:
    """Call ``verb`` with the form's clean values when it is valid; True when it was called and did not refuse.

    A refusal becomes the form's error, so that what the person typed is still there; a stale edit shows both versions.
    A program gets a 409 instead (Refusals)."""
    if not form.is_valid():
        return False
    try:
        verb(**form.cleaned_data)
    except Refused as refusal:
        if _by_program.get():
            raise
        _show(form, refusal)
        return False
    return True


def _show(form: Form, refusal: Refused) -> None:
    form.refuse(refusal.reason)
    if isinstance(refusal, Stale) and hasattr(form, "compare"):
        form.compare(refusal.stored, refusal.meant or form.cleaned_data)


def redirect_with_message(request: HttpRequest, to: Any, message: Text | None = None) -> HttpResponse:
    """A redirect after an act, with a message of what was done."""
    if message is not None:
        messages.success(request, str(message))
    return redirect(to)


def previous_page(request: HttpRequest, otherwise: str = "/") -> str:
    """Where the person came from, if that was a page of ours."""
    here = {request.get_host()}
    for address in (request.POST.get("next"), request.META.get("HTTP_REFERER")):
        if address and url_has_allowed_host_and_scheme(address, here, require_https=request.is_secure()):
            return address
    return otherwise


class Refusals:
    """A refusal no view has caught: a message on the page it came from; 409 with the reason for programs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        held = _by_program.set(_is_program(request))
        try:
            return self.get_response(request)
        finally:
            _by_program.reset(held)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        if _is_program(request):
            return JsonResponse({"error": str(error.reason), **error.reason.to_json()}, status=409)
        if request.headers.get("HX-Request"):
            response = render(request, "ui/refused.html", {"reason": error.reason}, status=409)
            response["HX-Retarget"], response["HX-Reswap"] = "#messages", "innerHTML"
            return response
        address = previous_page(request, "")
        if request.method == "POST" and address:
            messages.error(request, str(error.reason))
            return HttpResponseRedirect(address)
        return render(request, "refused.html", {"reason": error.reason}, status=409)


def _is_program(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", "")
