"""The administrator's page of people."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.audit.models import Event
from bihuan.people.models import RoleAssignment, User

pytestmark = pytest.mark.django_db


def test_an_account_is_given_with_roles_and_a_team_and_works(as_: Any, cast: Any, client: Any):
    form = {
        "username": "newbie",
        "name": "新人",
        "password": "a-long-first-one",
        "roles": ["agent"],
        "team": cast["lin"].team_id,
    }
    assert as_("admin").post("/people/", form).status_code == 302
    assert as_("admin").post("/people/", form).status_code == 422
    new = User.objects.get(username="newbie")
    assert (new.team, new.roles) == (cast["lin"].team, {"agent"})
    assert client.login(username="newbie", password="a-long-first-one")
    assert client.get("/cases/").status_code == 200
    event = Event.objects.get(kind="user.joined", subject_id=new.pk)
    assert event.details["roles"] == {"zh": "客服专员", "en": "Service agent"}


def test_a_short_password_is_refused_and_the_name_stays(as_: Any):
    answer = as_("admin").post("/people/", {"username": "x1", "name": "新人", "password": "short"})
    assert answer.status_code == 422
    assert "新人" in answer.content.decode()


def test_a_changed_role_is_in_force_with_the_next_click(as_: Any, cast: Any):
    her = as_("lin")
    assert her.get("/cases/").status_code == 200
    as_("admin").post(f"/people/{cast['lin'].pk}/", {"roles": [], "team": cast["lin"].team_id})
    assert her.get("/cases/").status_code == 403
    event = Event.objects.get(kind="user.roles_changed")
    assert (event.details["before"]["en"], event.details["after"]["en"]) == ("Service agent", "none")


def test_a_disabled_account_is_out_at_once_and_can_come_back(as_: Any, cast: Any, client: Any):
    her = as_("lin")
    assert her.get("/").status_code == 200
    as_("admin").post(f"/people/{cast['lin'].pk}/disable/")
    assert her.get("/").status_code == 302
    assert not client.login(username="lin", password="bihuan-demo")
    as_("admin").post(f"/people/{cast['lin'].pk}/enable/")
    assert list(Event.objects.filter(subject_kind="user", subject_id=cast["lin"].pk).values_list("kind", flat=True))[
        -2:
    ] == ["user.disabled", "user.enabled"]


def test_the_last_administrator_stays(as_: Any, cast: Any):
    me = cast["admin"]
    assert RoleAssignment.objects.filter(role="admin").count() == 1
    answer = as_("admin").post(f"/people/{me.pk}/", {"roles": ["agent"]})
    assert answer.status_code == 422
    as_("admin").post(f"/people/{me.pk}/disable/", headers={"referer": "http://testserver/people/"})
    me.refresh_from_db()
    assert me.is_active
    assert User.objects.get(pk=me.pk).roles == {"admin"}
