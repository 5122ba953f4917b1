"""Who comes in, who works here, where they begin."""

from django.urls import path

from bihuan.web import (
    home,
    notices,
    people,
    search,
    sign_in,
)

door = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("first-start/", sign_in.first_start, name="first_start"),
    path("password/", sign_in.change_password, name="account_change_password"),
]

staff = [
    path("people/", people.index, name="people"),
    path("people/<int:pk>/", people.roles, name="people_roles"),
    path("people/<int:pk>/disabling/", people.disable, name="people_disable"),
    path("people/<int:pk>/enabling/", people.enable, name="people_enable"),
]

start = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("notices/", notices.index, name="notices"),
    path("notices/<int:pk>/", notices.show, name="notices_show"),
    path("notices/reading/", notices.read, name="notices_read"),
    path("healthz", home.healthz, name="healthz"),
    path("patterns/", home.patterns, name="patterns"),
]

urlpatterns = [*door, *staff, *start]
