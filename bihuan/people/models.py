"""User, Team, Grant (a role given to a user)."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models, transaction

from bihuan.core.text import Text
from bihuan.ledger.chain import record
from bihuan.ledger.models import Actor
from bihuan.people import events
from bihuan.people.permissions import CAPABILITIES, ROLES


class Team(models.Model):
    """A group inside a department: people see each other's work."""

    class Department(models.TextChoices):
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


class People(UserManager["User"]):
    def with_role(self, *roles: str) -> models.QuerySet[User]:
        return self.filter(is_active=True, grants__role__in=roles).distinct().order_by("id")


class User(AbstractUser):
    """A person of the company. What they may do comes from their roles, never from flags."""

    NOUN = "user"

    name = models.CharField(max_length=40)
    title = models.CharField(max_length=60, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="members")
    actor = models.OneToOneField(Actor, on_delete=models.PROTECT, related_name="user")
    language = models.CharField(max_length=8, blank=True)

    objects = People()  # type: ignore[misc]

    class Meta:
        db_table = "person"

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def fact_name(self) -> str:
        return str(self)

    @property
    def trail(self) -> str:
        return f"user/{self.pk}"

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
    def took_out(self, what: str, rows: int, narrowed: str) -> None:
        """This person exported a list: leave a fact of what, how many rows, by which filter."""
        type(self).objects.select_for_update().get(pk=self.pk)
        record(events.EXPORTED, self, by=self.actor, what=what, rows=rows, filter=narrowed[:400])

    @property
    def role_names(self) -> list[Text]:
        return [ROLES[r] for r in sorted(self.roles, key=list(ROLES).index)]


class Grant(models.Model):
    """A role given to a person."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=list(ROLES.items()))

    class Meta:
        db_table = "role_grant"
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="a_role_once")]
