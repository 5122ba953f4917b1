"""Voices: collected, imported, sorted, found in; and the customers they come from."""

from django.urls import path

from bihuan.web import (
    bulk_accept_views,
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

voices = [
    path("feedback/", feedback_views.index, name="feedback"),
    path("feedback/new/", record_views.new, name="feedback_new"),
    path("feedback/new/known/", record_views.known, name="feedback_known"),
    path("feedback/new/personal/", record_views.warn, name="feedback_personal"),
    path("feedback/<int:pk>/", feedback_views.show, name="feedback_show"),
    path("feedback/<int:pk>/recorded/", record_views.recorded, name="feedback_recorded"),
    path("feedback/<int:pk>/complete/", feedback_action_views.complete, name="feedback_complete"),
    path("feedback/<int:pk>/answer/", feedback_action_views.answer, name="feedback_answer"),
    path("feedback/<int:pk>/void/", feedback_action_views.void, name="feedback_void"),
    path("feedback/<int:pk>/revive/", feedback_action_views.revive, name="feedback_revive"),
    path("feedback/<int:pk>/files/", feedback_action_views.attach, name="feedback_attach"),
    path("feedback/<int:pk>/contact/", feedback_action_views.keep_contact, name="feedback_keep_contact"),
    path("files/<int:pk>/", file_views.show, name="file"),
]

people_served = [
    path("customers/", customer_views.index, name="customers"),
    path("customers/<int:pk>/", customer_views.show, name="customers_show"),
    path("customers/<int:pk>/edit/", customer_views.edit, name="customers_edit"),
    path("contacts/<int:pk>/reveal/", contact_views.reveal, name="contact_reveal"),
    path("contacts/<int:pk>/verify/", contact_views.verify, name="contact_verify"),
    path("contacts/<int:pk>/wish/", contact_views.wish, name="contact_wish"),
]

sheets = [
    path("imports/", import_views.index, name="imports"),
    path("imports/words/", value_mapping_views.index, name="import_words"),
    path("imports/words/<int:pk>/removal/", value_mapping_views.removal, name="import_words_removal"),
    path("imports/<int:pk>/", import_views.show, name="imports_show"),
    path("imports/<int:pk>/state/", import_views.state, name="imports_state"),
    path("imports/<int:pk>/look/", import_views.look, name="imports_look"),
    path("imports/<int:pk>/settings/", import_views.settings, name="imports_settings"),
    path("imports/<int:pk>/cancellation/", import_views.cancellation, name="imports_cancel"),
    path("imports/<int:pk>/withdrawal/", import_views.withdrawal, name="imports_undo"),
    path("imports/<int:pk>/sheets/", import_views.sheets, name="imports_sheets"),
    path("imports/<int:pk>/rows/", import_views.rows, name="imports_rows"),
]

sort = [
    path("sorting/", triage_views.queue, name="sorting"),
    path("sorting/sure/", bulk_accept_views.sure, name="sorting_sure"),
    path("feedback/<int:pk>/labels/", triage_views.labels, name="feedback_labels"),
    path("feedback/<int:pk>/dispute/", triage_views.dispute, name="feedback_dispute"),
    path("feedback/<int:pk>/merge/", merge_views.merge, name="feedback_merge"),
    path("feedback/<int:pk>/merge/removal/", merge_views.unmerge, name="feedback_unmerge"),
    path("review/", label_review_views.index, name="review"),
    path("review/meetings/", label_review_views.meetings, name="review_meetings"),
    path("review/disputes/<int:pk>/ruling/", label_review_views.ruling, name="review_ruling"),
    path("daily-close/", daily_close_views.today, name="daily_close"),
    path("daily-close/<str:day>/", daily_close_views.close, name="daily_close_day"),
    path("daily-close/<str:day>/<str:part>/", daily_close_views.rows, name="daily_close_rows"),
]

found = [
    path("findings/", finding_views.index, name="findings"),
    path("findings/runs/", finding_views.runs, name="findings_runs"),
    path("findings/runs/<int:pk>/state/", finding_views.state, name="findings_state"),
    path("findings/runs/<int:pk>/cancellation/", finding_views.cancellation, name="findings_cancel"),
    path("findings/exposures/", exposure_views.index, name="exposures"),
    path("findings/exposures/uploads/", exposure_views.uploads, name="exposures_uploads"),
    path("findings/exposures/<int:pk>/", exposure_views.show, name="exposures_show"),
    path("findings/exposures/<int:pk>/use/", exposure_views.use, name="exposures_use"),
    path("findings/exposures/<int:pk>/removal/", exposure_views.removal, name="exposures_removal"),
    path("findings/models/", label_model_views.index, name="findings_models"),
    path("findings/models/<int:pk>/use/", label_model_views.use, name="findings_model_use"),
    path("findings/topics/", problem_views.index, name="topics"),
    path("findings/topics/<int:pk>/", problem_views.show, name="topics_show"),
    path("findings/topics/<int:pk>/name/", problem_views.name, name="topics_name"),
    path("findings/topics/<int:pk>/confirmation/", problem_views.confirmation, name="topics_confirmation"),
    path("findings/topics/<int:pk>/merge/", problem_views.merging, name="topics_merging"),
    path("findings/topics/<int:pk>/split/", problem_views.splitting, name="topics_splitting"),
    path("findings/topics/<int:pk>/members/", problem_views.members, name="topics_members"),
    path(
        "findings/topics/<int:pk>/members/<int:voice>/removal/",
        problem_views.member_removal,
        name="topics_member_removal",
    ),
    path("findings/topics/<int:pk>/dismissal/", problem_views.dismissal, name="topics_dismissal"),
    path("findings/topics/<int:pk>/case/", problem_views.case, name="topics_case"),
]

urlpatterns = [*voices, *people_served, *sheets, *sort, *found]
