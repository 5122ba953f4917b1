"""What a case asks for and what it teaches: requirements, plans, knowledge."""

from django.urls import path

from bihuan.web import (
    approval_views,
    article_views,
    plan_confirmation_views,
    plan_part_views,
    plan_views,
    requirement_chart_views,
    requirement_plan_views,
    requirement_views,
)

wanted = [
    path("requirements/", requirement_views.index, name="requirements"),
    path("requirements/new/", requirement_views.new, name="requirements_new"),
    path("requirements/chart/", requirement_chart_views.value_urgency, name="requirements_chart"),
    path("requirements/quadrants/", requirement_chart_views.four_quadrants, name="requirements_quadrants"),
    path("requirements/offers/", requirement_plan_views.offers, name="requirements_offers"),
    path("requirements/iterations/", requirement_plan_views.iterations, name="requirements_iterations"),
    path("requirements/iterations/items/", requirement_plan_views.schedule, name="requirements_schedule"),
    path("requirements/months/", requirement_plan_views.this_month, name="requirements_this_month"),
    path("requirements/months/<str:month>/", requirement_plan_views.month, name="requirements_month"),
    path("requirements/months/<str:month>/items/<int:pk>/", requirement_plan_views.decide, name="requirements_decide"),
    path("requirements/months/<str:month>/closure/", requirement_plan_views.close, name="requirements_close"),
    path("requirements/<int:pk>/", requirement_views.show, name="requirements_show"),
    path("requirements/<int:pk>/edit/", requirement_views.edit, name="requirements_edit"),
    path("requirements/<int:pk>/scores/<str:code>/", requirement_views.score, name="requirements_score"),
    path("requirements/<int:pk>/place/", requirement_views.place, name="requirements_place"),
    path("requirements/<int:pk>/verdict/<str:move>/", requirement_views.verdict, name="requirements_verdict"),
    path("requirements/<int:pk>/appeal/", requirement_views.appeal, name="requirements_appeal"),
    path("cases/<int:pk>/requirement/", requirement_plan_views.from_case, name="case_requirement"),
]

solving = [
    path("cases/<int:pk>/plan/", plan_views.show, name="plan"),
    path("cases/<int:pk>/plan/draft/", plan_views.draw_up, name="plan_draw_up"),
    path("cases/<int:pk>/plan/content/", plan_views.edit, name="plan_edit"),
    path("cases/<int:pk>/plan/submission/", plan_views.submit, name="plan_submit"),
    path("cases/<int:pk>/plan/change/", plan_views.change, name="plan_change"),
    path("cases/<int:pk>/plan/sheet/", plan_views.sheet, name="plan_sheet"),
    path("cases/<int:pk>/plan/back/<str:way>/", plan_views.back, name="plan_back"),
    path("cases/<int:pk>/plan/goals/", plan_part_views.goals, name="plan_goals"),
    path("cases/<int:pk>/plan/resources/", plan_part_views.resources, name="plan_resources"),
    path("cases/<int:pk>/plan/resources/<int:row>/securing/", plan_part_views.securing, name="plan_securing"),
    path("cases/<int:pk>/plan/options/", plan_part_views.options, name="plan_options"),
    path("cases/<int:pk>/plan/options/<int:row>/", plan_part_views.option, name="plan_option"),
    path("cases/<int:pk>/plan/options/<int:row>/choice/", plan_part_views.choice, name="plan_choice"),
    path("cases/<int:pk>/plan/weights/", plan_part_views.weights, name="plan_weights"),
    path("cases/<int:pk>/plan/measures/", plan_part_views.measures, name="plan_measures"),
    path("cases/<int:pk>/plan/measures/<int:row>/", plan_part_views.measure, name="plan_measure"),
    path("cases/<int:pk>/plan/<str:part>/<int:row>/removal/", plan_part_views.removal, name="plan_removal"),
    path("cases/<int:pk>/plan/confirmation/", plan_confirmation_views.ask, name="plan_ask"),
    path("cases/<int:pk>/plan/confirmation/call/", plan_confirmation_views.call, name="plan_call"),
    path("cases/<int:pk>/plan/confirmation/waiver/", plan_confirmation_views.waive, name="plan_waive"),
    path("cases/<int:pk>/plan/confirmation/revocation/", plan_confirmation_views.revoke, name="plan_revoke"),
    path(
        "cases/<int:pk>/plan/confirmation/files/<int:file>/", plan_confirmation_views.recording, name="plan_recording"
    ),
    path("approvals/", approval_views.index, name="approvals"),
    path("approvals/<int:pk>/", approval_views.show, name="approvals_show"),
    path("approvals/<int:pk>/handover/", approval_views.hand_over, name="approvals_hand_over"),
]

knowledge = [
    path("articles/", article_views.index, name="articles"),
    path("articles/new/", article_views.new, name="articles_new"),
    path("articles/<int:pk>/", article_views.show, name="articles_show"),
    path("articles/<int:pk>/edit/", article_views.edit, name="articles_edit"),
    path("articles/<int:pk>/revisions/", article_views.revisions, name="articles_revisions"),
    path("articles/<int:pk>/flags/", article_views.flags, name="articles_flags"),
    path("articles/<int:pk>/rating/", article_views.rating, name="articles_rating"),
    path("articles/<int:pk>/steps/<str:move>/", article_views.step, name="articles_step"),
    path("articles/<int:pk>/review/<str:move>/", article_views.verdict, name="articles_verdict"),
    path("cases/<int:pk>/article/", article_views.from_case, name="case_article"),
    path("cases/<int:pk>/articles/<int:article>/use/", article_views.uses, name="case_article_use"),
]

urlpatterns = [*wanted, *solving, *knowledge]
