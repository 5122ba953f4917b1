"""Signing in and out, by allauth; the first administrator's password at the first start."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.db.models import F, QuerySet, Subquery, Sum, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bihuan.audit.models import Actor
from bihuan.core.compiled_query import CompiledQuery
from bihuan.core.errors import Refused
from bihuan.core.models import PicklistItem
from bihuan.core.picklists import refresh_if_changed
from bihuan.core.text import Text
from bihuan.people.forms import FirstStartForm
from bihuan.people.models import RoleAssignment, Team, User
from bihuan.web.access import public, signed_in
from bihuan.web.responses import submit


class Adapter(DefaultAccountAdapter):
    """Accounts are given by the administrator; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class Backend(AuthenticationBackend):
    """Reads whoever is signed in together with what every page and every act asks of them."""

    def get_user(self, user_id: Any) -> User | None:
        found: list[Any] = _signed_in.fetch(int(user_id))
        if not found or not self.user_can_authenticate(found[0]):
            return None
        user: Any = found[0]
        refresh_if_changed(user.words)
        user.roles = frozenset(row.role for row in found if row.role)
        user.actor = Actor(user.actor_id, user.acts_as, user.acts_named)
        user.team = Team(user.team_id, user.team_named, user.team_of) if user.team_id else None
        return user


@CompiledQuery
def _signed_in(person: int) -> QuerySet[User]:
    """A row a role, with the person's team, actor and the stamp of the picklists: one query, as every request asks it."""
    return User.objects.filter(pk=person).annotate(
        role=F("grants__role"),
        acts_as=F("actor__kind"),
        acts_named=F("actor__name"),
        team_named=F("team__name"),
        team_of=F("team__department"),
        words=Subquery(PicklistItem.objects.order_by().values(all=Value(1)).annotate(sum=Sum("version")).values("sum")),
    )


class SignIn(LoginView):
    template_name = "web/sign_in/page.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not User.objects.exists():
            return redirect("first_start")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = User.objects.filter(is_active=True).prefetch_related("grants").order_by("id") if settings.DEMO else []
        return super().get_context_data(**kwargs) | {"cast": shown}


@public
def first_start(request: HttpRequest) -> HttpResponse:
    """The very first page of a new installation: there is no default password."""
    if User.objects.exists():
        return redirect("sign_in")
    form = FirstStartForm(request.POST or None)
    if request.method == "POST" and submit(form, _first_administrator):
        login(request, User.objects.get(), backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("home")
    return render(request, "web/sign_in/first_start.html", {"form": form})


@transaction.atomic
def _first_administrator(username: str, name: str, password: str, again: str) -> None:
    if User.objects.exists():
        raise Refused(Text("管理员已经建立，请直接登录。", "There is an administrator already; please sign in."))
    admin = User.objects.create_user(username, name=name, password=password)
    RoleAssignment.objects.create(user=admin, role="admin")


sign_in = public(SignIn.as_view())
sign_out = signed_in(LogoutView.as_view(template_name="web/sign_in/out.html"))
change_password = signed_in(PasswordChangeView.as_view(template_name="web/sign_in/password.html", success_url="/"))
