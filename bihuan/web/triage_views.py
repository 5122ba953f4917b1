"""The triage queue: one feedback item at a time with what the engine suggests, and the feedback items that come after it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.core.text import Text
from bihuan.feedback import similar
from bihuan.feedback.labels import suggested_codes
from bihuan.feedback.models import Dispute, Feedback
from bihuan.feedback.models.labelling import Labelling, apply_scope
from bihuan.feedback.suggestions import as_data
from bihuan.feedback.triage_forms import LabelForm, ReasonForm
from bihuan.web.access import Request, load, requires
from bihuan.web.bulk_accept_views import AT, confident_rows
from bihuan.web.draft_panel import chosen, for_labels
from bihuan.web.label_fields import axes_of
from bihuan.web.responses import redirect_with_message, submit

AHEAD = 30


def waiting(request: Request) -> QuerySet[Feedback]:
    """The untriaged feedback items this person sees: those that look urgent first, then by age."""
    rows = Feedback.objects.visible_to(request.user).untriaged()
    return rows.order_by("urgency_rank", "received_at", "id").select_related("customer", "contact", "team")


@requires("feedback.triage")
def queue(request: Request) -> HttpResponse:
    requested = request.GET.get("item", "")
    item = waiting(request).filter(pk=requested).first() if requested.isdecimal() else None
    return page(request, item or next(iter(waiting(request)[:1]), None))


@requires("feedback.triage")
def labels(request: Request, pk: int) -> HttpResponse:
    """GET: this feedback item on the triage page, whatever its place. POST: label it and go on to the next."""
    feedback = load(request, Feedback, pk=pk)
    if request.method != "POST":
        return page(request, feedback)
    form = LabelForm(request.POST)
    if submit(form, lambda **_: _label(request, feedback, form)):
        return onward(request, feedback, Text("{n} 已分类。", "{n} triaged.", n=feedback.number))
    return page(request, feedback, form)


@require_POST
@requires("feedback.triage")
def dispute(request: Request, pk: int) -> HttpResponse:
    feedback = load(request, Feedback, pk=pk)
    form = ReasonForm(request.POST)
    if submit(form, lambda reason: Dispute.open(feedback, by=request.user, reason=reason)):
        return onward(
            request, feedback, Text("{n} 已提交评审会。", "{n} goes to the review meeting.", n=feedback.number)
        )
    return page(request, feedback, form)


def onward(request: Request, feedback: Feedback, message: Any) -> HttpResponse:
    """To the next feedback item of the queue, or back to the feedback item where one came from its own page."""
    following = request.POST.get("following", "")
    if following == "feedback":
        return redirect_with_message(request, reverse("feedback:detail", args=[feedback.pk]), message)
    return redirect_with_message(
        request, reverse("triage:queue") + (f"?item={following}" if following.isdecimal() else ""), message
    )


def page(request: Request, feedback: Feedback | None, form: Any = None) -> HttpResponse:
    """The queue with ``feedback item`` on the table; ``form`` is one that was refused."""
    rows = waiting(request)
    coming = _from(rows, feedback) if feedback and feedback.status == "new" else rows
    ahead = list(coming.select_related(None).only("text", "received_at", "urgency_rank", "suggested")[:AHEAD])
    context = {
        "feedback": feedback,
        "ahead": ahead,
        "following": _following(rows, ahead, feedback) if feedback else "",
        "total": rows.count(),
        "confident": confident_rows(request.user, AT).count(),
        "confidence_level": AT,
        "form": form,
        **(table(request, feedback, form) if feedback else {}),
    }
    return render(request, "web/triage/page.html", context, status=422 if form else 200)


def _following(rows: QuerySet[Feedback], ahead: list[Feedback], feedback: Feedback) -> Any:
    """Where one goes after this feedback item: the next of the queue, its start after the last; "feedback item": back to its page."""
    if feedback.status != "new":
        return "feedback"
    others = [one for one in ahead if one != feedback] or list(rows.exclude(pk=feedback.pk)[:1])
    return others[0].pk if others else ""


def table(request: Request, feedback: Feedback, form: Any = None) -> dict[str, Any]:
    """What stands beside a feedback item: suggestions with reasons, repeats, similar feedback items, the customer's history.

    The scope counts the whole company's feedback items; those of other teams are counted, not shown.
    """
    like, repeats = similar.similar_to(feedback), similar.repeats_of(feedback)
    seen = _visible(request, [*like, *repeats])
    scope = similar.scope_of(feedback, like)
    drafting = for_labels(feedback)
    draft = drafting["draft"]
    drafted = draft.content if draft and draft.status == "ready" else {}
    taken = {axis: one["code"] for axis, one in drafted.items()} if chosen(request, draft) else {}
    given = form.data if isinstance(form, LabelForm) else taken
    return drafting | {
        "texts": feedback.shown_to(request.user),
        "axes": axes_of(feedback, {**feedback.suggested, "scope": as_data(scope)}, given, drafted),
        "noise": feedback.suggested.get("noise"),
        "shown_scope": scope.code,
        "similar": [one for one in like if one.feedback.pk in seen][:12],
        "alike": [one for one in like if one.confident and one.feedback.pk in seen],
        "elsewhere": len([one for one in like if one.feedback.pk not in seen]),
        "repeats": [one for one in repeats if one.feedback.pk in seen],
        "history": _history(feedback),
    }


def _visible(request: Request, found: list[similar.SimilarFeedback]) -> set[int]:
    rows = Feedback.objects.visible_to(request.user).filter(pk__in=[one.feedback.pk for one in found])
    return set(rows.values_list("pk", flat=True))


def _history(feedback: Feedback) -> dict[str, Any] | None:
    """How often this customer has spoken before, and when last."""
    if not feedback.customer_id:
        return None
    earlier = Feedback.objects.filter(customer=feedback.customer_id).exclude(pk=feedback.pk)
    return earlier.aggregate(
        times=Count("pk"), last=Max("received_at"), complaints=Count("pk", filter=Q(nature="complaint"))
    )


def _from(rows: QuerySet[Feedback], feedback: Feedback) -> QuerySet[Feedback]:
    """The queue from this feedback item on."""
    same_time = Q(urgency_rank=feedback.urgency_rank, received_at=feedback.received_at, id__gte=feedback.pk)
    return rows.filter(
        Q(urgency_rank__gt=feedback.urgency_rank)
        | Q(urgency_rank=feedback.urgency_rank, received_at__gt=feedback.received_at)
        | same_time
    )


def _label(request: Request, feedback: Feedback, form: LabelForm) -> None:
    suggested = suggested_codes(feedback.suggested)
    if shown := form.cleaned_data["shown_scope"]:
        suggested["scope"] = shown
    Labelling.give(feedback, form.given, by=request.user, seen=form.cleaned_data["seen"], suggested=suggested)
    if form.cleaned_data["group"]:
        like = [one for one in similar.similar_to(feedback) if one.confident]
        seen = _visible(request, like)
        apply_scope(
            [one.feedback for one in like if one.feedback.pk in seen], scope=form.given["scope"], by=request.user
        )
