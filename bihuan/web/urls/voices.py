"""Voices: collected, imported, sorted, found in; and the customers they come from."""

from django.urls import path

from bihuan.web import (
    closing,
    contacts,
    customers,
    exposures,
    feedback,
    files,
    findings,
    import_words,
    imports,
    label_models,
    merging,
    record,
    review,
    sorting,
    sure,
    topics,
    voice,
)

voices = [
    path("feedback/", feedback.index, name="feedback"),
    path("feedback/new/", record.new, name="feedback_new"),
    path("feedback/new/known/", record.known, name="feedback_known"),
    path("feedback/new/personal/", record.warn, name="feedback_personal"),
    path("feedback/<int:pk>/", feedback.show, name="feedback_show"),
    path("feedback/<int:pk>/recorded/", record.recorded, name="feedback_recorded"),
    path("feedback/<int:pk>/complete/", voice.complete, name="feedback_complete"),
    path("feedback/<int:pk>/answer/", voice.answer, name="feedback_answer"),
    path("feedback/<int:pk>/void/", voice.void, name="feedback_void"),
    path("feedback/<int:pk>/revive/", voice.revive, name="feedback_revive"),
    path("feedback/<int:pk>/files/", voice.attach, name="feedback_attach"),
    path("feedback/<int:pk>/contact/", voice.keep_contact, name="feedback_keep_contact"),
    path("files/<int:pk>/", files.show, name="file"),
]

people_served = [
    path("customers/", customers.index, name="customers"),
    path("customers/<int:pk>/", customers.show, name="customers_show"),
    path("customers/<int:pk>/edit/", customers.edit, name="customers_edit"),
    path("contacts/<int:pk>/reveal/", contacts.reveal, name="contact_reveal"),
    path("contacts/<int:pk>/verify/", contacts.verify, name="contact_verify"),
    path("contacts/<int:pk>/wish/", contacts.wish, name="contact_wish"),
]

sheets = [
    path("imports/", imports.index, name="imports"),
    path("imports/words/", import_words.index, name="import_words"),
    path("imports/words/<int:pk>/removal/", import_words.removal, name="import_words_removal"),
    path("imports/<int:pk>/", imports.show, name="imports_show"),
    path("imports/<int:pk>/state/", imports.state, name="imports_state"),
    path("imports/<int:pk>/look/", imports.look, name="imports_look"),
    path("imports/<int:pk>/settings/", imports.settings, name="imports_settings"),
    path("imports/<int:pk>/cancellation/", imports.cancellation, name="imports_cancel"),
    path("imports/<int:pk>/withdrawal/", imports.withdrawal, name="imports_undo"),
    path("imports/<int:pk>/sheets/", imports.sheets, name="imports_sheets"),
    path("imports/<int:pk>/rows/", imports.rows, name="imports_rows"),
]

sort = [
    path("sorting/", sorting.queue, name="sorting"),
    path("sorting/sure/", sure.sure, name="sorting_sure"),
    path("feedback/<int:pk>/labels/", sorting.labels, name="feedback_labels"),
    path("feedback/<int:pk>/dispute/", sorting.dispute, name="feedback_dispute"),
    path("feedback/<int:pk>/merge/", merging.merge, name="feedback_merge"),
    path("feedback/<int:pk>/merge/removal/", merging.unmerge, name="feedback_unmerge"),
    path("review/", review.index, name="review"),
    path("review/meetings/", review.meetings, name="review_meetings"),
    path("review/disputes/<int:pk>/ruling/", review.ruling, name="review_ruling"),
    path("daily-close/", closing.today, name="daily_close"),
    path("daily-close/<str:day>/", closing.close, name="daily_close_day"),
    path("daily-close/<str:day>/<str:part>/", closing.rows, name="daily_close_rows"),
]

found = [
    path("findings/", findings.index, name="findings"),
    path("findings/runs/", findings.runs, name="findings_runs"),
    path("findings/runs/<int:pk>/state/", findings.state, name="findings_state"),
    path("findings/runs/<int:pk>/cancellation/", findings.cancellation, name="findings_cancel"),
    path("findings/exposures/", exposures.index, name="exposures"),
    path("findings/exposures/uploads/", exposures.uploads, name="exposures_uploads"),
    path("findings/exposures/<int:pk>/", exposures.show, name="exposures_show"),
    path("findings/exposures/<int:pk>/use/", exposures.use, name="exposures_use"),
    path("findings/exposures/<int:pk>/removal/", exposures.removal, name="exposures_removal"),
    path("findings/models/", label_models.index, name="findings_models"),
    path("findings/models/<int:pk>/use/", label_models.use, name="findings_model_use"),
    path("findings/topics/", topics.index, name="topics"),
    path("findings/topics/<int:pk>/", topics.show, name="topics_show"),
    path("findings/topics/<int:pk>/name/", topics.name, name="topics_name"),
    path("findings/topics/<int:pk>/confirmation/", topics.confirmation, name="topics_confirmation"),
    path("findings/topics/<int:pk>/merge/", topics.merging, name="topics_merging"),
    path("findings/topics/<int:pk>/split/", topics.splitting, name="topics_splitting"),
    path("findings/topics/<int:pk>/members/", topics.members, name="topics_members"),
    path("findings/topics/<int:pk>/members/<int:voice>/removal/", topics.member_removal, name="topics_member_removal"),
    path("findings/topics/<int:pk>/dismissal/", topics.dismissal, name="topics_dismissal"),
    path("findings/topics/<int:pk>/case/", topics.case, name="topics_case"),
]

urlpatterns = [*voices, *people_served, *sheets, *sort, *found]
