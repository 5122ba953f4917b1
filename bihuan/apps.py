"""The one Django app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import get_language

from bihuan.core.text import find_language_with


class Bihuan(AppConfig):
    name = "bihuan"
    label = "bihuan"
    verbose_name = "Bihuan 闭环"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        find_language_with(_reader_language)
        import_module("bihuan.transitions").install()  # it imports models, so not before Django has loaded them


def _reader_language() -> str:
    return "en" if (get_language() or "zh").startswith("en") else "zh"
