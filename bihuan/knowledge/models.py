"""Article, Revision, Use, Rating."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import F, Q

from bihuan.audit import flow
from bihuan.audit.base_models import FlowModel, NumberedModel, required_reason
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor, Event
from bihuan.audit.versioned import VersionedModel
from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.numbers import next_number
from bihuan.core.text import Text
from bihuan.knowledge import article_choices, events, search_index
from bihuan.knowledge.flow import FLOW
from bihuan.people.models import User

if TYPE_CHECKING:
    from collections.abc import Sequence

OVERDUE_STATES = ("published", "stale")


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, user: User) -> ArticleQuerySet:
        """Everybody who works with feedback or cases sees all articles."""
        return self if user.can("see.business") else self.none()

    def overdue(self) -> ArticleQuerySet:
        """Published, and not looked at again in time (S4-I12)."""
        return self.filter(status__in=OVERDUE_STATES, review_due__lt=clock.today())

    def for_customers(self) -> ArticleQuerySet:
        """What customers may read: a published version of an article meant for them that is not retired."""
        return self.filter(audience="customer", version_number__gt=0).exclude(status="retired")


class Article(VersionedModel, NumberedModel, FlowModel):
    """One piece of knowledge. ``version_number`` is the newest published version (0: none); its text is in ArticleVersion."""

    NOUN = "article"

    status = models.CharField(max_length=10, choices=FLOW.choices, default="draft")
    kind = models.CharField(max_length=12, choices=list(article_choices.KINDS.items()), default="fault")
    audience = models.CharField(max_length=10, choices=list(article_choices.AUDIENCES.items()), default="internal")
    title = models.CharField(max_length=200)
    phenomenon = models.TextField(blank=True)
    cause = models.TextField(blank=True)
    steps = models.TextField(blank=True)
    range = models.TextField(blank=True)
    keywords = models.CharField(max_length=200, blank=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="articles")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="articles")
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version_number = models.PositiveSmallIntegerField(default=0)
    published_at = models.DateTimeField(null=True, blank=True)
    review_due = models.DateField(null=True, blank=True)
    reuse_count = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        db_table = "article"
        indexes = [models.Index(fields=["status", "review_due"], name="article_status")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def search_text(self) -> str:
        """What it can be found by: number, title, keywords and its parts, one a line."""
        parts = (self.number, self.title, self.keywords, self.phenomenon, self.cause, self.steps, self.range)
        return "\n".join(parts)

    @property
    def overdue(self) -> bool:
        return self.status in OVERDUE_STATES and self.review_due is not None and self.review_due < clock.today()

    @classmethod
    @transaction.atomic
    def write(cls, *, by: User, title: str, case: Case | None = None, **fields: Any) -> Article:
        """Begin an article, from a case or from nothing."""
        article = cls.objects.create(number=next_number("article"), title=title, case=case, author=by, **fields)
        record(events.WRITTEN, article, by=by.actor, title=title)
        search_index.index(article.pk, article.search_text)
        return article

    @transaction.atomic
    def edit(self, *, by: User, seen: int | None, **changes: Any) -> Event | None:
        """Change a draft. A published article is revised first, so that readers keep the published version."""
        if self.status != "draft":
            raise Refused(
                Text("只有草稿可以修改，请先点“修订”。", "Only a draft can be changed; begin a revision first.")
            )
        event = flow.edit(self, changes, by=by.actor, event_type=events.EDITED, seen=seen)
        if event:
            search_index.index(self.pk, self.search_text)
        return event

    def submit(self, *, by: User) -> None:
        FLOW.move(self, "submit", by=by.actor)

    def return_(self, *, by: User, reason: str) -> None:
        """Send it back to its author, with a reason."""
        FLOW.move(self, "return", by=by.actor, reason=required_reason(reason))

    @transaction.atomic
    def publish(self, *, by: User) -> ArticleVersion | None:
        """Publish the present text as the next version. Refused to its author and to whoever changed this text."""
        stored = flow.lock(self)
        if stored.status == "published":
            return None
        if by.pk == stored.author_id or by.actor_id in self._hands():
            raise Refused(
                Text(
                    "作者不能审核自己写的知识，请另一位审核人发布。",
                    "Authors do not review their own text; another reviewer publishes it.",
                )
            )
        self.version_number, self.reviewer, self.published_at = stored.version_number + 1, by, clock.now()
        self.review_due = clock.today() + timedelta(days=article_choices.REVIEW_DAYS)
        FLOW.move(
            self,
            "publish",
            by=by.actor,
            fields=("version_number", "reviewer", "published_at", "review_due"),
            version_number=self.version_number,
        )
        text = {part: getattr(self, part) for part in article_choices.PARTS}
        return ArticleVersion.objects.create(article=self, version_number=self.version_number, by=by, **text)

    def _hands(self) -> set[int]:
        """Whoever wrote this text since it was last published."""
        history = Event.objects.filter(subject_kind=self.NOUN, subject_id=self.pk).order_by("-seq")
        hands = set()
        for kind, actor in history.values_list("kind", "actor"):
            if kind == events.PUBLISHED.key:
                break
            if kind in (events.WRITTEN.key, events.EDITED.key):
                hands.add(actor)
        return hands

    def flag(self, *, by: User, reason: str) -> None:
        """Say that it is no longer right (whoever uses it reviews it)."""
        FLOW.move(self, "flag", by=by.actor, reason=required_reason(reason))

    def revise(self, *, by: User) -> None:
        """Open the text for change; readers see the published version meanwhile."""
        FLOW.move(self, "revise", by=by.actor)

    @transaction.atomic
    def renew(self, *, by: User) -> None:
        """It has been looked at again and is still right."""
        self.review_due = clock.today() + timedelta(days=article_choices.REVIEW_DAYS)
        FLOW.move(self, "renew", by=by.actor, fields=("review_due",), until=self.review_due.isoformat())

    def retire(self, *, by: User, reason: str) -> None:
        FLOW.move(self, "retire", by=by.actor, reason=required_reason(reason))

    def revive(self, *, by: User) -> None:
        FLOW.move(self, "revive", by=by.actor)

    @transaction.atomic
    def use(self, case: Case, *, by: User) -> None:
        """This article helped with that case: counted once a case."""
        stored = flow.lock(self)
        if not stored.version_number or stored.status == "retired":
            raise Refused(Text("只能使用已发布的知识。", "Only published articles can be used."))
        if not Use.objects.get_or_create(article=self, case=case, defaults={"by": by.actor})[1]:
            return
        type(self).objects.filter(pk=self.pk).update(reuse_count=F("reuse_count") + 1, used_at=clock.now())
        record(events.USED, self, by=by.actor, case=case.number)

    @transaction.atomic
    def rate(self, *, by: User, helpful: bool) -> None:
        """Say whether it helped; each person has one say and may change it."""
        flow.lock(self)
        rating = Rating.objects.filter(article=self, user=by).first()
        if rating and rating.helpful == helpful:
            return
        Rating.objects.update_or_create(article=self, user=by, defaults={"helpful": helpful})
        verdict: Text = Text("有帮助", "helpful") if helpful else Text("没有帮助", "not helpful")
        record(events.RATED, self, by=by.actor, verdict=verdict)

    @property
    def published(self) -> ArticleVersion | None:
        """The text readers see."""
        return self.versions.filter(version_number=self.version_number).first() if self.version_number else None


class ArticleVersion(models.Model):
    """One published version, kept as it was."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    version_number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    phenomenon = models.TextField(blank=True)
    cause = models.TextField(blank=True)
    steps = models.TextField(blank=True)
    range = models.TextField(blank=True)
    keywords = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "article_version"
        constraints = [models.UniqueConstraint(fields=["article", "version_number"], name="an_article_version_once")]

    @property
    def parts(self) -> Sequence[tuple[Text, str]]:
        return [(name, getattr(self, part)) for part, name in article_choices.PARTS.items()]


class Use(models.Model):
    """An article that helped with a case."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="uses")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="used_articles")
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "article_use"
        constraints = [models.UniqueConstraint(fields=["article", "case"], name="used_once_a_case")]


class Rating(models.Model):
    """One person's word on whether an article helped."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="ratings")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    helpful = models.BooleanField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "article_rating"
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="one_rating_a_person")]


def unused() -> Q:
    """Published long ago and not used since."""
    limit = clock.now() - timedelta(days=article_choices.UNUSED_DAYS)
    return Q(status__in=OVERDUE_STATES, published_at__lt=limit) & (Q(used_at=None) | Q(used_at__lt=limit))
