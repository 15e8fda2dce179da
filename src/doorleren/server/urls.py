"""The addresses of the site and its pages for errors: those of `web`, and those of people who sign in."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from doorleren.web import urls as web
from doorleren.web.people import callback
from doorleren.web.people.refusals import forbidden as handler403
from doorleren.web.public import waiting
from doorleren.web.urls import handler400, handler404, handler500

urlpatterns: list[URLPattern | URLResolver] = [
    *web.urlpatterns,
    path("sign-in/callback", callback.come_back, name="sign-in-callback"),  # one address, as the provider knows it
    *i18n_patterns(
        path("rounds/<int:number>/waiting", waiting.room, name="rounds-waiting"), prefix_default_language=False
    ),
    *i18n_patterns(path("", include("doorleren.web.people.urls")), prefix_default_language=False),
    *i18n_patterns(path("", include("doorleren.web.provider.urls")), prefix_default_language=False),
    *i18n_patterns(path("", include("doorleren.web.applicant.urls")), prefix_default_language=False),
    *i18n_patterns(path("", include("doorleren.web.adviser.urls")), prefix_default_language=False),
    *i18n_patterns(path("", include("doorleren.web.officer.urls")), prefix_default_language=False),
]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
