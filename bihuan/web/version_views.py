"""The three acts on a versioned configuration: draft the next version, publish the draft, discard it.

Schemes, routing and calendars differ only in what they say and where they lead, which each of them declares.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from bihuan.core.forms import Form
from bihuan.core.text import Text
from bihuan.people.models import User
from bihuan.web.access import Request, View, requires
from bihuan.web.responses import redirect_with_message, submit


@dataclass(frozen=True)
class Answer:
    """Where an act leads, as an address made of the version, and what is said there."""

    address: Callable[[Any], str]
    message: Callable[[Any], Text | None] = lambda version: None


@dataclass(frozen=True)
class VersionViews:
    """``find``: the version that the parts of the address name, or a 404; ``start``: makes the draft; ``form``: what
    is asked on publishing; ``page``: the version's page with that form refused; ``after_publish``: runs at the end."""

    capability: str
    find: Callable[..., Any]
    start: Callable[..., Any]
    drafted: Answer
    published: Answer
    discarded: Answer
    form: type[Form] | None = None
    page: Callable[[Request, Any, dict[str, Form]], HttpResponse] | None = None
    after_publish: Callable[[], Any] | None = None

    def draft(self) -> View:
        def draft(request: Request, **which: Any) -> HttpResponse:
            return self._done(request, self.drafted, self.start(request.user, **which))

        return self._view(draft)

    def publish(self) -> View:
        def publish(request: Request, **which: Any) -> HttpResponse:
            version = self.find(**which)
            if self.form is None or self.page is None:
                version.publish(by=request.user)
            else:
                form = self.form(request.POST)
                if not submit(form, lambda **values: version.publish(by=request.user, **values)):
                    return self.page(request, version, {"publish_form": form})
            if self.after_publish:
                self.after_publish()
            return self._done(request, self.published, version)

        return self._view(publish)

    def discard(self) -> View:
        def discard(request: Request, **which: Any) -> HttpResponse:
            version = self.find(**which)
            user: User = request.user
            version.discard(by=user)
            return self._done(request, self.discarded, version)

        return self._view(discard)

    def _view(self, view: View) -> View:
        return require_POST(requires(self.capability)(view))

    def _done(self, request: Request, answer: Answer, version: Any) -> HttpResponse:
        return redirect_with_message(request, answer.address(version), answer.message(version))
