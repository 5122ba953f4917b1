"""Fields that feedback items need: several files at once, and rows of what was tried with what came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from bihuan.audit.attachments import LIMIT
from bihuan.core.text import Text

MOST_FILES = 10
MOST_ROWS = 20


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Up to ten files of at most 20 MB each; the value is a list."""

    widget = ManyFiles(attrs={"class": "form-control"})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        uploads = [f for f in (data if isinstance(data, list) else [data]) if f]
        if len(uploads) > MOST_FILES:
            raise forms.ValidationError(str(Text("一次最多 {n} 个文件。", "At most {n} files at once.", n=MOST_FILES)))
        for upload in uploads:
            if not 0 < upload.size <= LIMIT:
                message = Text(
                    "「{name}」是空文件或超过 20 MB，请换一个再传。",
                    "“{name}” is empty or over 20 MB; please choose another.",
                    name=upload.name,
                )
                raise forms.ValidationError(str(message))
        if not uploads:
            super().clean(None, initial)
        return uploads


class TriedRows(forms.Widget):
    """Rows of two inputs: a method and its result. A script adds rows; without it two blank ones stand ready."""

    template_name = "ui/tried_methods.html"

    def use_required_attribute(self, initial: Any) -> bool:
        return False

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        return f"{id_}_0"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        methods, results = (data.getlist(f"{name}_{part}") for part in ("method", "result"))
        return [{"method": m, "result": r} for m, r in zip(methods, results, strict=False)]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}_method" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = [r for r in value or [] if r["method"] or r["result"]]
        context["widget"]["rows"] = rows + [{"method": "", "result": ""}] * (1 if rows else 2)
        return context

    def format_value(self, value: Any) -> Any:
        return value


class TriedField(forms.Field):
    """[{"method": …, "result": …}] with the blank rows left out (S1-12)."""

    widget = TriedRows

    def clean(self, value: Any) -> list[dict[str, str]]:
        rows = [{k: v.strip() for k, v in row.items()} for row in value or []]
        rows = [r for r in rows if r["method"] or r["result"]]
        if len(rows) > MOST_ROWS or any(len(v) > 500 for r in rows for v in r.values()):
            message = Text("最多写 {n} 条，每格 500 字以内。", "At most {n} rows, 500 characters a cell.", n=MOST_ROWS)
            raise forms.ValidationError(str(message))
        if any(not r["method"] for r in rows):
            message = Text("有结果的行请写明试了什么方法。", "Please say which method a result belongs to.")
            raise forms.ValidationError(str(message))
        return rows
