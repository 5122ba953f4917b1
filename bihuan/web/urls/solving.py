"""What a case asks for and what it teaches: requirements, plans, knowledge."""

from django.urls import path

from bihuan.web import (
    approvals,
    articles,
    plan_customer,
    plan_parts,
    plans,
    requirement_charts,
    requirement_plans,
    requirements,
)

wanted = [
    path("requirements/", requirements.index, name="requirements"),
    path("requirements/new/", requirements.new, name="requirements_new"),
    path("requirements/chart/", requirement_charts.value_urgency, name="requirements_chart"),
    path("requirements/quadrants/", requirement_charts.four_quadrants, name="requirements_quadrants"),
    path("requirements/offers/", requirement_plans.offers, name="requirements_offers"),
    path("requirements/iterations/", requirement_plans.iterations, name="requirements_iterations"),
    path("requirements/iterations/items/", requirement_plans.schedule, name="requirements_schedule"),
    path("requirements/months/", requirement_plans.this_month, name="requirements_this_month"),
    path("requirements/months/<str:month>/", requirement_plans.month, name="requirements_month"),
    path("requirements/months/<str:month>/items/<int:pk>/", requirement_plans.decide, name="requirements_decide"),
    path("requirements/months/<str:month>/closure/", requirement_plans.close, name="requirements_close"),
    path("requirements/<int:pk>/", requirements.show, name="requirements_show"),
    path("requirements/<int:pk>/edit/", requirements.edit, name="requirements_edit"),
    path("requirements/<int:pk>/scores/<str:code>/", requirements.score, name="requirements_score"),
    path("requirements/<int:pk>/place/", requirements.place, name="requirements_place"),
    path("requirements/<int:pk>/verdict/<str:move>/", requirements.verdict, name="requirements_verdict"),
    path("requirements/<int:pk>/appeal/", requirements.appeal, name="requirements_appeal"),
    path("cases/<int:pk>/requirement/", requirement_plans.from_case, name="case_requirement"),
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

urlpatterns = [*wanted, *solving, *knowledge]
