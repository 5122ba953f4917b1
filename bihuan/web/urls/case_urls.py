"""A case and what is done with it: diagnosed, carried out, verified, told to the customer."""

from django.urls import path

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

matters = [
    path("cases/", case_views.index, name="cases"),
    path("cases/new/", case_edit_views.new, name="case_new"),
    path("feedback/<int:pk>/case/", case_edit_views.from_voice, name="feedback_case"),
    path("cases/<int:pk>/", case_views.show, name="case_show"),
    path("cases/<int:pk>/edit/", case_edit_views.edit, name="case_edit"),
    path("cases/<int:pk>/feedback/", case_edit_views.tie, name="case_tie"),
    path("cases/<int:pk>/feedback/<int:link>/removal/", case_edit_views.untie, name="case_untie"),
    path("cases/<int:pk>/assessment/", assessment_views.assess, name="case_assess"),
    path("cases/<int:pk>/assessment/suggestion/", assessment_views.suggestion, name="case_suggestion"),
    path("cases/<int:pk>/owner/", case_action_views.owner, name="case_owner"),
    path("cases/<int:pk>/owner/me/", case_action_views.claim, name="case_claim"),
    path("cases/<int:pk>/team/", case_action_views.team, name="case_team"),
    path("cases/<int:pk>/helpers/", case_action_views.helpers, name="case_helpers"),
    path("cases/<int:pk>/pause/", case_action_views.wait, name="case_wait"),
    path("cases/<int:pk>/pause/end/", case_action_views.resume, name="case_resume"),
    path("cases/<int:pk>/outside/", external_request_views.add, name="case_outside"),
    path("cases/<int:pk>/outside/<int:row>/answer/", external_request_views.answer, name="case_outside_answer"),
    path("due/", due_views.index, name="due"),
    path("cases/<int:pk>/urging/", due_views.urge, name="case_urge"),
    path("cases/<int:pk>/refusal/", case_action_views.decline, name="case_decline"),
    path("cases/<int:pk>/appeal/", case_action_views.appeal, name="case_appeal"),
    path("cases/<int:pk>/reopening/", case_action_views.reopen, name="case_reopen"),
    path("cases/<int:pk>/handover/", handover_views.handover, name="case_handover"),
    path("cases/<int:pk>/handover/ruling/", handover_views.ruling, name="case_ruling"),
    path("cases/<int:pk>/handover/<str:move>/", handover_views.step, name="case_handover_step"),
    path("cases/<int:pk>/talks/", case_action_views.talk, name="case_talk"),
    path("cases/<int:pk>/files/", case_action_views.attach, name="case_attach"),
    path("cases/<int:pk>/files/<int:file>/", case_action_views.file, name="case_file"),
]

diagnoses = [
    path("cases/<int:pk>/diagnosis/", diagnosis_views.show, name="diagnosis"),
    path("cases/<int:pk>/diagnosis/beginning/", diagnosis_views.begin, name="diagnosis_begin"),
    path("cases/<int:pk>/diagnosis/end/", diagnosis_views.finish, name="diagnosis_finish"),
    path("cases/<int:pk>/diagnosis/layers/", diagnosis_views.layers, name="diagnosis_layers"),
    path("cases/<int:pk>/diagnosis/conclusion/", diagnosis_views.conclusion, name="diagnosis_conclusion"),
    path("cases/<int:pk>/diagnosis/5w1h/<str:which>/", diagnosis_views.five, name="diagnosis_five"),
    path("cases/<int:pk>/diagnosis/causes/", diagnosis_views.causes, name="diagnosis_causes"),
    path("cases/<int:pk>/diagnosis/causes/<int:cause>/", diagnosis_views.cause, name="diagnosis_cause"),
    path(
        "cases/<int:pk>/diagnosis/causes/<int:cause>/<str:verdict>/", diagnosis_views.verdict, name="diagnosis_verdict"
    ),
    path("cases/<int:pk>/diagnosis/files/<int:file>/", diagnosis_views.file, name="evidence_file"),
    path("cases/<int:pk>/diagnosis/findings/", diagnosis_views.findings, name="diagnosis_findings"),
    path("cases/<int:pk>/diagnosis/whys/", diagnosis_views.whys, name="diagnosis_whys"),
    path("cases/<int:pk>/diagnosis/impacts/", diagnosis_views.impacts, name="diagnosis_impacts"),
    path(
        "cases/<int:pk>/diagnosis/impacts/<int:impact>/removal/",
        diagnosis_views.impact_removal,
        name="diagnosis_impact_removal",
    ),
    path("cases/<int:pk>/diagnosis/meetings/", diagnosis_views.meetings, name="diagnosis_meetings"),
]

tasks = [
    path("tasks/", task_views.index, name="tasks"),
    path("tasks/<int:pk>/", task_views.show, name="tasks_show"),
    path("tasks/<int:pk>/report/", task_views.report, name="task_report"),
    path("tasks/<int:pk>/beginning/", task_views.begin, name="task_begin"),
    path("tasks/<int:pk>/completion/", task_views.completion, name="task_completion"),
    path("tasks/<int:pk>/obstacle/", task_views.obstacle, name="task_obstacle"),
    path("tasks/<int:pk>/obstacle/removal/", task_views.obstacle_removal, name="task_obstacle_removal"),
    path("tasks/<int:pk>/cancellation/", task_views.cancellation, name="task_cancellation"),
    path("tasks/<int:pk>/redoing/", task_views.redoing, name="task_redoing"),
    path("tasks/<int:pk>/due/", task_views.due, name="task_due"),
    path("tasks/<int:pk>/owner/", task_views.owner, name="task_owner"),
    path("tasks/<int:pk>/acceptance/", task_views.acceptance, name="task_acceptance"),
    path("tasks/<int:pk>/notice/", task_views.notice, name="task_notice"),
    path("cases/<int:pk>/work/", case_task_views.show, name="work"),
    path("cases/<int:pk>/work/beginning/", case_task_views.start, name="work_start"),
    path("cases/<int:pk>/work/tasks/", case_task_views.add, name="work_tasks"),
]

verifying = [
    path("revisits/", followup_views.index, name="revisits"),
    path("cases/<int:pk>/follow-up/", followup_views.show, name="follow_up"),
    path("cases/<int:pk>/follow-up/call/", followup_views.call, name="revisit_call"),
    path("cases/<int:pk>/follow-up/attempts/", followup_views.attempts, name="revisit_attempts"),
    path("cases/<int:pk>/follow-up/surrender/", followup_views.surrender, name="revisit_surrender"),
    path("cases/<int:pk>/follow-up/exemption/", followup_views.exemption, name="revisit_exemption"),
    path("cases/<int:pk>/follow-up/link/", followup_views.link, name="revisit_link"),
    path("cases/<int:pk>/follow-up/evaluation/", followup_views.evaluation, name="evaluation"),
    path("cases/<int:pk>/follow-up/second-analysis/", followup_views.second_analysis, name="second_analysis"),
    path("cases/<int:pk>/closure/", followup_views.closure, name="case_closure"),
]

word = [
    path("telling/", customer_update_views.index, name="telling"),
    path("telling/<int:pk>/progress/", customer_update_views.progress, name="telling_progress"),
    path("telling/results/", customer_update_views.results, name="telling_results"),
    path("telling/results/<int:pk>/", customer_update_views.result, name="telling_told"),
]

urlpatterns = [*matters, *diagnoses, *tasks, *verifying, *word]
