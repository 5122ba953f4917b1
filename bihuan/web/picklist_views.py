"""The organisation's picklists: their items, the order of them, what may be chosen no more."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from bihuan.audit import timeline
from bihuan.core.forms import Form
from bihuan.core.models import PicklistItem
from bihuan.core.picklists import PICKLISTS, Picklist
from bihuan.core.text import Text
from bihuan.feedback.feedback_choices import CHANNEL_GROUPS
from bihuan.feedback.picklist_forms import EditPicklistItemForm, PicklistItemForm
from bihuan.people.picklist_edits import add_item, next_place, update_item
from bihuan.web.access import Request, requires
from bihuan.web.responses import redirect_with_message, submit

SHOWN = ("problem_type", "channel", "nature", "technical_type", "requirement_type", "requirement_class")
"""In this order."""


@requires("picklist.edit")
def index(request: Request) -> HttpResponse:
    context = {
        "picklists": [
            (one, [(code, name, code in one.retired, one.group(code)) for code, name in one.items()])
            for one in (PICKLISTS[name] for name in SHOWN)
        ],
        "groups": CHANNEL_GROUPS,
        "timeline": timeline.entries(["setup/picklists"], 50),
    }
    return render(request, "web/setup/picklists.html", context)


@requires("picklist.edit")
def new(request: Request, name: str) -> HttpResponse:
    picklist = _picklist(name)
    form = PicklistItemForm(picklist, request.POST or None, initial={"place": next_place(picklist)})
    if request.method == "POST" and submit(form, lambda **values: add_item(picklist, by=request.user, **values)):
        return redirect_with_message(
            request, "picklists:list", Text("已新增，现在就能选。", "Added; it can be chosen now.")
        )
    return _page(request, form, picklist, Text("新增一项", "New entry"))


@requires("picklist.edit")
def entry(request: Request, name: str, code: str) -> HttpResponse:
    picklist = _picklist(name)
    if code not in picklist:
        raise Http404
    held = PicklistItem.objects.filter(picklist=name, code=code).first()
    now = {
        "seen": held.version if held else 1,
        "zh": picklist[code].zh,
        "en": picklist[code].en,
        "place": picklist.places[code],
        "group": picklist.group(code),
        "retired": code in picklist.retired,
    }
    form = EditPicklistItemForm(picklist, request.POST or None, initial=now)
    if request.method == "POST" and submit(
        form, lambda **values: update_item(picklist, code, by=request.user, **values)
    ):
        return redirect_with_message(request, "picklists:list", Text("已保存。", "Saved."))
    return _page(request, form, picklist, picklist[code])


def _picklist(name: str) -> Picklist:
    if name not in SHOWN:
        raise Http404
    return PICKLISTS[name]


def _page(request: Request, form: Form, picklist: Picklist, title: Any) -> HttpResponse:
    context = {"form": form, "picklist": picklist, "title": title}
    return render(request, "web/setup/picklist.html", context, status=422 if form.errors else 200)
