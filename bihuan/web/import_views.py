"""Pages of imports: a file is uploaded, inspected, set up, stored, and undone if it was wrong."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from bihuan.audit import timeline
from bihuan.feedback import column_mapping, import_worker
from bihuan.feedback.import_flow import FLOW
from bihuan.feedback.import_forms import InspectionForm, SettingsForm, UploadForm
from bihuan.feedback.import_preview import masked_cell
from bihuan.feedback.lists import IMPORTS, import_row_cells, import_row_list
from bihuan.feedback.models import ImportRow
from bihuan.feedback.models.import_batch import AT_WORK, ImportBatch
from bihuan.feedback.retention import KEPT_DAYS
from bihuan.web.access import Request, load, requires
from bihuan.web.responses import redirect_with_message, submit
from bihuan.web.tables import Listing


@requires("feedback.import")
def index(request: Request) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    uploaded: list[ImportBatch] = []
    if request.method == "POST" and submit(form, lambda file: uploaded.append(_upload(request, file))):
        return redirect_with_message(request, reverse("imports:detail", args=[uploaded[0].pk]))
    rows = ImportBatch.objects.visible_to(request.user).select_related("file", "by", "team")
    listing = Listing(request, rows, IMPORTS)
    status = 422 if form.errors else 200
    return render(
        request, "web/imports/index.html", {"form": form, "list": listing, "kept_days": KEPT_DAYS}, status=status
    )


def _upload(request: Request, file: Any) -> ImportBatch:
    batch = ImportBatch.upload(file, by=request.user, team=request.user.team)
    import_worker.inspect_soon(batch)
    return batch


@requires("feedback.import")
def show(request: Request, pk: int) -> HttpResponse:
    batch = load(request, ImportBatch, pk=pk)
    return _page(request, batch, InspectionForm(batch), SettingsForm(batch, request.user))


def _page(
    request: Request, batch: ImportBatch, inspection: InspectionForm, settings: SettingsForm, status: int = 200
) -> HttpResponse:
    context = _state(batch) | {
        "inspection": inspection,
        "settings": settings,
        "columns": column_mapping.mapped_columns(batch.inspection, batch.plan),
        "preview": column_mapping.preview_rows(batch.preview) if batch.status == "inspected" else (),
        "unmapped": settings.unmapped(batch),
        "warnings": column_mapping.warnings(batch.inspection),
        "fields": column_mapping.FIELD_NAMES,
        "sheets": []
        if batch.file and batch.file.removed_at
        else [s for s in batch.inspection.get("sheets", []) if s["rows"] and s["name"] != batch.plan.get("sheet")],
        "timeline": timeline.entries([batch.timeline]),
    }
    return render(request, "web/imports/page.html", context, status=status)


def _state(batch: ImportBatch) -> dict[str, Any]:
    return {
        "batch": batch,
        "at_work": batch.status in AT_WORK,
        "left": max(0, batch.total - batch.rows),
        "may_undo": not FLOW.refusal_reason(batch, "undo"),
        "kept": batch.kept().count() if batch.status == "undone" else 0,
    }


@requires("feedback.import")
def state(request: Request, pk: int) -> HttpResponse:
    """The part that changes while a worker is at it; the whole page anew once it is done."""
    batch = load(request, ImportBatch, pk=pk)
    answer = render(request, "web/imports/_state.html", _state(batch))
    if batch.status not in AT_WORK:
        answer["HX-Refresh"] = "true"
    return answer


@requires("feedback.import")
def inspection(request: Request, pk: int) -> HttpResponse:
    batch = load(request, ImportBatch, pk=pk)
    form = InspectionForm(batch, request.POST)
    if not submit(form, lambda **chosen: batch.inspect_again(by=request.user, **chosen)):
        return _page(request, batch, form, SettingsForm(batch, request.user), 422)
    import_worker.inspect_soon(batch)
    return redirect_with_message(request, reverse("imports:detail", args=[pk]))


@requires("feedback.import")
def settings(request: Request, pk: int) -> HttpResponse:
    """Keep the settings, then preview anew or begin, as the button says."""
    batch = load(request, ImportBatch, pk=pk)
    form = SettingsForm(batch, request.user, request.POST)
    begin = request.POST.get("act") == "start"

    @transaction.atomic
    def save(**chosen: Any) -> None:
        batch.save_settings(by=request.user, mapping=form.mapping(), choices=form.choices(batch), **chosen)
        import_worker.start(batch, by=request.user) if begin else batch.preview_again(by=request.user)

    if not submit(form, save):
        return _page(request, batch, InspectionForm(batch), form, 422)
    if not begin:
        import_worker.inspect_soon(batch)
    return redirect_with_message(request, reverse("imports:detail", args=[pk]))


@requires("feedback.import")
def cancellation(request: Request, pk: int) -> HttpResponse:
    batch = load(request, ImportBatch, pk=pk)
    if request.method == "POST":
        batch.cancel(by=request.user)
    return redirect_with_message(request, reverse("imports:detail", args=[pk]))


@requires("feedback.import")
def withdrawal(request: Request, pk: int) -> HttpResponse:
    batch = load(request, ImportBatch, pk=pk)
    if request.method == "POST":
        import_worker.undo(batch, by=request.user)
    return redirect_with_message(request, reverse("imports:detail", args=[pk]))


@requires("feedback.import")
def sheets(request: Request, pk: int) -> HttpResponse:
    """Another sheet of the same file."""
    batch = load(request, ImportBatch, pk=pk)
    if request.method != "POST":
        return redirect_with_message(request, reverse("imports:detail", args=[pk]))
    other = batch.another(request.POST.get("sheet", ""), by=request.user)
    import_worker.inspect_soon(other)
    return redirect_with_message(request, reverse("imports:detail", args=[other.pk]))


@requires("feedback.import")
def rows(request: Request, pk: int) -> HttpResponseBase:
    """Rows that made no feedback item, with their reasons; as a file they keep the headings they came with."""
    batch = load(request, ImportBatch, pk=pk)
    listing = Listing(request, batch.refused.select_related("same_as"), import_row_list(batch))
    return listing.export() or render(
        request, "web/imports/rows.html", {"batch": batch, "list": listing, "rows": _lines(batch, listing)}
    )


def _lines(batch: ImportBatch, listing: Listing) -> list[tuple[ImportRow, str]]:
    """Each row of the page with its filled cells in one line, masked."""
    fields = {h: batch.plan["mapping"].get(str(n), "") for n, h in enumerate(batch.plan.get("headings", []))}
    return [
        (
            row,
            " · ".join(
                masked_cell(cell, fields.get(h, "")) for h, cell in import_row_cells(row).items() if cell.strip()
            )[:400],
        )
        for row in listing.page
    ]
