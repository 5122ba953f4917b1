"""Testing the endpoint: asked for on the page, done by a worker, told on the page."""

from __future__ import annotations

from django.db import transaction
from django_tasks import task

from bihuan.audit.models import Actor
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.people.models import User
from bihuan.plugins.endpoint import check_connection
from bihuan.plugins.models import Plugin


@transaction.atomic
def request(*, by: User) -> None:
    """Have the endpoint greeted in the background, switched on or not."""
    row = Plugin.objects.select_for_update().filter(code="endpoint").first()
    if row is None or not row.address:
        raise Refused(Text("请先填写并保存地址。", "Please enter and save the address first."))
    Plugin.objects.filter(pk=row.pk).update(testing=True)
    transaction.on_commit(lambda: test.enqueue(by.actor.pk))


@task()
def test(by: int) -> None:
    row, actor = Plugin.of("endpoint"), Actor.objects.get(pk=by)
    ok, result = check_connection(row, actor)
    row.refresh_from_db()
    row.record_test(result, ok=ok, by=actor)
