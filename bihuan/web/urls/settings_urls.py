"""Rules and set-up, deadlines, calendars, reports, machine drafts, audit log."""

from django.urls import URLPattern, URLResolver, include, path

from bihuan.web import (
    audit_views,
    calendar_draft_views,
    calendar_views,
    deadline_views,
    due_views,
    escalation_views,
    machine_draft_views,
    picklist_views,
    plugin_views,
    report_views,
    routing_views,
    scheme_views,
    setup_views,
)

deadlines: list[URLPattern] = [
    path("deadlines/due/", due_views.index, name="due"),
    path("deadlines/", deadline_views.index, name="list"),
    path("deadlines/<int:pk>/", deadline_views.show, name="detail"),
    path("cases/<int:pk>/deadlines/", deadline_views.of_case, name="next_of_case"),
    path("cases/<int:pk>/deadlines/<str:milestone>/", deadline_views.of_case, name="of_case"),
]

routing: list[URLPattern] = [
    path("routing/", routing_views.index, name="detail"),
    path("routing/draft/", routing_views.draft, name="draft"),
    path("routing/<int:pk>/", routing_views.show, name="version"),
    path("routing/<int:pk>/edit/", routing_views.edit, name="edit"),
    path("routing/<int:pk>/trial/", routing_views.tryout, name="trial"),
    path("routing/<int:pk>/publish/", routing_views.publish, name="publish"),
    path("routing/<int:pk>/discard/", routing_views.discard, name="discard"),
]

schemes: list[URLPattern] = [
    path("schemes/", scheme_views.index, name="list"),
    path("schemes/kinds/", scheme_views.kinds, name="kinds"),
    path("schemes/<int:pk>/", scheme_views.show, name="detail"),
    path("schemes/<int:pk>/draft/", scheme_views.draft, name="draft"),
    path("schemes/<int:pk>/edit/", scheme_views.edit, name="edit"),
    path("schemes/<int:pk>/data/", scheme_views.data, name="data"),
    path("schemes/<int:pk>/discard/", scheme_views.discard, name="discard"),
    path("schemes/<int:pk>/trial/", scheme_views.tryout, name="trial"),
    path("schemes/<int:pk>/publish/", scheme_views.publish, name="publish"),
    path("schemes/<int:pk>/rollout/", scheme_views.rollout, name="rollout"),
    path("schemes/<int:pk>/rollout/stop/", scheme_views.stop_rollout, name="stop_rollout"),
]

escalation: list[URLPattern] = [
    path("escalation/", escalation_views.index, name="list"),
    path("escalation/steps/<int:pk>/", escalation_views.step, name="step"),
    path("escalation/pause-limits/<int:pk>/", escalation_views.pause_limit, name="pause_limit"),
    path("escalation/statutory/<int:pk>/", escalation_views.statutory_rule, name="statutory_rule"),
    path("escalation/statutory/<int:pk>/versions/", escalation_views.new_wording, name="statutory_version"),
]

calendars: list[URLPattern] = [
    path("calendars/", calendar_views.index, name="list"),
    path("calendars/<int:pk>/", calendar_views.show, name="detail"),
    path("calendars/<int:pk>/teams/", calendar_views.teams, name="teams"),
    path("calendars/versions/<int:pk>/", calendar_views.version, name="version"),
    path("calendars/<int:pk>/draft/", calendar_draft_views.show, name="draft"),
    path("calendars/<int:pk>/draft/start/", calendar_draft_views.begin, name="start_draft"),
    path("calendars/<int:pk>/draft/week/", calendar_draft_views.set_week, name="week"),
    path("calendars/<int:pk>/draft/days/", calendar_draft_views.set_day, name="days"),
    path("calendars/<int:pk>/draft/days/<str:day>/remove/", calendar_draft_views.clear_day, name="remove_day"),
    path("calendars/<int:pk>/draft/holidays/", calendar_draft_views.import_holidays, name="holiday_file"),
    path("calendars/<int:pk>/draft/publish/", calendar_draft_views.publish, name="publish"),
    path("calendars/<int:pk>/draft/discard/", calendar_draft_views.discard, name="discard"),
]

numbers: list[URLPattern] = [
    path("setup/numbers/", setup_views.numbers, name="list"),
    path("setup/numbers/<str:noun>/", setup_views.number, name="edit"),
    path("setup/numbers/<str:noun>/next/", setup_views.coming_number, name="next"),
]

picklists: list[URLPattern] = [
    path("setup/picklists/", picklist_views.index, name="list"),
    path("setup/picklists/<str:name>/new/", picklist_views.new, name="new"),
    path("setup/picklists/<str:name>/<str:code>/", picklist_views.entry, name="item"),
]

policies: list[URLPattern] = [
    path("setup/policies/", setup_views.policies, name="list"),
    path("setup/policies/<str:kind>/", setup_views.policy, name="edit"),
]

plugins: list[URLPattern] = [
    path("setup/plugins/", plugin_views.index, name="list"),
    path("setup/plugins/endpoint/", plugin_views.endpoint, name="endpoint"),
    path("setup/plugins/endpoint/test/", plugin_views.test, name="test"),
    path("setup/plugins/endpoint/test/state/", plugin_views.test_state, name="test_state"),
    path("setup/plugins/<str:code>/switch/", plugin_views.switch, name="switch"),
]

reports: list[URLPattern] = [
    path("reports/", report_views.index, name="list"),
    path("reports/weekly/", report_views.week, name="weekly"),
    path("reports/deadlines/", report_views.limits, name="deadlines"),
    path("reports/issues/", report_views.issues, name="issues"),
    path("reports/issues/<int:pk>/", report_views.issue, name="issue"),
    path("reports/issues/<int:pk>/review/", report_views.review, name="review"),
    path("reports/issues/<int:pk>/publish/", report_views.publication, name="publish"),
]

drafts: list[URLPattern] = [
    path("drafts/<int:pk>/state/", machine_draft_views.state, name="state"),
    path("feedback/<int:pk>/labels/draft/", machine_draft_views.label, name="labels"),
    path("feedback/<int:pk>/labels/draft/discard/", machine_draft_views.label_removal, name="discard_labels"),
    path("cases/<int:pk>/diagnosis/whys/draft/", machine_draft_views.whys, name="whys"),
    path("cases/<int:pk>/diagnosis/whys/draft/discard/", machine_draft_views.whys_removal, name="discard_whys"),
    path("reports/weekly/draft/", machine_draft_views.summary, name="summary"),
    path("reports/weekly/draft/discard/", machine_draft_views.summary_removal, name="discard_summary"),
]

audit: list[URLPattern] = [
    path("audit/", audit_views.index, name="list"),
    path("audit/<str:noun>/<int:pk>/", audit_views.chain, name="chain"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((deadlines, "deadlines"))),
    path("", include((routing, "routing"))),
    path("", include((schemes, "schemes"))),
    path("", include((escalation, "escalation"))),
    path("", include((calendars, "calendars"))),
    path("", include((numbers, "numbers"))),
    path("", include((picklists, "picklists"))),
    path("", include((policies, "policies"))),
    path("", include((plugins, "plugins"))),
    path("", include((reports, "reports"))),
    path("", include((drafts, "drafts"))),
    path("", include((audit, "audit"))),
]
