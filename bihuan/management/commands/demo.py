"""bihuan demo: fill an empty installation with the demo world."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bihuan.demo import sample_company, sample_people
from bihuan.people.models import User


class Command(BaseCommand):
    help = "Load the demo world into an empty installation / 装入演示数据"

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            raise CommandError(
                "已经有账号，不能装入演示数据。 / There are accounts already; the demo needs an empty installation."
            )
        sample_company.build(sample_people.create_people())
        (Path(settings.DATA) / "demo").touch()
        self.stdout.write("演示数据已装入。 / Demo world loaded.")
