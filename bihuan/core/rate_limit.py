"""How often somebody may use something (a public page, an endpoint): counted in the database, so that it holds over all processes."""

from __future__ import annotations

from datetime import timedelta

from bihuan.core import clock
from bihuan.core.models import RateLimitHit


def count_hit(scope: str, key: str, *, limit: int, minutes: int) -> int:
    """Count one request. 0 when it is within ``limit`` requests in ``minutes``, else the seconds to wait.

    The row is written before the count, so of requests at the same moment never more than ``limit`` are let through.
    """
    start = clock.now() - timedelta(minutes=minutes)
    RateLimitHit.objects.filter(scope=scope, at__lte=start).delete()
    hit = RateLimitHit.objects.create(scope=scope, key=key)
    recent = RateLimitHit.objects.filter(scope=scope, key=key, at__gt=start).order_by("at")
    if recent.count() <= limit:
        return 0
    oldest = recent[0]
    hit.delete()
    return max(1, int((oldest.at - start).total_seconds()) + 1)
