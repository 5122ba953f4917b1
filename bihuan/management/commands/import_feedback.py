"""bihuan import FILE: take a sheet of feedback in, here and now, by the verbs the page calls."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from bihuan.audit.models import Actor
from bihuan.core import picklists
from bihuan.core.errors import Refused
from bihuan.feedback import feedback_choices, import_preview, value_mappings
from bihuan.feedback.import_worker import ImportRun
from bihuan.feedback.models import ImportBatch
from bihuan.people.models import Team, User


class Command(BaseCommand):
    help = (
        "从表格文件导入反馈 / import feedback from a sheet. Exit code: 0 all rows, 1 some rows failed, 2 not readable"
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path, help="xlsx xls xlsb ods csv tsv json jsonl, also .gz")
        parser.add_argument("--sheet", help="工作表 / the sheet, where it is not the likeliest one")
        parser.add_argument("--team", help="归属团队 / team the feedback belongs to")
        parser.add_argument("--by", help="以哪个账号的名义 / account to act as")
        parser.add_argument("--channel", default="other", choices=list(feedback_choices.CHANNELS), metavar="CODE",
                            help=f"没有写明渠道的行 / for rows that name no channel: {' '.join(feedback_choices.CHANNELS)}")  # fmt: skip
        parser.add_argument("--product", default="", help="没有写明产品的行 / for rows that name no product")
        parser.add_argument(
            "--strict", action="store_true", help="有一格看不懂就不导入该行 / any unread cell fails its row"
        )
        parser.add_argument("--json", action="store_true", help="结果为 JSON / the account as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        if "import_batch" not in connection.introspection.table_names():
            call_command("migrate", interactive=False, verbosity=0)
        picklists.refresh()
        batch = self._upload(options)
        by = batch.by
        batch.channel, batch.product, batch.strict = options["channel"], options["product"], options["strict"]
        batch.save(update_fields=["channel", "product", "strict"])
        import_preview.inspect(batch, by=by, sheet=options["sheet"])
        if batch.status == "inspected":
            try:
                batch.start(by=by)
            except Refused as no:
                raise CommandError(f"{no.reason.to('zh')} / {no.reason.to('en')}", returncode=2) from no
            self._finish(batch)
        self._report(batch, options["json"])

    def _upload(self, options: dict[str, Any]) -> ImportBatch:
        by = User.objects.filter(username=options["by"]).first() if options["by"] else None
        team = Team.objects.filter(name=options["team"]).first() if options["team"] else by.team if by else None
        if (options["by"] and not by) or (options["team"] and not team):
            raise CommandError("没有这个账号或团队 / no such account or team", returncode=2)
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"没有这个文件 / no such file: {path}", returncode=2)
        with path.open("rb") as file:
            try:
                return ImportBatch.upload(File(file, name=path.name), by=by or Actor.system(), team=team)
            except Refused as no:
                raise CommandError(f"{no.reason.to('zh')} / {no.reason.to('en')}", returncode=2) from no

    def _finish(self, batch: ImportBatch) -> None:
        if not ImportRun(batch, self._progress).run():
            while batch.status == "running":  # a worker was quicker
                time.sleep(0.5)
                batch.refresh_from_db()
                self._progress(batch)
        batch.refresh_from_db()

    def _progress(self, batch: ImportBatch) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"{batch.rows}/{batch.total} {batch.share}%", ending="\r")

    def _report(self, batch: ImportBatch, as_json: bool) -> None:
        summary = {
            "number": batch.number,
            "status": batch.status,
            "sheet": batch.plan.get("sheet", ""),
            **batch.account(),
        }
        summary["unread_cells"] = batch.unread
        summary["words"] = value_mappings.mapping_summary(batch.preview, batch.plan.get("aliases", {}))
        if batch.reason_zh:
            summary["reason"] = {"zh": batch.reason_zh, "en": batch.reason_en}
        if as_json:
            self.stdout.write(json.dumps(summary, ensure_ascii=False))
        elif batch.status == "failed":
            self.stderr.write(f"{batch.reason_zh} / {batch.reason_en}")
        else:
            self.stdout.write(
                f"{batch.number}: {batch.rows} 行 rows = 新建 created {batch.created} + 重复 duplicates {batch.duplicates}"
                f" + 跳过 skipped {batch.skipped} + 未导入 failed {batch.failed}"
            )
        if batch.status != "done":
            sys.exit(2)
        if batch.failed:
            sys.exit(1)
