"""The sitemap of the staff pages, by noun. A change of state is a noun of its own: /closure, /approval."""

from django.urls import URLPattern, path

from bihuan.web import cases, feedback, home, sign_in

door = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("first-start/", sign_in.first_start, name="first_start"),
    path("password/", sign_in.change_password, name="account_change_password"),
]

start = [
    path("", home.home, name="home"),
    path("healthz", home.healthz, name="healthz"),
    path("patterns/", home.patterns, name="patterns"),
]

voices = [
    path("feedback/", feedback.index, name="feedback"),
    path("feedback/<int:pk>/", feedback.show, name="feedback_show"),
]

matters = [
    path("cases/", cases.index, name="cases"),
    path("cases/<int:pk>/", cases.show, name="case_show"),
]

urlpatterns: list[URLPattern] = [*door, *start, *voices, *matters]
