"""What is asked of Django once gives the same as what is asked each time."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import translation

from bihuan.core.compiled_query import asked
from bihuan.core.page_address import address
from bihuan.core.text import Text, fixed_language, language
from bihuan.people.models import User


def _of_team(team: int) -> QuerySet[User]:
    return User.objects.filter(team=team).annotate(group=F("team__name")).order_by("id")


def _named(*names: str, most: int) -> QuerySet[User]:
    return User.objects.filter(username__in=names).order_by("-username")[:most]


def _joined(pk: int) -> QuerySet[User]:
    return User.objects.filter(pk=pk).select_related("team")


def _like(name: str) -> QuerySet[User]:
    return User.objects.filter(username__contains=name)


def _nobody(pk: int) -> QuerySet[User]:
    return User.objects.filter(pk=pk).only("name")


@pytest.mark.django_db
def test_a_written_query_answers_each_value_with_its_own_rows(cast: Any, django_assert_num_queries: Any):
    for who in ("chen", "zhou", "chen"):
        with django_assert_num_queries(1):
            found: list[Any] = asked(_of_team, cast[who].team_id)
        assert found == list(_of_team(cast[who].team_id))
        assert {one.group for one in found} == {cast[who].team.name}


@pytest.mark.django_db
def test_words_and_limits_are_values_too(cast: Any):
    assert [one.username for one in asked(_named, "chen", "lin", most=1)] == ["lin"]
    assert [one.username for one in asked(_named, "chen", "zhou", most=2)] == ["zhou", "chen"]
    assert asked(_named, "' OR 1=1 --", most=2) == []
    assert asked(_nobody, 0) == []


@pytest.mark.django_db
def test_a_query_that_selects_a_second_table_is_refused(cast: Any):
    with pytest.raises(ValueError, match="one table"):
        asked(_joined, 1)


@pytest.mark.django_db
def test_a_query_that_changes_its_value_on_the_way_is_refused(cast: Any):
    with pytest.raises(ValueError, match="as it is given"):
        asked(_like, "che")


def test_an_address_is_the_one_django_gives():
    for name, places in (
        ("home", ()),
        ("cases:detail", (7,)),
        ("diagnosis:cause", (7, 12)),
        ("plans:send_back", (3, "a b")),
    ):
        assert address(name, *places) == reverse(name, args=places)


def test_a_page_has_one_language_and_the_next_its_own():

    said: Text = Text("中", "Medium")
    with translation.override("en"), fixed_language():
        assert (language(), str(said)) == ("en", "E")
    assert (language(), str(said)) == ("zh", "中")
