"""A file of feedback on its way in: looked at, settled by a person, taken in chunk by chunk, and undone if it was wrong.

created + duplicates + skipped + failed = rows, at every moment: the counts, the place in the file and the rows
themselves are committed together (running.py), and the database refuses a batch that does not add up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from django.core.files import File
from django.db import models, transaction
from django_tasks import task

from bihuan.audit import attachments, flow
from bihuan.audit.base_models import FlowModel, NumberedModel
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor, Attachment, Event
from bihuan.core import clock, file_encryption
from bihuan.core.choices import TextChoices
from bihuan.core.errors import Refused
from bihuan.core.leases import LeasedModel, LeasedQuerySet
from bihuan.core.numbers import take_one
from bihuan.core.text import Text
from bihuan.feedback import events, feedback_choices, import_preview, import_worker
from bihuan.feedback.import_flow import FLOW
from bihuan.feedback.models.feedback import Feedback
from bihuan.feedback.models.value_mapping import ValueMapping
from bihuan.feedback.value_mappings import Mappings, with_choices
from bihuan.insight.sheets import Plan, Unreadable
from bihuan.people.models import Team

if TYPE_CHECKING:
    from bihuan.people.models import User

LIMIT = 100 * 1024 * 1024
# A file up to this size is looked at while its sender waits: well under two seconds.
QUICK = 1024 * 1024
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
    """One sheet of one file. ``row_no`` is the last row of the file whose fate is committed."""

    NOUN = "import"
    UNFINISHED = models.Q(status__in=AT_WORK)
    LEASE = timedelta(seconds=30)
    MAX_ATTEMPTS = 5

    status = models.CharField(max_length=10, choices=FLOW.choices, default="uploaded")
    file = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    look = models.JSONField(default=dict)
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

    cancel_asked = models.BooleanField(default=False)
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
            with attachments.opened(cast(Attachment, self.file)) as path:
                yield path
        except file_encryption.Unopened as unopened:
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
        """Keep the file, encrypted: it names people. Raises Refused when it is empty or over 100 MB."""
        batch = cls.objects.create(number=take_one("import"), by=_actor(by), team=team)
        batch.file = attachments.attach(batch, upload, by=batch.by, limit=LIMIT, sealed=True)
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
            number=take_one("import"), by=by.actor, team=self.team, file=self.file, channel=self.channel,
            product=self.product, strict=self.strict, choice={"sheet": sheet},
        )  # fmt: skip
        record(events.IMPORT_UPLOADED, batch, by=by.actor, name=f"{self.shown_name} · {sheet}")
        return batch

    def examine(self, *, by: User | Actor, **choice: Any) -> None:
        """Look at the file and preview it: seconds for a large workbook. ``choice``: sheet, heading_row, encoding."""
        self.choice |= {k: v for k, v in choice.items() if v not in (None, "")}
        import_preview.examine(self, _actor(by))

    def examine_soon(self) -> None:
        """Look now where that takes no time, else have a worker do it."""
        if cast(Attachment, self.file).size <= QUICK:
            self.run()
        else:
            carry_on.enqueue(self.pk)

    @transaction.atomic
    def look_again(self, *, by: User, seen: int | None = None, **choice: Any) -> None:
        """The person chose another sheet, heading row or encoding; ``examine_soon`` does it."""
        self.choice = {k: v for k, v in choice.items() if v not in (None, "")}
        FLOW.move(self, "again", by=by.actor, seen=seen, fields=("choice",))

    @transaction.atomic
    def settle(
        self,
        *,
        by: User,
        mapping: dict[int, str],
        choices: Mappings | None = None,
        seen: int | None = None,
        **settings: Any,
    ) -> None:
        """Keep what the person decided: column -> field, what words stand for (field -> word -> choice), and channel,
        product, strict and team for all rows."""
        if self.status != "looked":
            raise Refused(Text("已经开始导入，不能再改设置。", "The import has begun; its settings are fixed."))
        aliases = with_choices(self.preview, self.plan["aliases"], choices or {})
        try:
            plan = Plan.from_json(self.plan | {"mapping": mapping, "aliases": aliases}).to_json()
        except ValueError as twice:
            raise Refused(
                Text("同一个字段只能对应一列，请检查。", "Each field takes one column only; please check.")
            ) from twice
        flow.lock(self, seen, settings)
        for name, value in {"plan": plan, **settings}.items():
            setattr(self, name, value)
        flow.save(self, ["plan", *settings])
        record(events.IMPORT_SETTLED, self, by=by.actor, mapping=plan["mapping"], **settings)

    def preview_again(self, *, by: User) -> None:
        """The preview anew, by the settings as they are now; ``examine_soon`` does it."""
        self.look_again(by=by, keep=True)

    @transaction.atomic
    def start(self, *, by: User | Actor, seen: int | None = None, later: bool = True) -> None:
        """Begin to take rows in: in the background (``later``), or by the caller's own ``run``."""
        self.started_at, self.ended_at, self.total = clock.now(), None, self.look["total_rows"]
        fields = ("started_at", "ended_at", "total")
        if not FLOW.move(self, "start", by=_actor(by), seen=seen, fields=fields):
            return
        ValueMapping.remember_choices(self.preview, self.plan["aliases"], by=_actor(by))
        if later:
            carry_on.enqueue(self.pk)

    @transaction.atomic
    def cancel(self, *, by: User) -> None:
        """Stop at the next chunk; what was taken in stays. One that has not begun is laid aside at once."""
        if self.status == "running":
            flow.lock(self)
            type(self).objects.filter(pk=self.pk, status="running").update(cancel_asked=True)
            return
        self.ended_at = clock.now()
        FLOW.move(self, "drop", by=by.actor, fields=("ended_at",))

    @transaction.atomic
    def undo(self, *, by: User, seen: int | None = None) -> None:
        """Withdraw, in the background, every feedback item of the batch that nobody has touched since."""
        if FLOW.move(self, "undo", by=by.actor, seen=seen):
            carry_on.enqueue(self.pk)

    def run(self, tell: import_worker.Tell = lambda batch: None) -> bool:
        """Go on with whatever is left to do; False when somebody else is at it. ``tell`` hears of each chunk."""
        return import_worker.run(self, tell)

    def untouched(self) -> models.QuerySet[Feedback]:
        """Feedback items of this batch whose whole history is that they came in."""
        later = Event.objects.filter(subject_kind="feedback", subject_id=models.OuterRef("pk"), seq=2)
        return self.feedback_items.filter(status="new", version=1, merged=None).exclude(models.Exists(later))

    def kept(self) -> models.QuerySet[Feedback]:
        """Feedback items of this batch that are still there."""
        return self.feedback_items.exclude(status="withdrawn")


class ImportRow(models.Model):
    """A row that made no feedback item, and why. ``sealed`` holds its cells, encrypted: they may name people."""

    class Outcome(TextChoices):
        FAILED = "failed", Text("未导入", "Failed")
        SKIPPED = "skipped", Text("跳过", "Skipped")
        DUPLICATE = "duplicate", Text("重复", "Duplicate")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="refused")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason_zh = models.TextField()
    reason_en = models.TextField()
    sealed = models.TextField(blank=True)
    same_as = models.ForeignKey(Feedback, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "import_row"
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="a_row_fails_once")]

    @property
    def reason(self) -> Text:
        return Text(self.reason_zh, self.reason_en)


@task()
def carry_on(pk: int) -> None:
    """The background half of every batch."""
    ImportBatch.objects.get(pk=pk).run()


def wake() -> int:
    """Go on with batches that no worker is at; one just uploaded is being inspected by its request. Returns how many."""
    return ImportBatch.objects.exclude(status="uploaded", lease_until=None).wake(carry_on)


def _actor(by: User | Actor) -> Actor:
    return by if isinstance(by, Actor) else by.actor
