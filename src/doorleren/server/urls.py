"""The addresses of the site and its pages for errors: those of `web`, and those of people who sign in."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, path

from doorleren.web import urls as web
from doorleren.web.addresses import by_beginning
from doorleren.web.adviser import urls as adviser
from doorleren.web.applicant import urls as applicant
from doorleren.web.officer import urls as officer
from doorleren.web.people import callback
from doorleren.web.people import urls as people
from doorleren.web.people.refusals import forbidden as handler403
from doorleren.web.provider import urls as provider
from doorleren.web.public import waiting
from doorleren.web.urls import handler400, handler404, handler500

urlpatterns: list[URLPattern | URLResolver] = [
    *web.urlpatterns,
    path("sign-in/callback", callback.come_back, name="sign-in-callback"),  # one address, as the provider knows it
    *i18n_patterns(
        path("rounds/<int:number>/waiting", waiting.room, name="rounds-waiting"),
        *by_beginning([one for part in (people, provider, applicant, adviser, officer) for one in part.urlpatterns]),
        prefix_default_language=False,
    ),
]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
