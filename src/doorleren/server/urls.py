"""The addresses of the site: those of `web`."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = []
if find_spec("doorleren.web") and find_spec("doorleren.web.urls"):
    urlpatterns.append(path("", include("doorleren.web.urls")))
