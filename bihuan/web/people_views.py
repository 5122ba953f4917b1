"""People, for the administrator: give accounts, change roles, disable."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from bihuan.core.text import Text
from bihuan.people.forms import PersonForm, RolesForm
from bihuan.people.lists import PEOPLE
from bihuan.people.models import User
from bihuan.web.access import Request, requires
from bihuan.web.responses import redirect_with_message, submit
from bihuan.web.tables import Listing


@requires("setup.edit")
def index(request: Request) -> HttpResponse:
    """The list; a POST gives somebody an account."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and submit(form, lambda **v: User.objects.create_account(by=request.user, **v)):
        return redirect_with_message(request, "people:list", Text("账号已开通。", "Account made."))
    rows = User.objects.select_related("team").prefetch_related("grants")
    people = Listing(request, rows, PEOPLE)
    return render(request, "web/people/index.html", {"list": people, "form": form}, status=422 if form.errors else 200)


@requires("setup.edit")
def roles(request: Request, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    form = RolesForm(
        request.POST or None, initial={"roles": list(person.roles), "team": person.team_id, "email": person.email}
    )
    if request.method == "POST" and submit(form, lambda **v: person.set_roles(by=request.user, **v)):
        return redirect_with_message(
            request, "people:list", Text("角色已更新，立即生效。", "Roles changed, in force at once.")
        )
    return render(
        request, "web/people/roles.html", {"form": form, "person": person}, status=422 if form.errors else 200
    )


@require_POST
@requires("setup.edit")
def disable(request: Request, pk: int) -> HttpResponse:
    get_object_or_404(User, pk=pk).disable(by=request.user)
    return redirect_with_message(
        request, "people:list", Text("账号已停用，已退出登录。", "Account disabled and signed out.")
    )


@require_POST
@requires("setup.edit")
def enable(request: Request, pk: int) -> HttpResponse:
    get_object_or_404(User, pk=pk).enable(by=request.user)
    return redirect_with_message(request, "people:list", Text("账号已恢复。", "Account restored."))
