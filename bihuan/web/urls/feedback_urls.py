"""Feedback: recorded, imported, triaged, grouped into problems."""

from django.urls import URLPattern, URLResolver, include, path

from bihuan.web import (
    bulk_accept_views,
    case_edit_views,
    contact_views,
    customer_views,
    daily_close_views,
    exposure_views,
    feedback_action_views,
    feedback_views,
    file_views,
    finding_views,
    import_views,
    label_model_views,
    label_review_views,
    merge_views,
    problem_views,
    record_views,
    triage_views,
    value_mapping_views,
)

feedback: list[URLPattern] = [
    path("feedback/", feedback_views.index, name="list"),
    path("feedback/new/", record_views.new, name="new"),
    path("feedback/new/known/", record_views.known, name="known_customers"),
    path("feedback/new/personal/", record_views.warn, name="personal_data"),
    path("feedback/<int:pk>/", feedback_views.show, name="detail"),
    path("feedback/<int:pk>/recorded/", record_views.recorded, name="recorded"),
    path("feedback/<int:pk>/complete/", feedback_action_views.complete, name="complete"),
    path("feedback/<int:pk>/answer/", feedback_action_views.answer, name="answer"),
    path("feedback/<int:pk>/void/", feedback_action_views.void, name="void"),
    path("feedback/<int:pk>/restore/", feedback_action_views.revive, name="restore"),
    path("feedback/<int:pk>/files/", feedback_action_views.attach, name="attach"),
    path("feedback/<int:pk>/contact/", feedback_action_views.keep_contact, name="save_contact"),
    path("feedback/<int:pk>/labels/", triage_views.labels, name="labels"),
    path("feedback/<int:pk>/dispute/", triage_views.dispute, name="dispute"),
    path("feedback/<int:pk>/merge/", merge_views.merge, name="merge"),
    path("feedback/<int:pk>/unmerge/", merge_views.unmerge, name="unmerge"),
    path("feedback/<int:pk>/case/", case_edit_views.from_feedback, name="open_case"),
]

attachments: list[URLPattern] = [
    path("files/<int:pk>/", file_views.show, name="detail"),
]

customers: list[URLPattern] = [
    path("customers/", customer_views.index, name="list"),
    path("customers/<int:pk>/", customer_views.show, name="detail"),
    path("customers/<int:pk>/edit/", customer_views.edit, name="edit"),
]

contacts: list[URLPattern] = [
    path("contacts/<int:pk>/reveal/", contact_views.reveal, name="reveal"),
    path("contacts/<int:pk>/verify/", contact_views.verify, name="verify"),
    path("contacts/<int:pk>/do-not-contact/", contact_views.set_do_not_contact, name="do_not_contact"),
]

imports: list[URLPattern] = [
    path("imports/", import_views.index, name="list"),
    path("imports/mappings/", value_mapping_views.index, name="value_mappings"),
    path("imports/mappings/<int:pk>/remove/", value_mapping_views.removal, name="remove_value_mapping"),
    path("imports/<int:pk>/", import_views.show, name="detail"),
    path("imports/<int:pk>/state/", import_views.state, name="state"),
    path("imports/<int:pk>/inspect/", import_views.inspection, name="inspect"),
    path("imports/<int:pk>/settings/", import_views.settings, name="settings"),
    path("imports/<int:pk>/cancel/", import_views.cancellation, name="cancel"),
    path("imports/<int:pk>/undo/", import_views.withdrawal, name="undo"),
    path("imports/<int:pk>/sheets/", import_views.sheets, name="sheets"),
    path("imports/<int:pk>/rows/", import_views.rows, name="rows"),
]

triage: list[URLPattern] = [
    path("triage/", triage_views.queue, name="queue"),
    path("triage/bulk/", bulk_accept_views.index, name="bulk_accept"),
]

label_review: list[URLPattern] = [
    path("label-review/", label_review_views.index, name="detail"),
    path("label-review/meetings/", label_review_views.meetings, name="meetings"),
    path("label-review/disputes/<int:pk>/ruling/", label_review_views.ruling, name="ruling"),
]

daily_close: list[URLPattern] = [
    path("daily-close/", daily_close_views.today, name="today"),
    path("daily-close/<str:day>/", daily_close_views.close, name="day"),
    path("daily-close/<str:day>/<str:part>/", daily_close_views.rows, name="rows"),
]

findings: list[URLPattern] = [
    path("findings/", finding_views.index, name="list"),
    path("findings/runs/", finding_views.runs, name="start_run"),
    path("findings/runs/<int:pk>/state/", finding_views.state, name="run_state"),
    path("findings/runs/<int:pk>/cancel/", finding_views.cancellation, name="cancel_run"),
]

exposures: list[URLPattern] = [
    path("findings/exposures/", exposure_views.index, name="list"),
    path("findings/exposures/upload/", exposure_views.uploads, name="upload"),
    path("findings/exposures/<int:pk>/", exposure_views.show, name="detail"),
    path("findings/exposures/<int:pk>/use/", exposure_views.use, name="use"),
    path("findings/exposures/<int:pk>/remove/", exposure_views.removal, name="remove"),
]

label_models: list[URLPattern] = [
    path("findings/models/", label_model_views.index, name="list"),
    path("findings/models/<int:pk>/use/", label_model_views.use, name="use"),
]

problems: list[URLPattern] = [
    path("problems/", problem_views.index, name="list"),
    path("problems/<int:pk>/", problem_views.show, name="detail"),
    path("problems/<int:pk>/rename/", problem_views.name, name="rename"),
    path("problems/<int:pk>/confirm/", problem_views.confirmation, name="confirm"),
    path("problems/<int:pk>/merge/", problem_views.merging, name="merge"),
    path("problems/<int:pk>/split/", problem_views.splitting, name="split"),
    path("problems/<int:pk>/feedback/", problem_views.members, name="add_feedback"),
    path(
        "problems/<int:pk>/feedback/<int:feedback>/remove/",
        problem_views.member_removal,
        name="remove_feedback",
    ),
    path("problems/<int:pk>/dismiss/", problem_views.dismissal, name="dismiss"),
    path("problems/<int:pk>/case/", problem_views.case, name="open_case"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((feedback, "feedback"))),
    path("", include((attachments, "attachments"))),
    path("", include((customers, "customers"))),
    path("", include((contacts, "contacts"))),
    path("", include((imports, "imports"))),
    path("", include((triage, "triage"))),
    path("", include((label_review, "label_review"))),
    path("", include((daily_close, "daily_close"))),
    path("", include((findings, "findings"))),
    path("", include((exposures, "exposures"))),
    path("", include((label_models, "label_models"))),
    path("", include((problems, "problems"))),
]
