"""ImportRow: a row of an imported sheet that became no feedback item, and why."""

from __future__ import annotations

from django.db import models

from bihuan.core.choices import TextChoices
from bihuan.core.text import Text
from bihuan.feedback.models.feedback import Feedback
from bihuan.feedback.models.import_batch import ImportBatch


class ImportRow(models.Model):
    """``sealed`` holds the cells of the row, encrypted: they may name people."""

    class Outcome(TextChoices):
        FAILED = "failed", Text("未导入", "Failed")
        SKIPPED = "skipped", Text("跳过", "Skipped")
        DUPLICATE = "duplicate", Text("重复", "Duplicate")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="refused")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason_zh = models.TextField()
    reason_en = models.TextField()
    sealed = models.TextField(blank=True)
    same_as = models.ForeignKey(Feedback, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "import_row"
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="a_row_fails_once")]

    @property
    def reason(self) -> Text:
        return Text(self.reason_zh, self.reason_en)
