"""Who comes in, who works here, where they begin."""

from django.urls import path

from bihuan.web import (
    home_views,
    notification_views,
    people_views,
    search_views,
    sign_in_views,
)

door = [
    path("sign-in/", sign_in_views.sign_in, name="sign_in"),
    path("sign-in/", sign_in_views.sign_in, name="account_login"),
    path("sign-out/", sign_in_views.sign_out, name="account_logout"),
    path("first-start/", sign_in_views.first_start, name="first_start"),
    path("password/", sign_in_views.change_password, name="account_change_password"),
]

staff = [
    path("people/", people_views.index, name="people"),
    path("people/<int:pk>/", people_views.roles, name="people_roles"),
    path("people/<int:pk>/disabling/", people_views.disable, name="people_disable"),
    path("people/<int:pk>/enabling/", people_views.enable, name="people_enable"),
]

start = [
    path("", home_views.home, name="home"),
    path("search/", search_views.search, name="search"),
    path("notices/", notification_views.index, name="notices"),
    path("notices/<int:pk>/", notification_views.show, name="notices_show"),
    path("notices/reading/", notification_views.read, name="notices_read"),
    path("healthz", home_views.healthz, name="healthz"),
    path("patterns/", home_views.patterns, name="patterns"),
]

urlpatterns = [*door, *staff, *start]
