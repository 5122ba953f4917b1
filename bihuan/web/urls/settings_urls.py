"""What the house goes by and what it shows of itself: rules, times, set-up, reports, the ledger."""

from django.urls import path

from bihuan.web import (
    audit_views,
    calendar_draft_views,
    calendar_views,
    deadline_views,
    escalation_views,
    machine_draft_views,
    picklist_views,
    plugin_views,
    report_views,
    routing_views,
    scheme_views,
    setup_views,
)

rules = [
    path("routing/", routing_views.index, name="routing"),
    path("routing/draft/", routing_views.draft, name="routing_draft"),
    path("routing/<int:pk>/", routing_views.show, name="routing_show"),
    path("routing/<int:pk>/edit/", routing_views.edit, name="routing_edit"),
    path("routing/<int:pk>/trial/", routing_views.tryout, name="routing_trial"),
    path("routing/<int:pk>/publication/", routing_views.publish, name="routing_publish"),
    path("routing/<int:pk>/removal/", routing_views.drop, name="routing_drop"),
    path("schemes/", scheme_views.index, name="schemes"),
    path("schemes/kinds/", scheme_views.kinds, name="schemes_kinds"),
    path("schemes/<int:pk>/", scheme_views.show, name="schemes_show"),
    path("schemes/<int:pk>/draft/", scheme_views.draft, name="schemes_draft"),
    path("schemes/<int:pk>/edit/", scheme_views.edit, name="schemes_edit"),
    path("schemes/<int:pk>/data/", scheme_views.data, name="schemes_data"),
    path("schemes/<int:pk>/removal/", scheme_views.drop, name="schemes_drop"),
    path("schemes/<int:pk>/trial/", scheme_views.tryout, name="schemes_trial"),
    path("schemes/<int:pk>/publication/", scheme_views.publish, name="schemes_publish"),
    path("schemes/<int:pk>/application/", scheme_views.application, name="schemes_apply"),
    path("schemes/<int:pk>/application/end/", scheme_views.halt, name="schemes_halt"),
]

limits = [
    path("rules/", escalation_views.index, name="rules"),
    path("rules/rungs/<int:pk>/", escalation_views.rung, name="rules_rung"),
    path("rules/pauses/<int:pk>/", escalation_views.limit, name="rules_limit"),
    path("rules/outside/<int:pk>/", escalation_views.outside, name="rules_outside"),
    path("rules/outside/<int:pk>/wordings/", escalation_views.wording, name="rules_wording"),
]

times = [
    path("clocks/", deadline_views.index, name="clocks"),
    path("clocks/<int:pk>/", deadline_views.show, name="clocks_show"),
    path("cases/<int:pk>/due/", deadline_views.of_case, name="clocks_next"),
    path("cases/<int:pk>/due/<str:milestone>/", deadline_views.of_case, name="clocks_of"),
    path("calendars/", calendar_views.index, name="calendars"),
    path("calendars/<int:pk>/", calendar_views.show, name="calendars_show"),
    path("calendars/<int:pk>/teams/", calendar_views.teams, name="calendars_teams"),
    path("calendars/versions/<int:pk>/", calendar_views.version, name="calendars_version"),
    path("calendars/<int:pk>/draft/", calendar_draft_views.show, name="calendar_draft"),
    path("calendars/<int:pk>/draft/beginning/", calendar_draft_views.begin, name="calendar_draft_begin"),
    path("calendars/<int:pk>/draft/week/", calendar_draft_views.set_week, name="calendar_week"),
    path("calendars/<int:pk>/draft/days/", calendar_draft_views.set_day, name="calendar_days"),
    path(
        "calendars/<int:pk>/draft/days/<str:day>/removal/", calendar_draft_views.clear_day, name="calendar_day_removal"
    ),
    path("calendars/<int:pk>/draft/notice/", calendar_draft_views.take, name="calendar_notice"),
    path("calendars/<int:pk>/draft/publication/", calendar_draft_views.publish, name="calendar_publish"),
    path("calendars/<int:pk>/draft/discarding/", calendar_draft_views.discard, name="calendar_discard"),
]

setting_up = [
    path("setup/numbers/", setup_views.numbers, name="numbers"),
    path("setup/numbers/<str:noun>/", setup_views.number, name="numbers_edit"),
    path("setup/numbers/<str:noun>/next/", setup_views.coming_number, name="numbers_next"),
    path("setup/dictionaries/", picklist_views.index, name="dictionaries"),
    path("setup/dictionaries/<str:name>/new/", picklist_views.new, name="dictionaries_new"),
    path("setup/dictionaries/<str:name>/<str:code>/", picklist_views.entry, name="dictionaries_entry"),
    path("setup/policies/", setup_views.policies, name="policies"),
    path("setup/policies/<str:kind>/", setup_views.policy, name="policies_edit"),
    path("setup/plugins/", plugin_views.index, name="plugins"),
    path("setup/plugins/endpoint/", plugin_views.endpoint, name="plugins_endpoint"),
    path("setup/plugins/endpoint/test/", plugin_views.test, name="plugins_test"),
    path("setup/plugins/endpoint/test/state/", plugin_views.test_state, name="plugins_test_state"),
    path("setup/plugins/<str:code>/switch/", plugin_views.switch, name="plugins_switch"),
]

figures = [
    path("reports/", report_views.index, name="reports"),
    path("reports/weekly/", report_views.week, name="reports_weekly"),
    path("reports/limits/", report_views.limits, name="reports_limits"),
    path("reports/issues/", report_views.issues, name="reports_issues"),
    path("reports/issues/<int:pk>/", report_views.issue, name="reports_issue"),
    path("reports/issues/<int:pk>/review/", report_views.review, name="reports_review"),
    path("reports/issues/<int:pk>/publication/", report_views.publication, name="reports_publication"),
]

drafts = [
    path("drafts/<int:pk>/state/", machine_draft_views.state, name="draft_state"),
    path("feedback/<int:pk>/labels/draft/", machine_draft_views.label, name="label_draft"),
    path("feedback/<int:pk>/labels/draft/removal/", machine_draft_views.label_removal, name="label_draft_removal"),
    path("cases/<int:pk>/diagnosis/whys/draft/", machine_draft_views.whys, name="whys_draft"),
    path("cases/<int:pk>/diagnosis/whys/draft/removal/", machine_draft_views.whys_removal, name="whys_draft_removal"),
    path("reports/weekly/draft/", machine_draft_views.summary, name="summary_draft"),
    path("reports/weekly/draft/removal/", machine_draft_views.summary_removal, name="summary_draft_removal"),
]

book = [
    path("ledger/", audit_views.index, name="ledger"),
    path("ledger/<str:noun>/<int:pk>/", audit_views.chain, name="ledger_chain"),
]

urlpatterns = [*rules, *limits, *times, *setting_up, *figures, *drafts, *book]
