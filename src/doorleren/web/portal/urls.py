"""The addresses of the portal, to be taken up among those that have a language."""

from django.urls import URLPattern, path

from doorleren.web.portal import advice, compare, occupations, results, training

urlpatterns: list[URLPattern] = [
    path("trainings", results.results, name="trainings"),
    path("trainings/compare", compare.compare, name="trainings-compare"),
    path("trainings/<int:number>", training.one, name="trainings-one"),
    path("occupations", occupations.occupations, name="trainings-occupations"),
    path("advice", advice.advice, name="trainings-advice"),
]
