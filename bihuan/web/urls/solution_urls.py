"""Requirements, plans, approvals, knowledge."""

from django.urls import URLPattern, URLResolver, include, path

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

requirements: list[URLPattern] = [
    path("requirements/", requirement_views.index, name="list"),
    path("requirements/new/", requirement_views.new, name="new"),
    path("requirements/chart/", requirement_chart_views.value_urgency, name="chart"),
    path("requirements/quadrants/", requirement_chart_views.four_quadrants, name="quadrants"),
    path("requirements/offers/", requirement_plan_views.offers, name="offers"),
    path("requirements/iterations/", requirement_plan_views.iterations, name="iterations"),
    path("requirements/iterations/items/", requirement_plan_views.schedule, name="schedule"),
    path("requirements/months/", requirement_plan_views.this_month, name="this_month"),
    path("requirements/months/<str:month>/", requirement_plan_views.month, name="month"),
    path("requirements/months/<str:month>/items/<int:pk>/", requirement_plan_views.decide, name="decide"),
    path("requirements/months/<str:month>/close/", requirement_plan_views.close, name="close_month"),
    path("requirements/<int:pk>/", requirement_views.show, name="detail"),
    path("requirements/<int:pk>/edit/", requirement_views.edit, name="edit"),
    path("requirements/<int:pk>/scores/<str:code>/", requirement_views.score, name="score"),
    path("requirements/<int:pk>/place/", requirement_views.place, name="place"),
    path("requirements/<int:pk>/verdict/<str:move>/", requirement_views.verdict, name="verdict"),
    path("requirements/<int:pk>/appeal/", requirement_views.appeal, name="appeal"),
    path("cases/<int:pk>/requirement/", requirement_plan_views.from_case, name="from_case"),
]

plans: list[URLPattern] = [
    path("cases/<int:pk>/plan/", plan_views.show, name="detail"),
    path("cases/<int:pk>/plan/draft/", plan_views.create_draft, name="create_draft"),
    path("cases/<int:pk>/plan/content/", plan_views.edit, name="edit"),
    path("cases/<int:pk>/plan/submit/", plan_views.submit_plan, name="submit"),
    path("cases/<int:pk>/plan/change/", plan_views.change, name="change"),
    path("cases/<int:pk>/plan/sheet/", plan_views.sheet, name="sheet"),
    path("cases/<int:pk>/plan/send-back/<str:way>/", plan_views.back, name="send_back"),
    path("cases/<int:pk>/plan/goals/", plan_part_views.goals, name="goals"),
    path("cases/<int:pk>/plan/resources/", plan_part_views.resources, name="resources"),
    path("cases/<int:pk>/plan/resources/<int:row>/secure/", plan_part_views.securing, name="secure_resource"),
    path("cases/<int:pk>/plan/options/", plan_part_views.options, name="options"),
    path("cases/<int:pk>/plan/options/<int:row>/", plan_part_views.option, name="option"),
    path("cases/<int:pk>/plan/options/<int:row>/choose/", plan_part_views.choice, name="choose_option"),
    path("cases/<int:pk>/plan/weights/", plan_part_views.weights, name="weights"),
    path("cases/<int:pk>/plan/measures/", plan_part_views.measures, name="measures"),
    path("cases/<int:pk>/plan/measures/<int:row>/", plan_part_views.measure, name="measure"),
    path("cases/<int:pk>/plan/<str:part>/<int:row>/remove/", plan_part_views.removal, name="remove_part"),
    path("cases/<int:pk>/plan/confirmation/", plan_confirmation_views.ask, name="ask_customer"),
    path("cases/<int:pk>/plan/confirmation/call/", plan_confirmation_views.call, name="customer_call"),
    path("cases/<int:pk>/plan/confirmation/waive/", plan_confirmation_views.waive, name="waive"),
    path("cases/<int:pk>/plan/confirmation/revoke/", plan_confirmation_views.revoke, name="revoke"),
    path("cases/<int:pk>/plan/confirmation/files/<int:file>/", plan_confirmation_views.recording, name="recording"),
]

approvals: list[URLPattern] = [
    path("approvals/", approval_views.index, name="list"),
    path("approvals/<int:pk>/", approval_views.show, name="detail"),
    path("approvals/<int:pk>/handover/", approval_views.hand_over, name="hand_over"),
]

articles: list[URLPattern] = [
    path("articles/", article_views.index, name="list"),
    path("articles/new/", article_views.new, name="new"),
    path("articles/<int:pk>/", article_views.show, name="detail"),
    path("articles/<int:pk>/edit/", article_views.edit, name="edit"),
    path("articles/<int:pk>/versions/", article_views.versions, name="versions"),
    path("articles/<int:pk>/flags/", article_views.flags, name="flag"),
    path("articles/<int:pk>/rating/", article_views.rating, name="rate"),
    path("articles/<int:pk>/steps/<str:move>/", article_views.step, name="step"),
    path("articles/<int:pk>/review/<str:move>/", article_views.verdict, name="verdict"),
    path("cases/<int:pk>/article/", article_views.from_case, name="from_case"),
    path("cases/<int:pk>/articles/<int:article>/use/", article_views.uses, name="use"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((requirements, "requirements"))),
    path("", include((plans, "plans"))),
    path("", include((approvals, "approvals"))),
    path("", include((articles, "articles"))),
]
