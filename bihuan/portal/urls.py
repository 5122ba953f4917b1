"""Public addresses."""

from django.urls import URLPattern, path

from bihuan.portal import voice

urlpatterns: list[URLPattern] = [
    path("voice/", voice.tell, name="voice"),
    path("track/", voice.track, name="track"),
]
