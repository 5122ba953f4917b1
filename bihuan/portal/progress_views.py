"""Where a feedback item stands, in a customer's words: four places, no names, no inner states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bihuan.audit.models import Event
from bihuan.cases.models import Case
from bihuan.core.text import Text
from bihuan.feedback import events
from bihuan.feedback.models import Feedback

STEPS: dict[str, Text] = {
    "received": Text("已收到", "Received"),
    "handled": Text("处理中", "Being handled"),
    "waiting": Text("等您确认", "Waiting for you"),
    "done": Text("已办结", "Done"),
}
_STATUS_TEXTS: dict[str, Text] = {
    "received": Text(
        "我们已收到，会在一个工作日内分派处理。", "We have it, and will pass it on within one working day."
    ),
    "handled": Text("已有专人在处理。", "Somebody is working on it."),
    "waiting": Text(
        "需要您的回复或确认，我们会按您留下的联系方式与您联系。",
        "We need your answer and will reach you by the contact you left.",
    ),
    "done": Text(
        "这件事已办结。如果没有解决，请再提交一次并写上这个编号。",
        "This is done. If it is not solved, please write again and quote this number.",
    ),
}
_CASE = {"confirming": "waiting", "archived": "done", "declined": "done"}
_OF_FEEDBACK = {"answered": "done", "void": "done"}


@dataclass(frozen=True)
class Progress:
    """``step`` is a key of STEPS; ``answer`` what was answered directly, if it was."""

    step: str
    since: datetime
    answer: str = ""

    @property
    def status_text(self) -> Text:
        return _STATUS_TEXTS[self.step]

    @property
    def steps(self) -> list[tuple[Text, str]]:
        """The places on the way with "done", "now" or ""; waiting for the customer shows only while it is so."""
        way = [s for s in STEPS if s != "waiting" or self.step == "waiting"]
        here = way.index(self.step)
        return [(STEPS[s], "done" if i < here else "now" if i == here else "") for i, s in enumerate(way)]


def of(feedback: Feedback) -> Progress:
    """The progress of a feedback item; one merged into another goes as that one goes."""
    while feedback.merged_into is not None:
        feedback = feedback.merged_into
    if case := Case.objects.filter(links__feedback=feedback).first():
        step = "waiting" if case.paused_for == "customer" else _CASE.get(case.status, "handled")
        return Progress(step, case.updated_at)
    return Progress(_OF_FEEDBACK.get(feedback.status, "received"), feedback.updated_at, _answer(feedback))


def _answer(feedback: Feedback) -> str:
    if feedback.status != "answered":
        return ""
    event = Event.objects.filter(timeline=feedback.timeline, kind=events.ANSWERED.key).order_by("-id").first()
    return str(event.details.get("reply", "")) if event else ""
