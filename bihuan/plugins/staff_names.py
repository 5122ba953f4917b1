"""The names of our own people, which no text sent out may contain."""

from __future__ import annotations

from bihuan.people.models import User


def staff_names() -> list[str]:
    return list(User.objects.exclude(name="").values_list("name", flat=True))
