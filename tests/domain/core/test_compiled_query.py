"""A compiled query gives the same rows as the query it was made of."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import F, QuerySet
from django.utils import translation

from bihuan.core.compiled_query import CompiledQuery
from bihuan.core.text import Text, fixed_language, language
from bihuan.people.models import User


@CompiledQuery
def _of_team(team: int) -> QuerySet[User]:
    return User.objects.filter(team=team).annotate(group=F("team__name")).order_by("id")


@CompiledQuery
def _named(*names: str) -> QuerySet[User]:
    return User.objects.filter(username__in=names).order_by("-username")


@CompiledQuery
def _joined(pk: int) -> QuerySet[User]:
    return User.objects.filter(pk=pk).select_related("team")


@CompiledQuery
def _like(name: str) -> QuerySet[User]:
    return User.objects.filter(username__contains=name)


@CompiledQuery
def _nobody(pk: int) -> QuerySet[User]:
    return User.objects.filter(pk=pk).only("name")


@pytest.mark.django_db
def test_a_compiled_query_returns_the_rows_of_each_value(cast: Any, django_assert_num_queries: Any):
    for who in ("chen", "zhou", "chen"):
        with django_assert_num_queries(1):
            found: list[Any] = _of_team.fetch(cast[who].team_id)
        assert found == list(_of_team.query(cast[who].team_id))
        assert {one.group for one in found} == {cast[who].team.name}


@pytest.mark.django_db
def test_texts_and_any_number_of_them_are_values_too(cast: Any):
    assert [one.username for one in _named.fetch("chen", "lin")] == ["lin", "chen"]
    assert [one.username for one in _named.fetch("chen", "zhou")] == ["zhou", "chen"]
    assert _named.fetch("' OR 1=1 --") == []
    assert _nobody.fetch(0) == []


@pytest.mark.django_db
def test_a_query_that_selects_a_second_table_is_refused(cast: Any):
    with pytest.raises(ValueError, match="one table"):
        _joined.fetch(1)


@pytest.mark.django_db
def test_a_query_that_changes_its_value_on_the_way_is_refused(cast: Any):
    with pytest.raises(ValueError, match="as it is given"):
        _like.fetch("che")


def test_a_page_has_one_language_and_the_next_its_own():

    label: Text = Text("中", "Medium")
    with translation.override("en"), fixed_language():
        assert (language(), str(label)) == ("en", "Medium")
    assert (language(), str(label)) == ("zh", "中")
