"""Sheets the import tests write for themselves."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile
from openpyxl import Workbook

from bihuan.feedback import import_preview
from bihuan.feedback.import_worker import ImportRun
from bihuan.feedback.models import ImportBatch

HEADING = ("反馈编号", "反馈时间", "客户编号", "联系方式", "渠道", "问题描述", "评分")
Line = Sequence[object]


def line(number: int, text: str = "", **cells: Any) -> list[object]:
    values = {
        "no": f"T{number:05d}", "at": f"2026-11-{number % 20 + 1:02d} 09:{number % 60:02d}", "who": f"U{number % 37:03d}",
        "reach": f"199{number:08d}", "channel": "电话", "text": text or f"第 {number} 次开机都卡在启动画面", "score": "",
    }  # fmt: skip
    return list((values | cells).values())


def as_csv(lines: Sequence[Line], heading: Line = HEADING, encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([heading, *lines])
    return out.getvalue().encode(encoding)


def as_xlsx(lines: Sequence[Line], heading: Line = HEADING) -> bytes:
    book = Workbook()
    for cells in [heading, *lines]:
        book.active.append([str(c) for c in cells])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def uploaded(content: bytes, name: str, by: Any, **settings: Any) -> ImportBatch:
    """A batch as the page leaves it after the look."""
    batch = ImportBatch.upload(ContentFile(content, name=name), by=by, team=by.team)
    for key, value in settings.items():
        setattr(batch, key, value)
    batch.save()
    import_preview.inspect(batch, by=by.actor)
    return batch


def taken_in(content: bytes, name: str, by: Any, **settings: Any) -> ImportBatch:
    """A batch imported whole."""
    batch = uploaded(content, name, by, **settings)
    batch.start(by=by)
    ImportRun(batch).run()
    batch.refresh_from_db()
    return batch
