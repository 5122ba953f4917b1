"""Every address of the product, by face."""

from django.urls import include, path
from django.views.i18n import set_language

handler403 = "bihuan.web.home_views.no_permission"
handler404 = "bihuan.web.home_views.not_found"

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("", include("bihuan.portal.urls")),
    path("", include("bihuan.web.urls")),
]
