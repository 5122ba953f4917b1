"""How a verb refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bihuan.core.text import Text

if TYPE_CHECKING:
    from django.db.models import Model


class Refused(Exception):
    """A verb may not be done now. The page shows ``reason``; the API answers 409 with it."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason)
        self.reason = reason


class Stale(Refused):
    """The person saw an older version than the stored one. Carries the stored row and what they meant to write."""

    def __init__(self, stored: Model, meant: dict[str, Any] | None = None) -> None:
        super().__init__(
            Text(
                "在您查看之后，别人已经修改了这条记录。下面同时列出现在的内容和您填写的内容，请核对后再保存。",
                "Someone changed this record after you opened it. Below are its present content and what you entered; "
                "please compare and save again.",
            )
        )
        self.stored = stored
        self.meant = meant or {}
