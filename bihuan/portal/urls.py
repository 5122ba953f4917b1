"""Public addresses."""

from django.urls import URLPattern, path

from bihuan.portal import confirm, help, voice

urlpatterns: list[URLPattern] = [
    path("voice/", voice.tell, name="voice"),
    path("track/", voice.track, name="track"),
    path("help/", help.index, name="help"),
    path("help/<str:number>/", help.show, name="help_article"),
    path("confirm/<str:token>/", confirm.confirm, name="confirm"),
]
