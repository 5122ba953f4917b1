"""The picklists are the organisation's own: what is changed on their page holds everywhere at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse

from bihuan.audit.models import Event
from bihuan.core import picklists
from bihuan.core.errors import Refused
from bihuan.core.models import PicklistItem
from bihuan.feedback import feedback_choices
from bihuan.feedback.models import Labelling
from bihuan.people.picklist_edits import add_item, update_item
from tests.domain.feedback.feedback_samples import make_feedback
from tests.domain.feedback.sheets import as_csv, taken_in, uploaded

pytestmark = pytest.mark.django_db
SCOPED = {"scope": "individual", "urgency": "normal"}


@pytest.fixture(autouse=True)
def shipped_again() -> Iterator[None]:
    """The rows are rolled back; what this process has read of them is forgotten."""
    yield
    for one in picklists.PICKLISTS.values():
        one.load(())
    picklists._Loaded.stamp = 0


def entry_of(code: str, **changes: object) -> dict[str, object]:
    name = feedback_choices.PROBLEM_TYPES[code]
    return {"zh": name.zh, "en": name.en, "place": feedback_choices.PROBLEM_TYPES.places[code], "retired": ""} | changes


def change(client, code: str, **changes: object):
    held = PicklistItem.objects.filter(picklist="problem_type", code=code).first()
    data = entry_of(code, seen=held.version if held else 1, **changes)
    return client.post(reverse("picklists:item", args=["problem_type", code]), data)


def test_a_new_entry_is_offered_where_feedback_items_are_sorted_is_counted_and_filtered_by(as_, cast):
    chen = as_("chen")
    url = reverse("picklists:new", args=["problem_type"])
    assert chen.post(url, {"zh": "隐私顾虑", "en": "Privacy", "place": 5}).status_code == 302
    feedback = make_feedback(cast, "为什么要我的通讯录", "lanjing")
    page = chen.get(reverse("feedback:labels", args=[feedback.pk])).content.decode()
    assert 'value="own1"' in page
    assert page.index("隐私顾虑") < page.index("产品功能缺陷"), "a smaller place comes first"
    labels = {
        "problem_type": "own1",
        **SCOPED,
        "seen": feedback.version,
        "shown_scope": "individual",
        "following": "feedback",
    }
    chen.post(reverse("feedback:labels", args=[feedback.pk]), labels)
    feedback.refresh_from_db()
    assert (feedback.problem_type, feedback.get_problem_type_display()) == (
        "own1",
        str(feedback_choices.PROBLEM_TYPES["own1"]),
    )
    assert feedback.number in chen.get(reverse("feedback:list") + "?type=own1").content.decode()
    export = b"".join(chen.get(reverse("feedback:list") + "?type=own1&export=csv").streaming_content).decode()
    assert "隐私顾虑" in export
    assert "Privacy" in as_("chen", "en").get(reverse("cases:new")).content.decode()
    event = Event.objects.get(kind="picklist.added")
    assert event.actor == cast["chen"].actor
    assert "新增「隐私顾虑」" in chen.get(reverse("picklists:list")).content.decode()


def test_a_new_name_shows_everywhere_and_codes_stay(as_, cast):
    feedback = make_feedback(cast, "下单按钮点不动", "lanjing")
    Labelling.give(feedback, {"problem_type": "defect", **SCOPED}, by=cast["lin"])
    chen = as_("chen")
    assert change(chen, "defect", zh="产品缺陷", en="Fault of the product").status_code == 302
    for page in (reverse("feedback:detail", args=[feedback.pk]), reverse("feedback:list") + "?type=defect"):
        assert "产品缺陷" in chen.get(page).content.decode()
    assert change(chen, "defect", zh="产品缺陷", en="Fault of the product").status_code == 302
    assert Event.objects.filter(kind="picklist.changed").count() == 1, "nothing new, no event"
    feedback.refresh_from_db()
    assert feedback.problem_type == "defect"
    stale = chen.post(reverse("picklists:item", args=["problem_type", "defect"]), entry_of("defect", seen=1, zh="别的"))
    assert stale.status_code == 422


def test_a_retired_entry_is_chosen_no_more_and_what_bears_it_keeps_its_name(as_, cast):
    old, new = make_feedback(cast, "等了九天才到", "lanjing"), make_feedback(cast, "又送错了地址", "lanjing")
    Labelling.give(old, {"problem_type": "logistics", **SCOPED}, by=cast["lin"])
    chen = as_("chen")
    change(chen, "logistics", retired="on")
    old.refresh_from_db()
    assert "物流配送" in chen.get(reverse("feedback:detail", args=[old.pk])).content.decode()
    page = chen.get(reverse("feedback:labels", args=[new.pk])).content.decode()
    assert 'name="problem_type" value="logistics"' not in page
    assert '<option value="logistics"' not in chen.get(reverse("cases:new")).content.decode()
    with pytest.raises(Refused, match="问题类型"):
        Labelling.give(new, {"problem_type": "logistics", **SCOPED}, by=cast["lin"])
    Labelling.give(old, {"problem_type": "logistics", "scope": "general", "urgency": "normal"}, by=cast["lin"])
    old.refresh_from_db()
    assert old.scope == "general", "the rest of what bears it can still be put right"
    change(chen, "logistics", retired="")
    assert (
        'name="problem_type" value="logistics"' in chen.get(reverse("feedback:labels", args=[new.pk])).content.decode()
    )
    kinds = Event.objects.filter(subject_kind="picklist_item").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["picklist.retired", "picklist.back"]


def test_names_are_not_given_twice_and_one_entry_is_always_left(cast):
    types = feedback_choices.PROBLEM_TYPES
    with pytest.raises(Refused, match="已经有了"):
        add_item(types, by=cast["chen"], zh="物流配送", en="Something", place=5)
    with pytest.raises(Refused, match="已经有了"):
        add_item(types, by=cast["chen"], zh="某事", en="delivery", place=5)
    *most, last = list(types)
    for code in most:
        update_item(types, code, by=cast["chen"], **entry_of(code, retired=True))
    with pytest.raises(Refused, match="至少要留一项"):
        update_item(types, last, by=cast["chen"], **entry_of(last, retired=True))


def test_sheets_read_the_names_of_the_organisation(cast):
    add_item(feedback_choices.PROBLEM_TYPES, by=cast["chen"], zh="隐私顾虑", en="Privacy", place=5)
    add_item(feedback_choices.CHANNELS, by=cast["chen"], zh="社区团购", en="Group buying", place=5, group="offline")
    picklists.refresh()
    content = as_csv([["社区团购", "为什么要我的通讯录", "隐私顾虑"]], ("渠道", "问题描述", "问题类型"))
    part = uploaded(content, "甲.csv", cast["chen"]).preview["unmapped"]["words"]
    assert part == {}, "an entry's own name needs no saying"
    feedback = taken_in(content, "乙.csv", cast["chen"]).feedback_items.get()
    assert (feedback.channel, feedback.suggested["problem_type"]["code"]) == ("own1", "own1")


def test_another_process_follows_and_a_change_undone_is_followed_back(as_, cast):
    """The stamp read with who is signed in tells this process that another one changed the rows."""
    chen = as_("chen")
    chen.get(reverse("home"))
    PicklistItem.objects.create(picklist="nature", code="own1", zh="索赔", en="Claim", place=5)
    assert "own1" not in feedback_choices.NATURES
    chen.get(reverse("home"))
    assert feedback_choices.NATURES["own1"].zh == "索赔"
    PicklistItem.objects.all().delete()
    chen.get(reverse("home"))
    assert "own1" not in feedback_choices.NATURES
    assert list(feedback_choices.NATURES) == list(feedback_choices.NATURES.shipped)


def test_who_sets_them_and_what_there_is(as_):
    admin = as_("admin")
    page = admin.get(reverse("picklists:list")).content.decode()
    for title in ("问题类型", "渠道", "反馈性质", "技术类型", "需求性质", "需求分类"):
        assert f"<h2>{title}</h2>" in page
    assert as_("lin").get(reverse("picklists:list")).status_code == 403
    assert admin.get(reverse("picklists:new", args=["scope"])).status_code == 404
    assert admin.get(reverse("picklists:item", args=["channel", "nobody"])).status_code == 404


def test_the_page_costs_the_same_however_many(as_, django_assert_num_queries):
    chen = as_("chen")
    chen.get(reverse("picklists:list"))
    with django_assert_num_queries(3):
        chen.get(reverse("picklists:list"))
    PicklistItem.objects.bulk_create(
        PicklistItem(picklist="channel", code=f"own{n}", zh=f"甲{n}", en=f"A{n}", place=n + 1) for n in range(40)
    )
    chen.get(reverse("picklists:list"))
    with django_assert_num_queries(3):
        chen.get(reverse("picklists:list"))
