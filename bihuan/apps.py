"""The one Django app."""

from django.apps import AppConfig


class Bihuan(AppConfig):
    name = "bihuan"
    label = "bihuan"
    verbose_name = "Bihuan 闭环"
    default_auto_field = "django.db.models.BigAutoField"
