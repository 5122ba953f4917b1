"""The sitemap of the staff pages, by noun. A change of state is a noun of its own: /closure, /approval."""

from django.urls import URLPattern, path

from bihuan.web import (
    approvals,
    articles,
    case_acts,
    case_open,
    case_rating,
    cases,
    closing,
    contacts,
    customers,
    diagnosis,
    execution,
    feedback,
    files,
    followup,
    home,
    imports,
    merging,
    people,
    plan_customer,
    plan_parts,
    plans,
    record,
    reports,
    review,
    schemes,
    search,
    sign_in,
    sorting,
    sure,
    voice,
    work,
)

door = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("first-start/", sign_in.first_start, name="first_start"),
    path("password/", sign_in.change_password, name="account_change_password"),
]

staff = [
    path("people/", people.index, name="people"),
    path("people/<int:pk>/", people.roles, name="people_roles"),
    path("people/<int:pk>/disabling/", people.disable, name="people_disable"),
    path("people/<int:pk>/enabling/", people.enable, name="people_enable"),
]

start = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("healthz", home.healthz, name="healthz"),
    path("patterns/", home.patterns, name="patterns"),
]

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

sheets = [
    path("imports/", imports.index, name="imports"),
    path("imports/<int:pk>/", imports.show, name="imports_show"),
    path("imports/<int:pk>/state/", imports.state, name="imports_state"),
    path("imports/<int:pk>/look/", imports.look, name="imports_look"),
    path("imports/<int:pk>/settings/", imports.settings, name="imports_settings"),
    path("imports/<int:pk>/cancellation/", imports.cancellation, name="imports_cancel"),
    path("imports/<int:pk>/withdrawal/", imports.withdrawal, name="imports_undo"),
    path("imports/<int:pk>/sheets/", imports.sheets, name="imports_sheets"),
    path("imports/<int:pk>/rows/", imports.rows, name="imports_rows"),
]

matters = [
    path("cases/", cases.index, name="cases"),
    path("cases/new/", case_open.new, name="case_new"),
    path("feedback/<int:pk>/case/", case_open.from_voice, name="feedback_case"),
    path("cases/<int:pk>/", cases.show, name="case_show"),
    path("cases/<int:pk>/edit/", case_open.edit, name="case_edit"),
    path("cases/<int:pk>/feedback/", case_open.tie, name="case_tie"),
    path("cases/<int:pk>/feedback/<int:link>/removal/", case_open.untie, name="case_untie"),
    path("cases/<int:pk>/assessment/", case_rating.assess, name="case_assess"),
    path("cases/<int:pk>/assessment/suggestion/", case_rating.suggestion, name="case_suggestion"),
    path("cases/<int:pk>/owner/", case_acts.owner, name="case_owner"),
    path("cases/<int:pk>/owner/me/", case_acts.claim, name="case_claim"),
    path("cases/<int:pk>/team/", case_acts.team, name="case_team"),
    path("cases/<int:pk>/helpers/", case_acts.helpers, name="case_helpers"),
    path("cases/<int:pk>/pause/", case_acts.wait, name="case_wait"),
    path("cases/<int:pk>/pause/end/", case_acts.resume, name="case_resume"),
    path("cases/<int:pk>/refusal/", case_acts.decline, name="case_decline"),
    path("cases/<int:pk>/appeal/", case_acts.appeal, name="case_appeal"),
    path("cases/<int:pk>/reopening/", case_acts.reopen, name="case_reopen"),
    path("cases/<int:pk>/talks/", case_acts.talk, name="case_talk"),
    path("cases/<int:pk>/files/", case_acts.attach, name="case_attach"),
    path("cases/<int:pk>/files/<int:file>/", case_acts.file, name="case_file"),
]

diagnoses = [
    path("cases/<int:pk>/diagnosis/", diagnosis.show, name="diagnosis"),
    path("cases/<int:pk>/diagnosis/beginning/", diagnosis.begin, name="diagnosis_begin"),
    path("cases/<int:pk>/diagnosis/end/", diagnosis.finish, name="diagnosis_finish"),
    path("cases/<int:pk>/diagnosis/layers/", diagnosis.layers, name="diagnosis_layers"),
    path("cases/<int:pk>/diagnosis/conclusion/", diagnosis.conclusion, name="diagnosis_conclusion"),
    path("cases/<int:pk>/diagnosis/5w1h/<str:which>/", diagnosis.five, name="diagnosis_five"),
    path("cases/<int:pk>/diagnosis/causes/", diagnosis.causes, name="diagnosis_causes"),
    path("cases/<int:pk>/diagnosis/causes/<int:cause>/", diagnosis.cause, name="diagnosis_cause"),
    path("cases/<int:pk>/diagnosis/causes/<int:cause>/<str:verdict>/", diagnosis.verdict, name="diagnosis_verdict"),
    path("cases/<int:pk>/diagnosis/files/<int:file>/", diagnosis.file, name="evidence_file"),
    path("cases/<int:pk>/diagnosis/whys/", diagnosis.whys, name="diagnosis_whys"),
    path("cases/<int:pk>/diagnosis/impacts/", diagnosis.impacts, name="diagnosis_impacts"),
    path(
        "cases/<int:pk>/diagnosis/impacts/<int:impact>/removal/",
        diagnosis.impact_removal,
        name="diagnosis_impact_removal",
    ),
    path("cases/<int:pk>/diagnosis/meetings/", diagnosis.meetings, name="diagnosis_meetings"),
]

tasks = [
    path("tasks/", execution.index, name="tasks"),
    path("tasks/<int:pk>/", execution.show, name="tasks_show"),
    path("tasks/<int:pk>/report/", execution.report, name="task_report"),
    path("tasks/<int:pk>/beginning/", execution.begin, name="task_begin"),
    path("tasks/<int:pk>/completion/", execution.completion, name="task_completion"),
    path("tasks/<int:pk>/obstacle/", execution.obstacle, name="task_obstacle"),
    path("tasks/<int:pk>/obstacle/removal/", execution.obstacle_removal, name="task_obstacle_removal"),
    path("tasks/<int:pk>/cancellation/", execution.cancellation, name="task_cancellation"),
    path("tasks/<int:pk>/redoing/", execution.redoing, name="task_redoing"),
    path("tasks/<int:pk>/due/", execution.due, name="task_due"),
    path("tasks/<int:pk>/owner/", execution.owner, name="task_owner"),
    path("tasks/<int:pk>/acceptance/", execution.acceptance, name="task_acceptance"),
    path("tasks/<int:pk>/notice/", execution.notice, name="task_notice"),
    path("cases/<int:pk>/work/", work.show, name="work"),
    path("cases/<int:pk>/work/beginning/", work.start, name="work_start"),
    path("cases/<int:pk>/work/tasks/", work.add, name="work_tasks"),
]

knowledge = [
    path("articles/", articles.index, name="articles"),
    path("articles/new/", articles.new, name="articles_new"),
    path("articles/<int:pk>/", articles.show, name="articles_show"),
    path("articles/<int:pk>/edit/", articles.edit, name="articles_edit"),
    path("articles/<int:pk>/revisions/", articles.revisions, name="articles_revisions"),
    path("articles/<int:pk>/flags/", articles.flags, name="articles_flags"),
    path("articles/<int:pk>/rating/", articles.rating, name="articles_rating"),
    path("articles/<int:pk>/steps/<str:move>/", articles.step, name="articles_step"),
    path("articles/<int:pk>/review/<str:move>/", articles.verdict, name="articles_verdict"),
    path("cases/<int:pk>/article/", articles.from_case, name="case_article"),
    path("cases/<int:pk>/articles/<int:article>/use/", articles.uses, name="case_article_use"),
]

solving = [
    path("cases/<int:pk>/plan/", plans.show, name="plan"),
    path("cases/<int:pk>/plan/draft/", plans.draw_up, name="plan_draw_up"),
    path("cases/<int:pk>/plan/content/", plans.edit, name="plan_edit"),
    path("cases/<int:pk>/plan/submission/", plans.submit, name="plan_submit"),
    path("cases/<int:pk>/plan/change/", plans.change, name="plan_change"),
    path("cases/<int:pk>/plan/sheet/", plans.sheet, name="plan_sheet"),
    path("cases/<int:pk>/plan/back/<str:way>/", plans.back, name="plan_back"),
    path("cases/<int:pk>/plan/goals/", plan_parts.goals, name="plan_goals"),
    path("cases/<int:pk>/plan/resources/", plan_parts.resources, name="plan_resources"),
    path("cases/<int:pk>/plan/resources/<int:row>/securing/", plan_parts.securing, name="plan_securing"),
    path("cases/<int:pk>/plan/options/", plan_parts.options, name="plan_options"),
    path("cases/<int:pk>/plan/options/<int:row>/", plan_parts.option, name="plan_option"),
    path("cases/<int:pk>/plan/options/<int:row>/choice/", plan_parts.choice, name="plan_choice"),
    path("cases/<int:pk>/plan/weights/", plan_parts.weights, name="plan_weights"),
    path("cases/<int:pk>/plan/measures/", plan_parts.measures, name="plan_measures"),
    path("cases/<int:pk>/plan/measures/<int:row>/", plan_parts.measure, name="plan_measure"),
    path("cases/<int:pk>/plan/<str:part>/<int:row>/removal/", plan_parts.removal, name="plan_removal"),
    path("cases/<int:pk>/plan/confirmation/", plan_customer.ask, name="plan_ask"),
    path("cases/<int:pk>/plan/confirmation/call/", plan_customer.call, name="plan_call"),
    path("cases/<int:pk>/plan/confirmation/waiver/", plan_customer.waive, name="plan_waive"),
    path("cases/<int:pk>/plan/confirmation/revocation/", plan_customer.revoke, name="plan_revoke"),
    path("cases/<int:pk>/plan/confirmation/files/<int:file>/", plan_customer.recording, name="plan_recording"),
    path("approvals/", approvals.index, name="approvals"),
    path("approvals/<int:pk>/", approvals.show, name="approvals_show"),
    path("approvals/<int:pk>/handover/", approvals.hand_over, name="approvals_hand_over"),
]

figures = [
    path("reports/", reports.index, name="reports"),
    path("reports/weekly/", reports.week, name="reports_weekly"),
    path("reports/issues/", reports.issues, name="reports_issues"),
    path("reports/issues/<int:pk>/", reports.issue, name="reports_issue"),
    path("reports/issues/<int:pk>/review/", reports.review, name="reports_review"),
    path("reports/issues/<int:pk>/publication/", reports.publication, name="reports_publication"),
]

rules = [
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

verifying = [
    path("revisits/", followup.index, name="revisits"),
    path("cases/<int:pk>/follow-up/", followup.show, name="follow_up"),
    path("cases/<int:pk>/follow-up/call/", followup.call, name="revisit_call"),
    path("cases/<int:pk>/follow-up/attempts/", followup.attempts, name="revisit_attempts"),
    path("cases/<int:pk>/follow-up/surrender/", followup.surrender, name="revisit_surrender"),
    path("cases/<int:pk>/follow-up/exemption/", followup.exemption, name="revisit_exemption"),
    path("cases/<int:pk>/follow-up/link/", followup.link, name="revisit_link"),
    path("cases/<int:pk>/follow-up/evaluation/", followup.evaluation, name="evaluation"),
    path("cases/<int:pk>/follow-up/second-analysis/", followup.second_analysis, name="second_analysis"),
    path("cases/<int:pk>/closure/", followup.closure, name="case_closure"),
]

urlpatterns: list[URLPattern] = [
    *door,
    *staff,
    *start,
    *voices,
    *people_served,
    *sort,
    *sheets,
    *matters,
    *diagnoses,
    *tasks,
    *knowledge,
    *solving,
    *figures,
    *verifying,
    *rules,
]
