"""What a person enters about a file to be imported: the file, how it is read, and what its columns and words stand for."""

from __future__ import annotations

from typing import Any

from django import forms

from bihuan.core.forms import EditForm, Form, picklist_field
from bihuan.core.text import Text
from bihuan.feedback import column_mapping, feedback_choices, value_mappings
from bihuan.feedback.models import ImportBatch
from bihuan.feedback.models.import_batch import MAX_FILE_SIZE
from bihuan.people.models import Team, User

ENCODINGS = {"utf-8": "UTF-8", "gb18030": "GBK / GB18030", "big5": "Big5", "utf-16": "UTF-16"}


class UploadForm(Form):
    """A file of feedback."""

    file = forms.FileField(
        label=Text("表格文件", "Sheet"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.xlsb,.ods,.csv,.tsv,.txt,.json,.jsonl,.gz", "data-submit": ""}),
        allow_empty_file=True,
    )  # fmt: skip

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if not 0 < upload.size <= MAX_FILE_SIZE:
            reason = Text("文件是空的，或超过 100 MB。", "The file is empty or over 100 MB.")
            raise forms.ValidationError(str(reason))
        return upload


class InspectionForm(EditForm):
    """How the file is read: sheet, heading row, encoding. Fields without a choice are left out."""

    sheet = forms.ChoiceField(label=Text("工作表", "Sheet"), required=False)
    heading_row = forms.IntegerField(
        label=Text("表头在第几行（0 表示没有）", "Heading row (0: none)"), min_value=0, max_value=220, required=False
    )
    encoding = forms.ChoiceField(label=Text("文字编码", "Encoding"), required=False)

    def __init__(self, batch: ImportBatch, *args: Any) -> None:
        plan = batch.plan
        super().__init__(*args, initial={"seen": batch.version} | {k: plan.get(k) for k in plan})
        sheets = [s for s in batch.inspection.get("sheets", []) if s["rows"]]
        self._choose("sheet", [(s["name"], _sheet_name(s)) for s in sheets], len(sheets) > 1)
        known = ENCODINGS | ({plan["encoding"]: plan["encoding"]} if plan.get("encoding") else {})
        self._choose("encoding", list(known.items()), bool(plan.get("encoding")))
        if plan.get("kind") in ("json", "jsonl"):
            del self.fields["heading_row"]

    def _choose(self, name: str, options: list[tuple[str, Any]], worth: bool) -> None:
        field: Any = self.fields[name]
        field.choices = options
        if not worth:
            del self.fields[name]


class SettingsForm(EditForm):
    """What columns and words stand for, and the values of all rows."""

    channel = picklist_field(
        Text("没写渠道的行，渠道算作", "Channel of rows that name none"), feedback_choices.CHANNELS, required=True
    )
    product = forms.CharField(
        label=Text("没写产品的行，产品算作", "Product of rows that name none"), max_length=80, required=False
    )
    team = forms.ModelChoiceField(Team.objects.order_by("id"), label=Text("归属团队", "Team"), required=False)
    strict = forms.BooleanField(
        label=Text("有一格看不懂，就整行不导入", "Leave out a row with any cell that is not understood"), required=False
    )  # fmt: skip

    def __init__(self, batch: ImportBatch, user: User, data: Any = None) -> None:
        kept = {"seen": batch.version, "channel": batch.channel, "product": batch.product, "strict": batch.strict}
        super().__init__(data, initial=kept | {"team": batch.team})
        if not user.can("see.all"):
            del self.fields["team"]

    def mapping(self) -> dict[int, str]:
        """Column -> field, from the selects of the columns table."""
        chosen = {k.removeprefix("column-"): v for k, v in self.data.items() if k.startswith("column-")}
        return {int(k): v for k, v in chosen.items() if v in column_mapping.FIELD_NAMES and k.isdecimal()}

    def choices(self, batch: ImportBatch) -> dict[str, dict[str, str]]:
        """Field -> word -> choice, from the selects of the words' table."""
        return {
            column.field: {
                word: choice
                for at, (word, _, _) in enumerate(column.words)
                if (choice := self.data.get(f"word-{column.field}-{at}")) is not None
            }
            for column in value_mappings.unmapped_columns(batch.preview, {})
        }

    def unmapped(self, batch: ImportBatch) -> list[value_mappings.UnmappedColumn]:
        """The words to be mapped, each with what is chosen in this form, or was before."""
        mappings = value_mappings.with_choices(batch.preview, batch.plan.get("aliases", {}), self.choices(batch))
        return value_mappings.unmapped_columns(batch.preview, mappings)


def _sheet_name(sheet: dict[str, Any]) -> str:
    hidden = Text("，隐藏", ", hidden") if sheet["hidden"] else ""
    return str(
        Text(
            "{name}（{rows} 行{hidden}）",
            "{name} ({rows} rows{hidden})",
            name=sheet["name"],
            rows=sheet["rows"],
            hidden=hidden,
        )
    )
