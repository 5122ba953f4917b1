"""The sitemap of the staff pages, a file by stage, a list by noun. A change of state is a noun: /closure, /approval."""

from django.urls import URLPattern

from bihuan.web.urls import cases, house, solving, start, voices

urlpatterns: list[URLPattern] = [
    *start.urlpatterns,
    *voices.urlpatterns,
    *cases.urlpatterns,
    *solving.urlpatterns,
    *house.urlpatterns,
]
