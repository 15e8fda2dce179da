"""The addresses of the portal, to be taken up among those that have a language."""

from django.urls import URLPattern, path

from doorleren.web.portal import advice, alerts, compare, occupations, provider, published, results, training

urlpatterns: list[URLPattern] = [
    path("trainings", results.results, name="trainings"),
    path("trainings/compare", compare.compare, name="trainings-compare"),
    path("trainings/alerts", alerts.ask, name="trainings-alerts"),
    path("trainings/alerts/asked", alerts.asked, name="trainings-alerts-asked"),
    path("trainings/alerts/confirm/<str:token>", alerts.confirm, name="trainings-alerts-confirm"),
    path("trainings/alerts/end/<str:token>", alerts.end, name="trainings-alerts-end"),
    path("demo/mail", alerts.demo_mail, name="demo-mail"),
    path("trainings/<int:number>", training.one, name="trainings-one"),
    path("providers/<path:code>", provider.one, name="trainings-provider"),
    path("occupations", occupations.occupations, name="trainings-occupations"),
    path("open-data", published.published, name="trainings-open-data"),
    path("open-data/<str:day>/<str:name>", published.file, name="trainings-open-data-file"),
    path("advice", advice.advice, name="trainings-advice"),
]
