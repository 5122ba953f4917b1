"""The start page, signing in, people, notifications."""

from django.urls import URLPattern, URLResolver, include, path

from bihuan.web import (
    home_views,
    notification_views,
    people_views,
    search_views,
    sign_in_views,
)

site: list[URLPattern] = [
    path("sign-in/", sign_in_views.sign_in, name="sign_in"),
    path("sign-in/", sign_in_views.sign_in, name="account_login"),
    path("sign-out/", sign_in_views.sign_out, name="account_logout"),
    path("first-start/", sign_in_views.first_start, name="first_start"),
    path("password/", sign_in_views.change_password, name="account_change_password"),
    path("", home_views.home, name="home"),
    path("search/", search_views.search, name="search"),
    path("healthz", home_views.healthz, name="healthz"),
    path("patterns/", home_views.patterns, name="patterns"),
]

people: list[URLPattern] = [
    path("people/", people_views.index, name="list"),
    path("people/<int:pk>/", people_views.roles, name="roles"),
    path("people/<int:pk>/disable/", people_views.disable, name="disable"),
    path("people/<int:pk>/enable/", people_views.enable, name="enable"),
]

notifications: list[URLPattern] = [
    path("notifications/", notification_views.index, name="list"),
    path("notifications/<int:pk>/", notification_views.show, name="open"),
    path("notifications/read/", notification_views.read, name="read"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *site,
    path("", include((people, "people"))),
    path("", include((notifications, "notifications"))),
]
