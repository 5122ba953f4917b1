"""The sitemap of the staff pages, a file by stage, a list by noun. A change of state is a noun: /closure, /approval."""

from django.urls import URLPattern, URLResolver

from bihuan.web.urls import case_urls, feedback_urls, settings_urls, solution_urls, start_urls

urlpatterns: list[URLPattern | URLResolver] = [
    *start_urls.urlpatterns,
    *feedback_urls.urlpatterns,
    *case_urls.urlpatterns,
    *solution_urls.urlpatterns,
    *settings_urls.urlpatterns,
]
