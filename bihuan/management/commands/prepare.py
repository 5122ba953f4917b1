"""Makes the database or brings it up to date; into one without any account it loads the demo world when asked."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "新建或升级数据库 / make or upgrade the database"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="空库时装入演示数据 / demo data into an empty database")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        if options["demo"] and not get_user_model().objects.exists():
            self.stdout.write("正在装入演示数据 / loading the demo world")
            call_command("demo")
