"""Cases and their steps: diagnosis, tasks, follow-up, customer updates."""

from django.urls import URLPattern, URLResolver, include, path

from bihuan.web import (
    assessment_views,
    case_action_views,
    case_edit_views,
    case_task_views,
    case_views,
    customer_update_views,
    diagnosis_views,
    due_views,
    external_request_views,
    followup_views,
    handover_views,
    task_views,
)

cases: list[URLPattern] = [
    path("cases/", case_views.index, name="list"),
    path("cases/new/", case_edit_views.new, name="new"),
    path("cases/<int:pk>/", case_views.show, name="detail"),
    path("cases/<int:pk>/edit/", case_edit_views.edit, name="edit"),
    path("cases/<int:pk>/feedback/", case_edit_views.link_feedback, name="link_feedback"),
    path("cases/<int:pk>/feedback/<int:link>/unlink/", case_edit_views.unlink, name="unlink_feedback"),
    path("cases/<int:pk>/assessment/", assessment_views.assess, name="assess"),
    path("cases/<int:pk>/assessment/suggestion/", assessment_views.suggestion, name="assessment_suggestion"),
    path("cases/<int:pk>/owner/", case_action_views.owner, name="assign"),
    path("cases/<int:pk>/owner/me/", case_action_views.claim, name="claim"),
    path("cases/<int:pk>/team/", case_action_views.team, name="team"),
    path("cases/<int:pk>/collaborators/", case_action_views.collaborators, name="collaborators"),
    path("cases/<int:pk>/pause/", case_action_views.wait, name="pause"),
    path("cases/<int:pk>/resume/", case_action_views.resume, name="resume"),
    path("cases/<int:pk>/external-requests/", external_request_views.add, name="external_requests"),
    path(
        "cases/<int:pk>/external-requests/<int:row>/answer/",
        external_request_views.answer,
        name="external_request_answer",
    ),
    path("cases/<int:pk>/reminder/", due_views.remind, name="remind"),
    path("cases/<int:pk>/decline/", case_action_views.decline, name="decline"),
    path("cases/<int:pk>/appeal/", case_action_views.appeal, name="appeal"),
    path("cases/<int:pk>/reopen/", case_action_views.reopen, name="reopen"),
    path("cases/<int:pk>/handover/", handover_views.handover, name="handover"),
    path("cases/<int:pk>/handover/ruling/", handover_views.ruling, name="handover_ruling"),
    path("cases/<int:pk>/handover/<str:move>/", handover_views.step, name="handover_step"),
    path("cases/<int:pk>/communications/", case_action_views.talk, name="log_communication"),
    path("cases/<int:pk>/files/", case_action_views.attach, name="attach"),
    path("cases/<int:pk>/files/<int:file>/", case_action_views.file, name="attachment"),
    path("cases/<int:pk>/tasks/", case_task_views.show, name="tasks"),
    path("cases/<int:pk>/tasks/start/", case_task_views.start, name="start_execution"),
    path("cases/<int:pk>/tasks/new/", case_task_views.add, name="add_task"),
]

diagnosis: list[URLPattern] = [
    path("cases/<int:pk>/diagnosis/", diagnosis_views.show, name="detail"),
    path("cases/<int:pk>/diagnosis/start/", diagnosis_views.begin, name="start"),
    path("cases/<int:pk>/diagnosis/finish/", diagnosis_views.finish, name="finish"),
    path("cases/<int:pk>/diagnosis/description/", diagnosis_views.layers, name="description"),
    path("cases/<int:pk>/diagnosis/conclusion/", diagnosis_views.conclusion, name="conclusion"),
    path("cases/<int:pk>/diagnosis/5w1h/<str:which>/", diagnosis_views.five, name="five_w_one_h"),
    path("cases/<int:pk>/diagnosis/causes/", diagnosis_views.causes, name="causes"),
    path("cases/<int:pk>/diagnosis/causes/<int:cause>/", diagnosis_views.cause, name="cause"),
    path("cases/<int:pk>/diagnosis/causes/<int:cause>/<str:verdict>/", diagnosis_views.verdict, name="verdict"),
    path("cases/<int:pk>/diagnosis/files/<int:file>/", diagnosis_views.file, name="evidence_file"),
    path("cases/<int:pk>/diagnosis/findings/", diagnosis_views.findings, name="findings"),
    path("cases/<int:pk>/diagnosis/whys/", diagnosis_views.whys, name="whys"),
    path("cases/<int:pk>/diagnosis/impacts/", diagnosis_views.impacts, name="impacts"),
    path(
        "cases/<int:pk>/diagnosis/impacts/<int:impact>/remove/",
        diagnosis_views.impact_removal,
        name="remove_impact",
    ),
    path("cases/<int:pk>/diagnosis/meetings/", diagnosis_views.meetings, name="meetings"),
]

tasks: list[URLPattern] = [
    path("tasks/", task_views.index, name="list"),
    path("tasks/<int:pk>/", task_views.show, name="detail"),
    path("tasks/<int:pk>/report/", task_views.report, name="report"),
    path("tasks/<int:pk>/start/", task_views.begin, name="start"),
    path("tasks/<int:pk>/complete/", task_views.completion, name="complete"),
    path("tasks/<int:pk>/block/", task_views.obstacle, name="block"),
    path("tasks/<int:pk>/unblock/", task_views.obstacle_removal, name="unblock"),
    path("tasks/<int:pk>/cancel/", task_views.cancellation, name="cancel"),
    path("tasks/<int:pk>/redo/", task_views.redoing, name="redo"),
    path("tasks/<int:pk>/due/", task_views.due, name="due"),
    path("tasks/<int:pk>/owner/", task_views.owner, name="assign"),
    path("tasks/<int:pk>/accept/", task_views.acceptance, name="accept"),
    path("tasks/<int:pk>/notice/", task_views.notice, name="notice"),
]

followup: list[URLPattern] = [
    path("follow-up/", followup_views.index, name="list"),
    path("cases/<int:pk>/follow-up/", followup_views.show, name="detail"),
    path("cases/<int:pk>/follow-up/call/", followup_views.call, name="call"),
    path("cases/<int:pk>/follow-up/attempts/", followup_views.attempts, name="attempts"),
    path("cases/<int:pk>/follow-up/unreachable/", followup_views.mark_unreachable, name="mark_unreachable"),
    path("cases/<int:pk>/follow-up/exempt/", followup_views.exemption, name="exempt"),
    path("cases/<int:pk>/follow-up/link/", followup_views.link, name="survey_link"),
    path("cases/<int:pk>/follow-up/evaluation/", followup_views.evaluation, name="evaluation"),
    path("cases/<int:pk>/follow-up/second-analysis/", followup_views.second_analysis, name="second_analysis"),
    path("cases/<int:pk>/archive/", followup_views.closure, name="archive"),
]

customer_updates: list[URLPattern] = [
    path("customer-updates/", customer_update_views.index, name="list"),
    path("customer-updates/<int:pk>/progress/", customer_update_views.progress, name="progress"),
    path("customer-updates/results/", customer_update_views.results, name="results"),
    path("customer-updates/results/<int:pk>/", customer_update_views.result, name="result"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((cases, "cases"))),
    path("", include((diagnosis, "diagnosis"))),
    path("", include((tasks, "tasks"))),
    path("", include((followup, "followup"))),
    path("", include((customer_updates, "customer_updates"))),
]
