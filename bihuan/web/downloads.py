"""Handing out attached files: never as anything a browser would run (reliability notes 3 and 5)."""

from __future__ import annotations

from django.http import FileResponse
from django.http.response import HttpResponseBase

from bihuan.audit import attachments
from bihuan.audit.models import Attachment


def download(attachment: Attachment, *, show: bool = False) -> HttpResponseBase:
    """The file as a download; ``show`` lets the browser draw it where its own bytes say it is a picture."""
    picture = show and attachment.media_type.startswith("image/")
    answer = FileResponse(
        attachments.open_file(attachment),
        as_attachment=not picture,
        filename=attachment.name,
        content_type=attachment.media_type if picture else "application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
