"""The page on which a person asks for everything that is kept of them, and the archive itself: an act that asks fresh proof."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from doorleren.people.access import NotAllowed, Refused, allowed, ensure
from doorleren.people.commands.export_own import ACT, account_of, export_own
from doorleren.people.signed_in import SignedIn
from doorleren.web.people.export import law
from doorleren.web.people.export.archive import archive
from doorleren.web.people.export.me import me
from doorleren.web.people.sessions import signed_in
from doorleren.web.public.questions import in_language
from doorleren.web.surroundings import now

FILE_NAME = "mijn-gegevens.zip"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """Say what one gets; with POST give it. Where only fresh proof is lacking, the page leads to signing in and back."""
    who, at = signed_in(request), now()
    if who is None:
        raise NotAllowed(Refused("not_signed_in"))
    answer = allowed(who, ACT, account_of(who), at=at)
    lacking = isinstance(answer, Refused) and answer.reason == "renewal"
    if lacking or request.method != "POST":
        if not lacking:
            ensure(who, ACT, account_of(who), at=at)
        return _page(request, in_language(answer.texts) if isinstance(answer, Refused) else "")
    return _given(who, request)


def _given(who: SignedIn, request: HttpRequest) -> HttpResponse:
    """Make the archive, write down that it was given, and give it."""
    at = now()
    ensure(who, ACT, account_of(who), at=at)
    made = archive(me(who, at))
    export_own(rows=made.rows, files=made.files, digest=made.digest, by=who, at=at)
    reply = HttpResponse(made.raw, content_type="application/zip")
    reply["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=FILE_NAME) or "attachment"
    reply["X-Content-Type-Options"] = "nosniff"
    reply["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return reply


def _page(request: HttpRequest, lacking: str) -> HttpResponse:
    """Show what is in the archive and what is not; `lacking` says why one has to sign in once more."""
    again = f"{reverse('sign-in')}?{urlencode({'next': request.path, 'renew': '1'})}" if lacking else ""
    kinds = law.kinds()
    stays_out = {one["instead"]: None for kind in kinds for one in kind["tables"] if "instead" in one}
    status = HTTPStatus.FORBIDDEN if request.method == "POST" else HTTPStatus.OK
    return render(request, "people/export.html", {
        "kinds": kinds, "stays_out": list(stays_out), "lacking": lacking, "again": again,
    }, status=status)  # fmt: skip
