"""bihuan verify: is the audit log whole? Read-only; exit code 1 when anything is wrong."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from bihuan.audit import seals, verification
from bihuan.jobs import integrity_checks


class Command(BaseCommand):
    help = "Check chains, files, jobs and counts; changes nothing / 核对账目，只读"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--export-seals", metavar="FILE", help="write all seals there, to be kept on another machine"
        )
        parser.add_argument("--seals", metavar="FILE", help="compare the audit log with seals exported earlier")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["export_seals"]:
            seals.seal_chains()
            Path(options["export_seals"]).write_text(
                "".join(f"{line}\n" for line in seals.export_lines()), encoding="utf-8"
            )
        report = integrity_checks.report()
        if options["seals"]:
            report["exported seals"] = verification.compare_with_export(
                Path(options["seals"]).read_text("utf-8").splitlines()
            )
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
        else:
            for name, faults in report.items():
                self.stdout.write(f"{'ok ' if not faults else 'BAD'} {name}")
                for fault in faults[:20]:
                    self.stdout.write(f"      {fault}")
        if any(report.values()):
            sys.exit(1)
