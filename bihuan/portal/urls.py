"""Public addresses."""

from django.urls import URLPattern, path

from bihuan.portal import confirm, help, survey, voice

urlpatterns: list[URLPattern] = [
    path("voice/", voice.tell, name="voice"),
    path("survey/<str:token>/", survey.survey, name="survey"),
    path("track/", voice.track, name="track"),
    path("help/", help.index, name="help"),
    path("help/<str:number>/", help.show, name="help_article"),
    path("confirm/<str:token>/", confirm.confirm, name="confirm"),
]
