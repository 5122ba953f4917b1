"""Pages of imports: a file is uploaded, inspected, set up, stored, and undone if it was wrong."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from bihuan.audit import timeline
from bihuan.core.forms import EditForm, Form, pick
from bihuan.core.lists import ALL, Column, ListSpec, Tab, TextFilter
from bihuan.core.text import Text
from bihuan.customers import contact_encryption
from bihuan.feedback import column_mapping, feedback_choices, import_worker, value_mappings
from bihuan.feedback.import_flow import FLOW
from bihuan.feedback.import_preview import masked_cell
from bihuan.feedback.models import ImportRow
from bihuan.feedback.models.import_batch import AT_WORK, MAX_FILE_SIZE, ImportBatch
from bihuan.feedback.retention import KEPT_DAYS
from bihuan.people.models import Team
from bihuan.web.access import Request, load, needs
from bihuan.web.responses import attempt, done
from bihuan.web.tables import Listing

SORTS = {"new": (Text("最新", "Newest"), ("-id",))}
FILTERS = (TextFilter("q", Text("编号、文件名", "Number, file name"), ("number", "file__name")),)
ENCODINGS = {"utf-8": "UTF-8", "gb18030": "GBK / GB18030", "big5": "Big5", "utf-16": "UTF-16"}
OUTCOMES: dict[str, Text] = {
    "failed": Text("未导入", "Failed"),
    "duplicate": Text("重复", "Duplicate"),
    "skipped": Text("跳过", "Skipped"),
}


class UploadForm(Form):
    file = forms.FileField(
        label=Text("表格文件", "Sheet"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.xlsb,.ods,.csv,.tsv,.txt,.json,.jsonl,.gz", "data-submit": ""}),
        allow_empty_file=True,
    )  # fmt: skip

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if not 0 < upload.size <= MAX_FILE_SIZE:
            told = Text("文件是空的，或超过 100 MB。", "The file is empty or over 100 MB.")
            raise forms.ValidationError(str(told))
        return upload


class InspectionForm(EditForm):
    sheet = forms.ChoiceField(label=Text("工作表", "Sheet"), required=False)
    heading_row = forms.IntegerField(
        label=Text("表头在第几行（0 表示没有）", "Heading row (0: none)"), min_value=0, max_value=220, required=False
    )
    encoding = forms.ChoiceField(label=Text("文字编码", "Encoding"), required=False)

    def __init__(self, batch: ImportBatch, *args: Any) -> None:
        plan = batch.plan
        super().__init__(*args, initial={"seen": batch.version} | {k: plan.get(k) for k in plan})
        sheets = [s for s in batch.inspection.get("sheets", []) if s["rows"]]
        self._choose("sheet", [(s["name"], _sheet_name(s)) for s in sheets], len(sheets) > 1)
        known = ENCODINGS | ({plan["encoding"]: plan["encoding"]} if plan.get("encoding") else {})
        self._choose("encoding", list(known.items()), bool(plan.get("encoding")))
        if plan.get("kind") in ("json", "jsonl"):
            del self.fields["heading_row"]

    def _choose(self, name: str, options: list[tuple[str, Any]], worth: bool) -> None:
        field: Any = self.fields[name]
        field.choices = options
        if not worth:
            del self.fields[name]


class SettingsForm(EditForm):
    channel = pick(
        Text("没写渠道的行，渠道算作", "Channel of rows that name none"), feedback_choices.CHANNELS, required=True
    )
    product = forms.CharField(
        label=Text("没写产品的行，产品算作", "Product of rows that name none"), max_length=80, required=False
    )
    team = forms.ModelChoiceField(Team.objects.order_by("id"), label=Text("归属团队", "Team"), required=False)
    strict = forms.BooleanField(
        label=Text("有一格看不懂，就整行不导入", "Leave out a row with any cell that is not understood"), required=False
    )  # fmt: skip

    def __init__(self, batch: ImportBatch, request: Request, data: Any = None) -> None:
        kept = {"seen": batch.version, "channel": batch.channel, "product": batch.product, "strict": batch.strict}
        super().__init__(data, initial=kept | {"team": batch.team})
        if not request.user.can("see.all"):
            del self.fields["team"]

    def mapping(self) -> dict[int, str]:
        """Column -> field, from the selects of the columns table."""
        told = {k.removeprefix("column-"): v for k, v in self.data.items() if k.startswith("column-")}
        return {int(k): v for k, v in told.items() if v in column_mapping.FIELD_NAMES and k.isdecimal()}

    def choices(self, batch: ImportBatch) -> dict[str, dict[str, str]]:
        """Field -> word -> choice, from the selects of the words' table."""
        return {
            column.field: {
                word: choice
                for at, (word, _, _) in enumerate(column.words)
                if (choice := self.data.get(f"word-{column.field}-{at}")) is not None
            }
            for column in value_mappings.unmapped_columns(batch.preview, {})
        }

    def unmapped(self, batch: ImportBatch) -> list[value_mappings.UnmappedColumn]:
        """The words to be mapped, each with what is chosen in this form, or was before."""
        mappings = value_mappings.with_choices(batch.preview, batch.plan.get("aliases", {}), self.choices(batch))
        return value_mappings.unmapped_columns(batch.preview, mappings)


@needs("feedback.import")
def index(request: Request) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    kept: list[ImportBatch] = []
    if request.method == "POST" and attempt(form, lambda file: kept.append(_upload(request, file))):
        return done(request, reverse("imports:detail", args=[kept[0].pk]))
    rows = ImportBatch.objects.visible_to(request.user).select_related("file", "by", "team")
    tabs = (ALL, Tab("work", Text("进行中", "In progress"), Q(status__in=(*AT_WORK, "inspected"))))
    found = Listing(request, rows, ListSpec(tabs=tabs, filters=FILTERS, sorts=SORTS, name="imports"))
    status = 422 if form.errors else 200
    return render(
        request, "web/imports/index.html", {"form": form, "list": found, "kept_days": KEPT_DAYS}, status=status
    )


def _upload(request: Request, file: Any) -> ImportBatch:
    batch = ImportBatch.upload(file, by=request.user, team=request.user.team)
    import_worker.inspect_soon(batch)
    return batch


@needs("feedback.import")
def show(request: Request, pk: int) -> HttpResponse:
    batch = load(request, ImportBatch, pk=pk)
    return _page(request, batch, InspectionForm(batch), SettingsForm(batch, request))


def _page(
    request: Request, batch: ImportBatch, inspection: InspectionForm, settings: SettingsForm, status: int = 200
) -> HttpResponse:
    told = _state(batch) | {
        "inspection": inspection,
        "settings": settings,
        "columns": column_mapping.columns(batch),
        "preview": column_mapping.preview(batch) if batch.status == "inspected" else (),
        "unmapped": settings.unmapped(batch),
        "warnings": column_mapping.warnings(batch),
        "fields": column_mapping.FIELD_NAMES,
        "sheets": []
        if batch.file and batch.file.removed_at
        else [s for s in batch.inspection.get("sheets", []) if s["rows"] and s["name"] != batch.plan.get("sheet")],
        "timeline": timeline.entries([batch.timeline]),
    }
    return render(request, "web/imports/page.html", told, status=status)


def _state(batch: ImportBatch) -> dict[str, Any]:
    return {
        "batch": batch,
        "at_work": batch.status in AT_WORK,
        "left": max(0, batch.total - batch.rows),
        "may_undo": not FLOW.why_not(batch, "undo"),
        "kept": batch.kept().count() if batch.status == "undone" else 0,
    }


@needs("feedback.import")
def state(request: Request, pk: int) -> HttpResponse:
    """The part that changes while a worker is at it; the whole page anew once it is done."""
    batch = load(request, ImportBatch, pk=pk)
    answer = render(request, "web/imports/_state.html", _state(batch))
    if batch.status not in AT_WORK:
        answer["HX-Refresh"] = "true"
    return answer


@needs("feedback.import")
def inspection(request: Request, pk: int) -> HttpResponse:
    batch = load(request, ImportBatch, pk=pk)
    form = InspectionForm(batch, request.POST)
    if not attempt(form, lambda **chosen: batch.inspect_again(by=request.user, **chosen)):
        return _page(request, batch, form, SettingsForm(batch, request), 422)
    import_worker.inspect_soon(batch)
    return done(request, reverse("imports:detail", args=[pk]))


@needs("feedback.import")
def settings(request: Request, pk: int) -> HttpResponse:
    """Keep the settings, then preview anew or begin, as the button says."""
    batch = load(request, ImportBatch, pk=pk)
    form = SettingsForm(batch, request, request.POST)
    begin = request.POST.get("act") == "start"

    @transaction.atomic
    def save(**chosen: Any) -> None:
        batch.save_settings(by=request.user, mapping=form.mapping(), choices=form.choices(batch), **chosen)
        import_worker.start(batch, by=request.user) if begin else batch.preview_again(by=request.user)

    if not attempt(form, save):
        return _page(request, batch, InspectionForm(batch), form, 422)
    if not begin:
        import_worker.inspect_soon(batch)
    return done(request, reverse("imports:detail", args=[pk]))


@needs("feedback.import")
def cancellation(request: Request, pk: int) -> HttpResponse:
    batch = load(request, ImportBatch, pk=pk)
    if request.method == "POST":
        batch.cancel(by=request.user)
    return done(request, reverse("imports:detail", args=[pk]))


@needs("feedback.import")
def withdrawal(request: Request, pk: int) -> HttpResponse:
    batch = load(request, ImportBatch, pk=pk)
    if request.method == "POST":
        import_worker.undo(batch, by=request.user)
    return done(request, reverse("imports:detail", args=[pk]))


@needs("feedback.import")
def sheets(request: Request, pk: int) -> HttpResponse:
    """Another sheet of the same file."""
    batch = load(request, ImportBatch, pk=pk)
    if request.method != "POST":
        return done(request, reverse("imports:detail", args=[pk]))
    other = batch.another(request.POST.get("sheet", ""), by=request.user)
    import_worker.inspect_soon(other)
    return done(request, reverse("imports:detail", args=[other.pk]))


@needs("feedback.import")
def rows(request: Request, pk: int) -> HttpResponseBase:
    """Rows that made no feedback item, with their reasons; as a file they keep the headings they came with."""
    batch = load(request, ImportBatch, pk=pk)
    columns = [
        Column(Text("行号", "Row"), lambda row: row.number),
        Column(Text("结果", "Outcome"), lambda row: OUTCOMES[row.outcome]),
        Column(Text("原因", "Reason"), lambda row: row.reason),
        *[_column(heading, batch.plan["mapping"].get(str(n), "")) for n, heading in enumerate(batch.plan.get("headings", []))],
    ]  # fmt: skip
    found = Listing(
        request,
        batch.refused.select_related("same_as"),
        ListSpec(
            tabs=(ALL, *[Tab(code, name, Q(outcome=code)) for code, name in OUTCOMES.items()]),
            filters=(TextFilter("q", Text("原因", "Reason"), ("reason_zh", "reason_en")),),
            sorts={"row": (Text("行号", "Row"), ("number",))},
            columns=tuple(columns),
            name=f"{batch.number}-rows",
        ),
    )
    return found.export() or render(
        request, "web/imports/rows.html", {"batch": batch, "list": found, "rows": _lines(batch, found)}
    )


def _column(heading: str, field: str) -> Column:
    return Column(Text(heading, heading), lambda row: masked_cell(_cells(row).get(heading, ""), field))


def _cells(row: ImportRow) -> dict[str, str]:
    if not row.sealed:
        return {}
    if not hasattr(row, "opened"):
        row.opened = json.loads(contact_encryption.unseal(row.sealed))  # type: ignore[attr-defined]
    return row.opened  # type: ignore[attr-defined]


def _lines(batch: ImportBatch, found: Listing) -> list[tuple[ImportRow, str]]:
    """Each row of the page with its filled cells in one line, masked."""
    fields = {h: batch.plan["mapping"].get(str(n), "") for n, h in enumerate(batch.plan.get("headings", []))}
    return [
        (row, " · ".join(masked_cell(cell, fields.get(h, "")) for h, cell in _cells(row).items() if cell.strip())[:400])
        for row in found.page
    ]


def _sheet_name(sheet: dict[str, Any]) -> str:
    hidden = Text("，隐藏", ", hidden") if sheet["hidden"] else ""
    return str(
        Text(
            "{name}（{rows} 行{hidden}）",
            "{name} ({rows} rows{hidden})",
            name=sheet["name"],
            rows=sheet["rows"],
            hidden=hidden,
        )
    )
