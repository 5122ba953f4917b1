"""bihuan createuser: give somebody an account from the command line."""

from __future__ import annotations

import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from bihuan.audit.event_log import record
from bihuan.audit.models import Actor
from bihuan.people import events
from bihuan.people.models import RoleAssignment, Team, User
from bihuan.people.permissions import ROLES


class Command(BaseCommand):
    help = "Give somebody an account / 开通账号"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", action="append", choices=list(ROLES), required=True, help="may be repeated")
        parser.add_argument("--team", default="")
        parser.add_argument("--department", default="service", choices=Team.Department.values)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(username=options["username"]).exists():
            raise CommandError("这个账号已经存在。 / This account exists already.")
        password = getpass.getpass("密码 / Password: ")
        if len(password) < 10:
            raise CommandError("密码至少 10 位。 / The password needs 10 characters or more.")
        team = None
        if options["team"]:
            team, _ = Team.objects.get_or_create(name=options["team"], defaults={"department": options["department"]})
        user = User.objects.create_user(options["username"], password=password, name=options["name"], team=team)
        RoleAssignment.objects.bulk_create([RoleAssignment(user=user, role=r) for r in dict.fromkeys(options["role"])])
        record(events.JOINED, user, by=Actor.system(), roles="、".join(ROLES[r].zh for r in options["role"]))
        self.stdout.write(f"{user.username} ✓")
