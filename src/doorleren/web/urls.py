"""Every address of the site. Dutch has no prefix, English lives under /en/; the API has one language per question.

Links and tests use the names; the navigation marks the entry whose name begins the name of the page.
"""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from doorleren.web.public import errors, figures, finder, letters, overview, privacy, schemes, terms

urlpatterns: list[URLPattern | URLResolver] = []
if find_spec("doorleren.web.api.urls"):
    urlpatterns.append(path("api/v1/", include("doorleren.web.api.urls")))
urlpatterns.append(path("ooapi/v5/", include("doorleren.web.ooapi.urls")))

urlpatterns += i18n_patterns(
    path("", finder.home, name="finder"),
    path("finder/<str:audience>", finder.questions, name="finder-questions"),
    path("schemes", schemes.all_schemes, name="schemes"),
    path("schemes/<str:scheme>", schemes.one, name="schemes-one"),
    path("schemes/<str:scheme>/compare", schemes.compare, name="schemes-compare"),
    path("schemes/<str:scheme>/versions/<str:version>", schemes.one_version, name="schemes-version"),
    path("overview", overview.overview, name="overview"),
    path("figures", figures.figures, name="figures"),
    path("terms", terms.terms, name="terms"),
    path("letters", letters.letters, name="letters"),
    path("letters/<str:name>", letters.letter, name="letters-one"),
    path("privacy", privacy.privacy, name="privacy"),
    path("", include("doorleren.web.portal.urls")),
    path("", include("doorleren.web.rounds.urls")),
    prefix_default_language=False,
)

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
