"""User, Team, RoleAssignment."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models, transaction

from bihuan.audit.base_models import SubjectModel
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor
from bihuan.core.choices import TextChoices
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.people import events
from bihuan.people.permissions import CAPABILITIES, ROLES


class Team(models.Model):
    """A group inside a department: people see each other's work."""

    class Department(TextChoices):
        SERVICE = "service", Text("客服", "Service")
        PRODUCT = "product", Text("产品", "Product")
        OPERATIONS = "operations", Text("运营", "Operations")
        TECHNOLOGY = "technology", Text("技术", "Technology")
        MANAGEMENT = "management", Text("管理层", "Management")

    name = models.CharField(max_length=60, unique=True)
    department = models.CharField(max_length=12, choices=Department)

    class Meta:
        db_table = "team"

    def __str__(self) -> str:
        return self.name


class AccountManager(UserManager["User"]):
    def with_role(self, *roles: str) -> models.QuerySet[User]:
        return self.filter(is_active=True, grants__role__in=roles).distinct().order_by("id")

    @transaction.atomic
    def create_account(
        self, *, by: User, username: str, name: str, password: str, roles: Iterable[str] = (), team: Team | None = None,
        email: str = "",
    ) -> User:  # fmt: skip
        """Give somebody an account. Raises Refused when the account name is taken."""
        if self.filter(username__iexact=username).exists():
            raise Refused(Text("这个账号已经存在。", "This account exists already."))
        user = self.create_user(username, password=password, name=name, team=team, email=email)
        RoleAssignment.objects.bulk_create([RoleAssignment(user=user, role=r) for r in dict.fromkeys(roles)])
        record(events.JOINED, user, by=by.actor, roles=role_names_text(roles))
        return user


class User(SubjectModel, AbstractUser):
    """A person of the company. What they may do comes from their roles, never from flags."""

    NOUN = "user"

    name = models.CharField(max_length=40)
    title = models.CharField(max_length=60, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="members")
    actor = models.OneToOneField(Actor, on_delete=models.PROTECT, related_name="user")
    language = models.CharField(max_length=8, blank=True)
    unread = models.PositiveIntegerField(default=0, editable=False)

    objects = AccountManager()  # type: ignore[misc]

    class Meta:
        db_table = "person"

    def __str__(self) -> str:
        return self.name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.actor_id is None:
            self.actor = Actor.objects.create(kind=Actor.Kind.PERSON, name=self.name or self.username)
        super().save(*args, **kwargs)

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(self.grants.values_list("role", flat=True)) if self.pk else frozenset()

    def can(self, capability: str) -> bool:
        """Whether any of this person's roles carries the capability (see permissions.py)."""
        return self.is_active and not CAPABILITIES[capability].isdisjoint(self.roles)

    @transaction.atomic
    def log_export(self, what: str, rows: int, filters: str) -> None:
        """This person exported a list: leave an event of what, how many rows, by which filter."""
        type(self).objects.select_for_update().get(pk=self.pk)
        record(events.EXPORTED, self, by=self.actor, what=what, rows=rows, filter=filters[:400])

    @transaction.atomic
    def set_roles(self, *, by: User, roles: Iterable[str], team: Team | None, email: str | None = None) -> None:
        """Change what this person may do; it is in force with their next click."""
        type(self).objects.select_for_update().get(pk=self.pk)
        before, after = frozenset(self.grants.values_list("role", flat=True)), frozenset(roles)
        if "admin" in before - after:
            self._require_another_admin()
        email = self.email if email is None else email
        if (team, email) != (self.team, self.email):
            self.team, self.email = team, email
            self.save(update_fields=["team", "email"])
        if before != after:
            self.grants.exclude(role__in=after).delete()
            RoleAssignment.objects.bulk_create([RoleAssignment(user=self, role=r) for r in sorted(after - before)])
            record(
                events.ROLES_CHANGED, self, by=by.actor, before=role_names_text(before), after=role_names_text(after)
            )

    def set_language(self, language: str) -> None:
        """Store the language this person reads in; their mails are written in it."""
        if self.language != language:
            self.language = language
            self.save(update_fields=["language"])

    @transaction.atomic
    def disable(self, *, by: User) -> None:
        """Close the account; its sessions end, for nobody who is not active is let in."""
        type(self).objects.select_for_update().get(pk=self.pk)
        if not self.is_active:
            return
        if "admin" in self.roles:
            self._require_another_admin()
        self.is_active = False
        self.save(update_fields=["is_active"])
        record(events.DISABLED, self, by=by.actor)

    @transaction.atomic
    def enable(self, *, by: User) -> None:
        """Open a disabled account again."""
        type(self).objects.select_for_update().get(pk=self.pk)
        if not self.is_active:
            self.is_active = True
            self.save(update_fields=["is_active"])
            record(events.ENABLED, self, by=by.actor)

    def _require_another_admin(self) -> None:
        if not type(self).objects.with_role("admin").exclude(pk=self.pk).exists():
            raise Refused(Text("至少要保留一位系统管理员。", "At least one administrator must remain."))

    @property
    def role_names(self) -> list[Text]:
        return [ROLES[r] for r in sorted(self.roles, key=list(ROLES).index)]


class RoleAssignment(models.Model):
    """A role given to a person."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=list(ROLES.items()))

    class Meta:
        db_table = "role_assignment"
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="a_role_once")]


def role_names_text(roles: Iterable[str]) -> Text:
    held = [ROLES[r] for r in ROLES if r in set(roles)]
    return Text("、".join(r.zh for r in held) or "无", ", ".join(r.en for r in held) or "none")
