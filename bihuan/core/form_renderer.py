"""Form fields drawn by plain functions.

A page of diagnosis holds thirty fields. Django draws each by four nested templates, which cost more than the rest of the
page; these functions give the same HTML (tests/domain/core/test_form_renderer.py compares them) at a tenth of the price.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Widget = Mapping[str, Any]


def _safe(value: Any) -> str:
    return value if isinstance(value, SafeString) else escape(str(value))


def attributes(attrs: Mapping[str, Any]) -> str:
    """HTML attributes: False is left out, True stands without a value."""
    return "".join(
        f" {_safe(name)}" + ("" if value is True else f'="{_safe(value)}"')
        for name, value in attrs.items()
        if value is not False
    )


def input_tag(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_safe(widget["value"])}"'
    kind, name = _safe(widget["type"]), _safe(widget["name"])
    return f'<input type="{kind}" name="{name}"{value}{attributes(widget["attrs"])}>'


def text_area(widget: Widget) -> str:
    name, value = _safe(widget["name"]), _safe(widget["value"] or "")
    return f'<textarea name="{name}"{attributes(widget["attrs"])}>\n{value}</textarea>'


def select(widget: Widget) -> str:
    parts = [f'<select name="{_safe(widget["name"])}"{attributes(widget["attrs"])}>']
    for group, options, _ in widget["optgroups"]:
        parts += [f'<optgroup label="{_safe(group)}">'] if group else []
        parts += [
            f'<option value="{_safe(one["value"])}"{attributes(one["attrs"])}>{_safe(one["label"])}</option>'
            for one in options
        ]
        parts += ["</optgroup>"] if group else []
    return "".join([*parts, "</select>"])


def choice_list(widget: Widget) -> str:
    """Check boxes or radio buttons, each before its label."""
    own = {name: value for name in ("id", "class") if (value := widget["attrs"].get(name))}
    parts = [f"<div{attributes(own)}>"]
    for group, options, _ in widget["optgroups"]:
        parts += [f"<div><label>{_safe(group)}</label>"] if group else []
        parts += [f"<div>{_labelled(one)}</div>" for one in options]
        parts += ["</div>"] if group else []
    return "".join([*parts, "</div>"])


def _labelled(one: Widget) -> str:
    mark = one["attrs"].get("id")
    return f"<label{attributes({'for': mark} if mark else {})}>{input_tag(one)}\n {_safe(one['label'])}</label>"


def field(bound: Any) -> SafeString:
    """One field of a form: label, control, hint, error. The check box stands before its label."""
    own, widget = bound.field, bound.field.widget
    required = " required" if own.required else ""
    if getattr(widget, "input_type", "") == "checkbox" and not hasattr(own, "choices"):
        control = format_html(
            '<label class="form-check">{}<span class="form-check-label">{}</span></label>', bound, bound.label
        )
    elif bound.use_fieldset:
        control = format_html(
            '<fieldset><legend class="form-label{}">{}</legend>{}</fieldset>', required, bound.label, bound
        )
    else:
        control = format_html(
            '<label class="form-label{}" for="{}">{}</label>\n{}', required, bound.id_for_label, bound.label, bound
        )
    hint = (
        format_html('<div class="form-hint" id="{}_helptext">{}</div>', bound.auto_id, bound.help_text)
        if bound.help_text
        else ""
    )
    errors = format_html_join(
        "", '<div class="field-error" role="alert">{}</div>', ((error,) for error in bound.errors)
    )
    return format_html('<div class="field{}">{}{}{}</div>', " field-bad" if errors else "", control, hint, errors)


_WIDGETS: dict[str, Callable[[Widget], str]] = {
    **{f"django/forms/widgets/{kind}.html": input_tag for kind in ("text", "number", "email", "password", "hidden", "date", "datetime", "checkbox", "file")},
    "django/forms/widgets/textarea.html": text_area,
    "django/forms/widgets/select.html": select,
    "django/forms/widgets/checkbox_select.html": choice_list,
    "django/forms/widgets/radio.html": choice_list,
}  # fmt: skip


class Renderer(TemplatesSetting):
    """Draws what is drawn most by functions, the rest by templates."""

    field_template_name = "field"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if template_name == self.field_template_name:
            return field(context["field"])
        if draw := _WIDGETS.get(template_name):
            return draw(context["widget"])
        return super().render(template_name, context, request)
