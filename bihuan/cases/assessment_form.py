"""The assessment as a form made from a scheme's data: criteria to tick, scores with reasons, choices, forced marks."""

from __future__ import annotations

from typing import Any

from django import forms

from bihuan.cases.assessment_evidence import evidence
from bihuan.cases.models import Case
from bihuan.core.forms import Form
from bihuan.core.text import Text
from bihuan.deadlines.models import Scheme

FOLLOW = Text("按建议", "As suggested")


def text(names: dict[str, str]) -> Text:
    return Text(names["zh"], names["en"])


class AssessForm(Form):
    """``inputs()``, ``criteria()`` and ``reasons()`` give what ``Case.assess`` takes."""

    forced = forms.MultipleChoiceField(
        label=Text("直接列为最高级的情形", "Highest level at once"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    level = forms.ChoiceField(label=Text("级别", "Level"), required=False)
    override_reason = forms.CharField(
        label=Text("与建议不同的理由", "Reason for differing"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"lines": 2}),
    )
    keep_only = forms.BooleanField(
        label=Text("只存档，不改变现在的级别和时限", "Only keep it; level and deadlines stay"), required=False
    )
    workaround = forms.CharField(
        label=Text("临时规避办法", "Workaround"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"lines": 2}),
    )

    def __init__(self, case: Case, scheme: Scheme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scheme, self.events = scheme, evidence(case, scheme)
        self.input_names: list[str] = []
        for code, field in scheme.data["inputs"].items():
            self._ask(code, field)
        self._set("forced", "choices", [(one["code"], text(one["name"])) for one in scheme.data.get("forced", [])])
        marks = [one["code"] for one in scheme.data.get("forced", []) if one["code"] in self.events]
        self.fields["forced"].initial = marks
        if marks:
            seen = str(Text("；", "; ")).join(str(self.events[code][1]) for code in marks)
            self.fields["forced"].help_text = str(Text("建议依据：{why}", "Suggested from: {why}", why=seen))
        self._set("level", "choices", [("", FOLLOW)] + [(v["code"], text(v["name"])) for v in scheme.data["levels"]])
        if scheme.code != "p_level":
            del self.fields["workaround"]
        elif case.workaround:
            self.fields["workaround"].initial = case.workaround
        if not case.level:
            del self.fields["keep_only"]
        self.order_fields([*self.input_names, "forced", "level", "override_reason", "workaround", "keep_only"])

    def _ask(self, code: str, field: dict[str, Any]) -> None:
        name, event = text(field["name"]), self.events.get(code)
        self.input_names.append(code)
        made: forms.Field
        if field["kind"] == "bool" and "criteria" in field:
            ticks = [(str(n), text(one)) for n, one in enumerate(field["criteria"])]
            made = forms.MultipleChoiceField(choices=ticks, required=False, widget=forms.CheckboxSelectMultiple)
            made.initial = [str(n) for n in event[0]] if event else []
        elif field["kind"] == "bool":
            made = forms.BooleanField(required=False)
            made.initial = bool(event and event[0])
        elif field["kind"] == "number":
            made = forms.DecimalField(min_value=field["min"], max_value=field["max"], decimal_places=3)
            made.widget.attrs.update({"class": "form-control", "step": "any"})
            made.initial = event[0] if event else None
        else:
            options = [(value, text(one)) for value, one in field["values"].items()]
            made = forms.ChoiceField(choices=options, widget=forms.RadioSelect)
            made.initial = event[0] if event else None
        made.label = str(name)
        made.help_text = str(Text("建议依据：{why}", "Suggested from: {why}", why=event[1])) if event else ""
        made.widget.attrs.setdefault("class", "form-check-input")
        self.fields[code] = made
        if field["kind"] == "score":
            self.input_names.append(f"{code}_reason")
            self.fields[f"{code}_reason"] = forms.CharField(
                label=Text("{what}的理由", "Reason for the {what}", what=name),
                max_length=300,
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )

    def _set(self, name: str, what: str, value: Any) -> None:
        setattr(self.fields[name], what, value)

    def inputs(self) -> dict[str, Any]:
        """What was answered so far, in the scheme's own terms."""
        clean = self.cleaned_data
        found: dict[str, Any] = {}
        for code, field in self.scheme.data["inputs"].items():
            value = clean.get(code)
            if field["kind"] == "bool":
                found[code] = bool(value)
            elif field["kind"] == "number" and value is not None:
                found[code] = int(value) if value == int(value) else float(value)
            elif value:
                found[code] = int(value) if field["kind"] == "score" else value
        return found | dict.fromkeys(clean.get("forced") or [], True)

    def criteria(self) -> dict[str, Any]:
        """The names of what was ticked, in both languages, as they read at the time."""
        fields = self.scheme.data["inputs"]
        ticked = {c: self.cleaned_data.get(c) or [] for c, f in fields.items() if "criteria" in f}
        return {c: [fields[c]["criteria"][int(n)] for n in got] for c, got in ticked.items() if got}

    def reasons(self) -> dict[str, str]:
        return {
            k.removesuffix("_reason"): v
            for k, v in self.cleaned_data.items()
            if k in self.input_names and k.endswith("_reason")
        }

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        if clean.get("level") == "P2" and not clean.get("workaround"):
            self.add_error(
                "workaround", str(Text("P2 请写明如何临时规避。", "Level P2: please say how to get round it."))
            )
        return clean
