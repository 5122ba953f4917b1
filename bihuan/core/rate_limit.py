"""How often somebody may come to a public door: counted in the database, so that it holds over all processes."""

from __future__ import annotations

from datetime import timedelta

from bihuan.core import clock
from bihuan.core.models import Knock


def wait(door: str, who: str, *, limit: int, minutes: int) -> int:
    """Count one visit. 0 when it is within ``limit`` visits in ``minutes``, else the seconds to wait.

    The visit is written before the count, so of visits at the same moment never more than ``limit`` get in.
    """
    start = clock.now() - timedelta(minutes=minutes)
    Knock.objects.filter(door=door, at__lte=start).delete()
    mine = Knock.objects.create(door=door, who=who)
    lately = Knock.objects.filter(door=door, who=who, at__gt=start).order_by("at")
    if lately.count() <= limit:
        return 0
    oldest = lately[0]
    mine.delete()
    return max(1, int((oldest.at - start).total_seconds()) + 1)
