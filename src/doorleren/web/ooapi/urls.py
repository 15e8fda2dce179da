"""The addresses under /ooapi/v5; whatever else is asked there gets a problem, not a page."""

from django.urls import path, re_path

from doorleren.web.ooapi import views

app_name = "ooapi"
urlpatterns = [
    path("", views.about, name="about"),
    path("openapi.json", views.document, name="document"),
    path("courses", views.courses, name="courses"),
    path("courses/<str:identifier>", views.course, name="course"),
    path("courses/<str:identifier>/offerings", views.offerings, name="offerings"),
    path("organizations", views.organizations, name="organizations"),
    path("organizations/<str:identifier>", views.organization, name="organization"),
    re_path(r"", views.nothing, name="nothing"),
]
