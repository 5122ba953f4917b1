"""A case and what is done with it: diagnosed, carried out, verified, told to the customer."""

from django.urls import path

from bihuan.web import (
    case_acts,
    case_handover,
    case_open,
    case_outside,
    case_rating,
    cases,
    diagnosis,
    due,
    execution,
    followup,
    telling,
    work,
)

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
    path("cases/<int:pk>/outside/", case_outside.add, name="case_outside"),
    path("cases/<int:pk>/outside/<int:row>/answer/", case_outside.answer, name="case_outside_answer"),
    path("due/", due.index, name="due"),
    path("cases/<int:pk>/urging/", due.urge, name="case_urge"),
    path("cases/<int:pk>/refusal/", case_acts.decline, name="case_decline"),
    path("cases/<int:pk>/appeal/", case_acts.appeal, name="case_appeal"),
    path("cases/<int:pk>/reopening/", case_acts.reopen, name="case_reopen"),
    path("cases/<int:pk>/handover/", case_handover.handover, name="case_handover"),
    path("cases/<int:pk>/handover/ruling/", case_handover.ruling, name="case_ruling"),
    path("cases/<int:pk>/handover/<str:move>/", case_handover.step, name="case_handover_step"),
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
    path("cases/<int:pk>/diagnosis/findings/", diagnosis.findings, name="diagnosis_findings"),
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

word = [
    path("telling/", telling.index, name="telling"),
    path("telling/<int:pk>/progress/", telling.progress, name="telling_progress"),
    path("telling/results/", telling.results, name="telling_results"),
    path("telling/results/<int:pk>/", telling.result, name="telling_told"),
]

urlpatterns = [*matters, *diagnoses, *tasks, *verifying, *word]
