"""The addresses under /ooapi/v5; whatever else is asked there gets a problem, not a page."""

from django.urls import path, re_path

from doorleren.web.ooapi import views

app_name = "ooapi"
urlpatterns = [
    path("", views.about, name="about"),
    path("openapi.json", views.document, name="document"),
    path("courses", views.courses, name="courses"),
    path("courses/<str:identifier>", views.course, name="course"),
    path("courses/<str:identifier>/offerings", views.course_offerings, name="course-offerings"),
    path("programs", views.programs, name="programs"),
    path("programs/<str:identifier>", views.program, name="program"),
    path("programs/<str:identifier>/offerings", views.program_offerings, name="program-offerings"),
    path("offerings/<str:identifier>", views.offering, name="offering"),
    path("organizations", views.organizations, name="organizations"),
    path("organizations/<str:identifier>", views.organization, name="organization"),
    path("organizations/<str:identifier>/courses", views.courses_of, name="organization-courses"),
    path("organizations/<str:identifier>/programs", views.programs_of, name="organization-programs"),
    path("organizations/<str:identifier>/offerings", views.offerings_of, name="organization-offerings"),
    re_path(r"", views.nothing, name="nothing"),
]
