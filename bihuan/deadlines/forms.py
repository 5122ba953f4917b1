"""A version of a scheme as a form made from its own data: names, limits, cells, tests, rules, formula and marks."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField

from bihuan.core.forms import EditForm
from bihuan.core.text import Text
from bihuan.deadlines.priority_schemes import Scheme
from bihuan.deadlines.time_units import NAMES
from bihuan.insight.data.builtin_priority_schemes import DISPOSITIONS, MILESTONES

NONE = Text("不设", "None")
UNITS: list[tuple[str, Text]] = [(unit.value, names[1]) for unit, names in NAMES.items()]
TARGETS = [("", NONE), *UNITS, *((f"as:{code}", Text(n["zh"], n["en"])) for code, n in DISPOSITIONS.items())]


def text_of(name: dict[str, str]) -> Text:
    return Text(name["zh"], name["en"])


class SchemeForm(EditForm):
    """``made()`` gives the changed data; the checks of the engine are made when it is saved."""

    name_zh = forms.CharField(label=Text("方案名称（中文）", "Name in Chinese"), max_length=60)
    name_en = forms.CharField(label=Text("方案名称（英文）", "Name in English"), max_length=60)

    def __init__(self, scheme: Scheme, *args: Any, **kwargs: Any) -> None:
        self.stored: dict[str, Any] = scheme.data
        kwargs.setdefault("initial", {"seen": scheme.version})
        super().__init__(*args, **kwargs)
        self._places: list[tuple[str, tuple[Any, ...]]] = []
        for language in ("zh", "en"):
            self.fields[f"name_{language}"].initial = self.stored["name"][language]
        for place, level in enumerate(self.stored["levels"]):
            self._level(place, level)
        self._target("floor_respond", self.stored["floor"]["respond"], UNITS)
        self._matrix()
        self._tests()
        self._worths()
        if "score" in self.stored:
            text = forms.CharField(label=Text("计分公式", "Formula"), max_length=200)
            self._add_field("formula", text, self.stored["score"]["formula"], "score", "formula")
            places = forms.IntegerField(label=Text("保留几位小数", "Rounded to places"), min_value=0, max_value=4)
            self._add_field("round", places, self.stored["score"]["round"], "score", "round")

    def _add_field(self, name: str, field: forms.Field, initial: Any, *path: Any) -> None:
        """Add a field for one place of the data."""
        field.initial = initial
        css_class = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
        field.widget.attrs.setdefault("class", css_class)
        self.fields[name] = field
        if path:
            self._places.append((name, path))

    def _level(self, place: int, level: dict[str, Any]) -> None:
        for language, title in (
            ("zh", Text("名称（中文）", "Name, Chinese")),
            ("en", Text("名称（英文）", "Name, English")),
        ):
            field = forms.CharField(label=title, max_length=60)
            self._add_field(
                f"level_{place}_{language}", field, level["name"][language], "levels", place, "name", language
            )
        for milestone in MILESTONES:
            self._target(f"t_{place}_{milestone}", level["targets"].get(milestone, {}), TARGETS)
        if "from" in level:
            mark = forms.FloatField(label=Text("分数线", "Mark"))
            self._add_field(f"mark_{place}", mark, level["from"], "levels", place, "from")

    def _target(self, name: str, target: dict[str, Any], units: list[tuple[str, Text]]) -> None:
        amount = forms.FloatField(label=Text("数量", "Amount"), required=False, min_value=0)
        amount.widget.attrs["step"] = "any"
        self._add_field(f"{name}_n", amount, target.get("amount"))
        unit = forms.ChoiceField(label=Text("单位或安排", "Unit or disposition"), choices=units, required=False)
        held = f"as:{target['disposition']}" if "disposition" in target else target.get("unit", "")
        self._add_field(f"{name}_u", unit, held)

    def _levels(self) -> list[tuple[str, Text]]:
        return [(one["code"], text_of(one["name"])) for one in self.stored["levels"]]

    def _matrix(self) -> None:
        for row, cells in self.stored.get("matrix", {}).get("cells", {}).items():
            for column, level in cells.items():
                cell = forms.ChoiceField(label=Text("级别", "Level"), choices=self._levels())
                self._add_field(f"cell_{row}_{column}", cell, level, "matrix", "cells", row, column)

    def _tests(self) -> None:
        parts = [("axes", "any"), ("rules", "all")]
        for part, key in parts:
            for n, one in enumerate(self.stored.get(part, ())):
                for m, test in enumerate(one[key]):
                    self._test(f"{part}_{n}_{m}", test, part, n, key, m)
                if part == "rules":
                    level = forms.ChoiceField(label=Text("级别", "Level"), choices=self._levels())
                    self._add_field(f"rule_{n}", level, one["level"], part, n, "level")

    def _test(self, name: str, test: dict[str, Any], *path: Any) -> None:
        question = self.stored["inputs"][test["input"]]
        if "from" in test:
            field = forms.FloatField(
                label=Text("「{name}」从几分起算高", "“{name}” is high from", name=text_of(question["name"]))
            )
            self._add_field(name, field, test["from"], *path, "from")
        elif question["kind"] == "choice":
            values = [(code, text_of(one)) for code, one in question["values"].items()]
            label = Text("「{name}」是", "“{name}” is one of", name=text_of(question["name"]))
            many = forms.MultipleChoiceField(label=label, choices=values, widget=forms.CheckboxSelectMultiple)
            many.widget.attrs["class"] = ""
            self._add_field(name, many, test["is"], *path, "is")

    def _worths(self) -> None:
        for code, question in self.stored["inputs"].items():
            for value, worth in question.get("worth", {}).items():
                label = Text("{input}：{value}", "{input}: {value}").format(
                    input=text_of(question["name"]), value=text_of(question["values"][value])
                )
                number = forms.FloatField(label=label)
                self._add_field(f"worth_{code}_{value}", number, worth, "inputs", code, "worth", value)

    @property
    def heads(self) -> list[Text]:
        return [text_of(name) for name in MILESTONES.values()]

    def level_rows(self) -> Iterator[tuple[str, list[BoundField], list[tuple[BoundField, BoundField]]]]:
        """Each level: code, its names and mark, and an amount with its unit a milestone."""
        for place, level in enumerate(self.stored["levels"]):
            names = [self[f"level_{place}_{part}"] for part in ("zh", "en")]
            names += [self[f"mark_{place}"]] if f"mark_{place}" in self.fields else []
            yield level["code"], names, [(self[f"t_{place}_{m}_n"], self[f"t_{place}_{m}_u"]) for m in MILESTONES]

    def matrix_rows(self) -> Iterator[tuple[Text, list[BoundField]]]:
        matrix: dict[str, Any] = self.stored.get("matrix", {"cells": {}})
        for row, cells in matrix["cells"].items():
            name = self.stored["inputs"][matrix["rows"]]["values"][row]
            yield text_of(name), [self[f"cell_{row}_{column}"] for column in cells]

    def matrix_heads(self) -> list[Text]:
        matrix = self.stored.get("matrix")
        if not matrix:
            return []
        columns = self.stored["inputs"][matrix["columns"]]["values"]
        return [text_of(columns[code]) for code in next(iter(matrix["cells"].values()))]

    def rest(self) -> list[BoundField]:
        """Tests, rules, formula and what answers are worth."""
        heads = ("axes_", "rules_", "rule_", "worth_", "formula", "round")
        return [self[name] for name in self.fields if name.startswith(heads)]

    def scheme_data(self) -> dict[str, Any]:
        """The scheme's data with what was entered put in its places."""
        found: dict[str, Any] = copy.deepcopy(self.stored)
        found["name"] = {language: self.cleaned_data[f"name_{language}"] for language in ("zh", "en")}
        for name, path in self._places:
            place: Any = found
            for part in path[:-1]:
                place = place[part]
            place[path[-1]] = _plain(self.cleaned_data[name])
        for number, level in enumerate(found["levels"]):
            targets = {m: self._entered_target(f"t_{number}_{m}") for m in MILESTONES}
            level["targets"] = {m: target for m, target in targets.items() if target is not None}
        found["floor"] = found["floor"] | {"respond": self._entered_target("floor_respond") or {}}
        return found

    def _entered_target(self, name: str) -> dict[str, Any] | None:
        amount, unit = self.cleaned_data[f"{name}_n"], self.cleaned_data[f"{name}_u"]
        if unit.startswith("as:"):
            return {"disposition": unit.removeprefix("as:")}
        if not unit and amount is None:
            return None
        return {"amount": _plain(amount if amount is not None else 0), "unit": unit}


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value == int(value) else value


class DataForm(EditForm):
    """The whole of a version as JSON, for what the form does not reach: inputs, levels, criteria."""

    text = forms.CharField(
        label=Text("全部数据（JSON）", "All data (JSON)"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"lines": 30, "spellcheck": "false"}),
    )

    def clean_text(self) -> dict[str, Any]:
        try:
            found = json.loads(self.cleaned_data["text"])
        except (json.JSONDecodeError, RecursionError) as bad:
            line = getattr(bad, "lineno", "?")
            message = Text("第 {n} 行不是有效的 JSON。", "Line {n} is not valid JSON.", n=line)
            raise forms.ValidationError(str(message)) from None
        if not isinstance(found, dict):
            raise forms.ValidationError(str(Text("要是一个对象。", "It must be an object.")))
        return found


class PublishForm(EditForm):
    """Why the version is put in force."""

    reason = forms.CharField(
        label=Text("为什么改", "Why it is changed"),
        min_length=2,
        max_length=500,
        widget=forms.Textarea(attrs={"lines": 2}),
    )
