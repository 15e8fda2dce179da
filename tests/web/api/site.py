"""The interface by itself, where the site has it."""

from django.urls import include, path

urlpatterns = [path("api/v1/", include("doorleren.web.api.urls"))]
