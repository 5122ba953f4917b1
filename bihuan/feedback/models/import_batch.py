"""ImportBatch: a file of feedback that is inspected, set up by a person, stored by chunks, and undone if it was wrong.

created + duplicates + skipped + failed = rows, at every moment: the counts, the place in the file and the rows
themselves are committed together (import_worker.py), and the database refuses a batch that does not add up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from django.core.files import File
from django.db import models, transaction

from bihuan.audit import attachments, flow
from bihuan.audit.base_models import FlowModel, NumberedModel
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor, Attachment, Event
from bihuan.core import clock, file_encryption
from bihuan.core.errors import Refused
from bihuan.core.leases import LeasedModel, LeasedQuerySet
from bihuan.core.numbers import next_number
from bihuan.core.text import Text
from bihuan.feedback import events, feedback_choices
from bihuan.feedback.import_flow import FLOW
from bihuan.feedback.models.feedback import Feedback
from bihuan.feedback.models.value_mapping import ValueMapping
from bihuan.feedback.value_mappings import Mappings, with_choices
from bihuan.insight.sheets import Plan, Unreadable
from bihuan.people.models import Team

if TYPE_CHECKING:
    from bihuan.people.models import User

MAX_FILE_SIZE = 100 * 1024 * 1024
UNOPENED = Text(
    "这个文件保存后被改动，或密钥已更换，打不开了，请重新上传",
    "This file was changed after it was stored, or its key is gone; upload it again",
)
AT_WORK = ("uploaded", "running", "undoing")


class ImportBatchQuerySet(LeasedQuerySet["ImportBatch"]):
    def visible_to(self, user: User) -> ImportBatchQuerySet:
        if not user.can("feedback.import"):
            return self.none()
        if user.can("see.all"):
            return self
        return self.filter(models.Q(by=user.actor_id) | models.Q(team=user.team_id, team__isnull=False))


class ImportBatch(NumberedModel, LeasedModel, FlowModel):
    """One sheet of one file. ``row_no`` is the last committed row of the file."""

    NOUN = "import"
    UNFINISHED = models.Q(status__in=AT_WORK)
    LEASE = timedelta(seconds=30)
    MAX_ATTEMPTS = 5

    status = models.CharField(max_length=10, choices=FLOW.choices, default="uploaded")
    file = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    inspection = models.JSONField(default=dict)
    plan = models.JSONField(default=dict)
    preview = models.JSONField(default=dict)
    choice = models.JSONField(default=dict)
    channel = models.CharField(max_length=20, choices=feedback_choices.channels, default="other")
    product = models.CharField(max_length=80, blank=True)
    strict = models.BooleanField(default=False)

    total = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    unread = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    row_no = models.PositiveIntegerField(default=0)

    cancel_requested = models.BooleanField(default=False)
    reason_zh = models.CharField(max_length=400, blank=True)
    reason_en = models.CharField(max_length=400, blank=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        db_table = "import_batch"
        constraints = [
            models.CheckConstraint(
                name="an_import_adds_up",
                condition=models.Q(
                    rows=models.F("created") + models.F("duplicates") + models.F("skipped") + models.F("failed")
                ),
            )
        ]
        indexes = [models.Index(fields=["status", "lease_until"], name="import_at_work")]

    def __str__(self) -> str:
        return self.number

    @property
    def reason(self) -> Text:
        return Text(self.reason_zh, self.reason_en)

    @property
    def shown_name(self) -> str:
        """What the sender called the file."""
        return cast(Attachment, self.file).name

    @property
    def path(self) -> Path:
        return attachments.folder() / cast(Attachment, self.file).stored

    @contextmanager
    def opened(self) -> Iterator[Path]:
        """A path under which the sheet can be read in clear while this lasts. Raises Unreadable."""
        try:
            with attachments.open_plain(cast(Attachment, self.file)) as path:
                yield path
        except file_encryption.DecryptionError as unopened:
            raise Unreadable(UNOPENED) from unopened

    def account(self) -> dict[str, int]:
        """created + duplicates + skipped + failed = rows."""
        return {k: getattr(self, k) for k in ("rows", "created", "duplicates", "skipped", "failed")}

    @property
    def share(self) -> int:
        """How much of the file is done, in whole per cent."""
        return min(100, 100 * self.rows // self.total) if self.total else 0

    @property
    def pace(self) -> int:
        """Rows a second since the start."""
        if not self.started_at:
            return 0
        seconds = ((self.ended_at or clock.now()) - self.started_at).total_seconds()
        return round(self.rows / max(seconds, 1))

    @classmethod
    @transaction.atomic
    def upload(cls, upload: File, *, by: User | Actor, team: Team | None) -> ImportBatch:
        """Store the file, encrypted: it names people. Raises Refused when it is empty or over 100 MB."""
        batch = cls.objects.create(number=next_number("import"), by=_actor(by), team=team)
        batch.file = attachments.attach(batch, upload, by=batch.by, limit=MAX_FILE_SIZE, sealed=True)
        batch.save(update_fields=["file"])
        record(events.IMPORT_UPLOADED, batch, by=batch.by, name=batch.file.name)
        return batch

    @transaction.atomic
    def another(self, sheet: str, *, by: User) -> ImportBatch:
        """Another sheet of the same file, as a batch of its own."""
        if cast(Attachment, self.file).removed_at:
            raise Refused(
                Text("文件已按保留期限删除，请重新上传。", "The file was removed after its time; upload it again.")
            )
        batch = type(self).objects.create(
            number=next_number("import"), by=by.actor, team=self.team, file=self.file, channel=self.channel,
            product=self.product, strict=self.strict, choice={"sheet": sheet},
        )  # fmt: skip
        record(events.IMPORT_UPLOADED, batch, by=by.actor, name=f"{self.shown_name} · {sheet}")
        return batch

    @transaction.atomic
    def inspect_again(self, *, by: User, seen: int | None = None, **choice: Any) -> None:
        """Have the file inspected by another sheet, heading row or encoding; ``import_worker.inspect_soon`` does it."""
        self.choice = {k: v for k, v in choice.items() if v not in (None, "")}
        FLOW.move(self, "inspect_again", by=by.actor, seen=seen, fields=("choice",))

    @transaction.atomic
    def save_settings(
        self,
        *,
        by: User,
        mapping: dict[int, str],
        choices: Mappings | None = None,
        seen: int | None = None,
        **settings: Any,
    ) -> None:
        """Store what a person decided: column → field, what words are mapped to (field → word → choice), and channel,
        product, strict and team for all rows."""
        if self.status != "inspected":
            raise Refused(Text("已经开始导入，不能再改设置。", "The import has begun; its settings are fixed."))
        mappings = with_choices(self.preview, self.plan["aliases"], choices or {})
        try:
            plan = Plan.from_json(self.plan | {"mapping": mapping, "aliases": mappings}).to_json()
        except ValueError as twice:
            raise Refused(
                Text("同一个字段只能对应一列，请检查。", "Each field takes one column only; please check.")
            ) from twice
        flow.lock(self, seen, settings)
        for name, value in {"plan": plan, **settings}.items():
            setattr(self, name, value)
        flow.save(self, ["plan", *settings])
        record(events.IMPORT_SETTINGS_CHANGED, self, by=by.actor, mapping=plan["mapping"], **settings)

    def preview_again(self, *, by: User) -> None:
        """Have the preview made anew by the present settings; ``import_worker.inspect_soon`` does it."""
        self.inspect_again(by=by, keep=True)

    @transaction.atomic
    def start(self, *, by: User | Actor, seen: int | None = None) -> bool:
        """Begin to store rows: ``import_worker`` does it. False when it was begun already."""
        self.started_at, self.ended_at, self.total = clock.now(), None, self.inspection["total_rows"]
        fields = ("started_at", "ended_at", "total")
        if not FLOW.move(self, "start", by=_actor(by), seen=seen, fields=fields):
            return False
        ValueMapping.remember_choices(self.preview, self.plan["aliases"], by=_actor(by))
        return True

    @transaction.atomic
    def cancel(self, *, by: User) -> None:
        """Stop at the next chunk; what was stored stays. A batch that has not begun is discarded at once."""
        if self.status == "running":
            flow.lock(self)
            type(self).objects.filter(pk=self.pk, status="running").update(cancel_requested=True)
            return
        self.ended_at = clock.now()
        FLOW.move(self, "discard", by=by.actor, fields=("ended_at",))

    def undo(self, *, by: User, seen: int | None = None) -> bool:
        """Begin to withdraw every feedback item of the batch that nobody has touched since: ``import_worker`` does it.
        False when it was begun already."""
        return FLOW.move(self, "undo", by=by.actor, seen=seen) is not None

    @transaction.atomic
    def give_up(self, reason: Text, *, by: Actor) -> None:
        """The file cannot be imported (further): store the reason where the person sees it."""
        self.reason_zh, self.reason_en, self.ended_at = reason.to("zh")[:400], reason.to("en")[:400], clock.now()
        FLOW.move(self, "fail", by=by, fields=("reason_zh", "reason_en", "ended_at"), reason=reason)

    def row_defaults(self) -> dict[str, Any]:
        """The values of a row that does not say them."""
        return {
            "channel": self.channel,
            "product": self.product,
            "strict": self.strict,
            "moment": self.created_at.astimezone(clock.BEIJING).isoformat(),
        }

    def untouched(self) -> models.QuerySet[Feedback]:
        """Feedback items of this batch whose whole history is that they came in."""
        later = Event.objects.filter(subject_kind="feedback", subject_id=models.OuterRef("pk"), seq=2)
        return self.feedback_items.filter(status="new", version=1, merged=None).exclude(models.Exists(later))

    def kept(self) -> models.QuerySet[Feedback]:
        """Feedback items of this batch that are still there."""
        return self.feedback_items.exclude(status="withdrawn")


def _actor(by: User | Actor) -> Actor:
    return by if isinstance(by, Actor) else by.actor
