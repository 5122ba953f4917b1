"""Public addresses."""

from django.urls import URLPattern, path

from bihuan.portal import confirmation_views, help_views, public_form_views, survey_views

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("submit-feedback/", public_form_views.new, name="feedback"),
    path("survey/<str:token>/", survey_views.survey, name="survey"),
    path("track/", public_form_views.track, name="track"),
    path("help/", help_views.index, name="help"),
    path("help/<str:number>/", help_views.show, name="help_article"),
    path("confirm/<str:token>/", confirmation_views.confirm, name="confirm"),
]
