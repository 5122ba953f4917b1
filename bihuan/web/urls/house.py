"""What the house goes by and what it shows of itself: rules, times, set-up, reports, the ledger."""

from django.urls import path

from bihuan.web import (
    calendar_draft,
    calendars,
    derivation,
    dictionaries,
    ledger,
    limit_rules,
    machine_drafts,
    plugins,
    reports,
    routing,
    schemes,
    setup,
)

rules = [
    path("routing/", routing.index, name="routing"),
    path("routing/draft/", routing.draft, name="routing_draft"),
    path("routing/<int:pk>/", routing.show, name="routing_show"),
    path("routing/<int:pk>/edit/", routing.edit, name="routing_edit"),
    path("routing/<int:pk>/trial/", routing.tryout, name="routing_trial"),
    path("routing/<int:pk>/publication/", routing.publish, name="routing_publish"),
    path("routing/<int:pk>/removal/", routing.drop, name="routing_drop"),
    path("schemes/", schemes.index, name="schemes"),
    path("schemes/kinds/", schemes.kinds, name="schemes_kinds"),
    path("schemes/<int:pk>/", schemes.show, name="schemes_show"),
    path("schemes/<int:pk>/draft/", schemes.draft, name="schemes_draft"),
    path("schemes/<int:pk>/edit/", schemes.edit, name="schemes_edit"),
    path("schemes/<int:pk>/data/", schemes.data, name="schemes_data"),
    path("schemes/<int:pk>/removal/", schemes.drop, name="schemes_drop"),
    path("schemes/<int:pk>/trial/", schemes.tryout, name="schemes_trial"),
    path("schemes/<int:pk>/publication/", schemes.publish, name="schemes_publish"),
    path("schemes/<int:pk>/application/", schemes.application, name="schemes_apply"),
    path("schemes/<int:pk>/application/end/", schemes.halt, name="schemes_halt"),
]

limits = [
    path("rules/", limit_rules.index, name="rules"),
    path("rules/rungs/<int:pk>/", limit_rules.rung, name="rules_rung"),
    path("rules/pauses/<int:pk>/", limit_rules.limit, name="rules_limit"),
    path("rules/outside/<int:pk>/", limit_rules.outside, name="rules_outside"),
    path("rules/outside/<int:pk>/wordings/", limit_rules.wording, name="rules_wording"),
]

times = [
    path("clocks/", derivation.index, name="clocks"),
    path("clocks/<int:pk>/", derivation.show, name="clocks_show"),
    path("cases/<int:pk>/due/", derivation.of_case, name="clocks_next"),
    path("cases/<int:pk>/due/<str:milestone>/", derivation.of_case, name="clocks_of"),
    path("calendars/", calendars.index, name="calendars"),
    path("calendars/<int:pk>/", calendars.show, name="calendars_show"),
    path("calendars/<int:pk>/teams/", calendars.teams, name="calendars_teams"),
    path("calendars/versions/<int:pk>/", calendars.version, name="calendars_version"),
    path("calendars/<int:pk>/draft/", calendar_draft.show, name="calendar_draft"),
    path("calendars/<int:pk>/draft/beginning/", calendar_draft.begin, name="calendar_draft_begin"),
    path("calendars/<int:pk>/draft/week/", calendar_draft.set_week, name="calendar_week"),
    path("calendars/<int:pk>/draft/days/", calendar_draft.set_day, name="calendar_days"),
    path("calendars/<int:pk>/draft/days/<str:day>/removal/", calendar_draft.clear_day, name="calendar_day_removal"),
    path("calendars/<int:pk>/draft/notice/", calendar_draft.take, name="calendar_notice"),
    path("calendars/<int:pk>/draft/publication/", calendar_draft.publish, name="calendar_publish"),
    path("calendars/<int:pk>/draft/discarding/", calendar_draft.discard, name="calendar_discard"),
]

setting_up = [
    path("setup/numbers/", setup.numbers, name="numbers"),
    path("setup/numbers/<str:noun>/", setup.number, name="numbers_edit"),
    path("setup/numbers/<str:noun>/next/", setup.coming_number, name="numbers_next"),
    path("setup/dictionaries/", dictionaries.index, name="dictionaries"),
    path("setup/dictionaries/<str:name>/new/", dictionaries.new, name="dictionaries_new"),
    path("setup/dictionaries/<str:name>/<str:code>/", dictionaries.entry, name="dictionaries_entry"),
    path("setup/policies/", setup.policies, name="policies"),
    path("setup/policies/<str:kind>/", setup.policy, name="policies_edit"),
    path("setup/plugins/", plugins.index, name="plugins"),
    path("setup/plugins/endpoint/", plugins.endpoint, name="plugins_endpoint"),
    path("setup/plugins/endpoint/test/", plugins.test, name="plugins_test"),
    path("setup/plugins/endpoint/test/state/", plugins.test_state, name="plugins_test_state"),
    path("setup/plugins/<str:code>/switch/", plugins.switch, name="plugins_switch"),
]

figures = [
    path("reports/", reports.index, name="reports"),
    path("reports/weekly/", reports.week, name="reports_weekly"),
    path("reports/limits/", reports.limits, name="reports_limits"),
    path("reports/issues/", reports.issues, name="reports_issues"),
    path("reports/issues/<int:pk>/", reports.issue, name="reports_issue"),
    path("reports/issues/<int:pk>/review/", reports.review, name="reports_review"),
    path("reports/issues/<int:pk>/publication/", reports.publication, name="reports_publication"),
]

drafts = [
    path("drafts/<int:pk>/state/", machine_drafts.state, name="draft_state"),
    path("feedback/<int:pk>/labels/draft/", machine_drafts.label, name="label_draft"),
    path("feedback/<int:pk>/labels/draft/removal/", machine_drafts.label_removal, name="label_draft_removal"),
    path("cases/<int:pk>/diagnosis/whys/draft/", machine_drafts.whys, name="whys_draft"),
    path("cases/<int:pk>/diagnosis/whys/draft/removal/", machine_drafts.whys_removal, name="whys_draft_removal"),
    path("reports/weekly/draft/", machine_drafts.summary, name="summary_draft"),
    path("reports/weekly/draft/removal/", machine_drafts.summary_removal, name="summary_draft_removal"),
]

book = [
    path("ledger/", ledger.index, name="ledger"),
    path("ledger/<str:noun>/<int:pk>/", ledger.chain, name="ledger_chain"),
]

urlpatterns = [*rules, *limits, *times, *setting_up, *figures, *drafts, *book]
