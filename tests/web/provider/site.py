"""The pages with those of providers among them, for as long as the site itself has not taken them up."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from doorleren.server import urls

urlpatterns = [
    *i18n_patterns(path("", include("doorleren.web.provider.urls")), prefix_default_language=False),
    *urls.urlpatterns,
]
handler403, handler404 = urls.handler403, urls.handler404
