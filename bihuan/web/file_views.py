"""Attachments: handed out to those who see what they belong to, never as active content."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.http import Http404, HttpResponseBase

from bihuan.audit.models import Attachment
from bihuan.web import downloads
from bihuan.web.access import Request, load, requires


@requires("see.business")
def show(request: Request, pk: int) -> HttpResponseBase:
    """The file as a download; an image asked for with ``?show`` is shown in place."""
    attachment = Attachment.objects.filter(pk=pk).first()
    if attachment is None:
        raise Http404
    load(request, _noun(attachment.subject_kind), pk=attachment.subject_id)
    return downloads.download(attachment, show="show" in request.GET)


def _noun(kind: str) -> Any:
    """The model whose rows are called so; a noun that says nothing of who sees it shows its files to nobody."""
    for model in apps.get_app_config("bihuan").get_models():
        if getattr(model, "NOUN", "") == kind and hasattr(model.objects, "visible_to"):  # type: ignore[attr-defined]
            return model
    raise Http404
