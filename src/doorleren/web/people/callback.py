"""The way back from the provider of identities: who they are is checked, and the browser is signed in.

The one GET that writes (web/reading.py): a provider knows no other way to send somebody back.
"""

import logging
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from doorleren.people.backend import SignInBackend, proven_since
from doorleren.people.claims import Claims
from doorleren.people.commands.sign_in import sign_in
from doorleren.people.signed_in import SignInRefused
from doorleren.web.people.choose import RENEWAL, SPOKEN, to_sign_in
from doorleren.web.people.safe import safe
from doorleren.web.people.sessions import keep
from doorleren.web.surroundings import machine_now, now

LOG = logging.getLogger(__name__)
STATES, NEXT = "oidc_states", "oidc_login_next"
"""Where mozilla-django-oidc keeps what the way back must match, and where to go then."""


@require_GET
@never_cache
def come_back(request: HttpRequest) -> HttpResponse:
    """Sign in who comes back and go on to where they wanted to be; on failure back to the choice, with the reason."""
    next_to = request.session.get(NEXT) or ""
    next_to = next_to if safe(next_to) else ""
    with translation.override(request.session.get(SPOKEN) or settings.LANGUAGE_CODE):
        try:
            _sign_in(request)
        except SignInRefused as refused:
            LOG.warning("a sign-in was refused (%s): %s", refused.reason, refused)
            return to_sign_in(refused.reason, next_to)
        return HttpResponseRedirect(next_to or reverse("account"))


def _sign_in(request: HttpRequest) -> None:
    state = _taken_state(request)
    if request.GET.get("error"):
        raise SignInRefused("cancelled", "the provider says that it was broken off")
    claims = SignInBackend().claims_of(
        request, nonce=state.get("nonce") or "", code_verifier=state.get("code_verifier") or ""
    )
    _demand_renewal(request, claims)
    machine_at = machine_now()
    keep(request, sign_in(claims, at=now(), machine_at=machine_at), claims, at=machine_at)


def _taken_state(request: HttpRequest) -> dict[str, Any]:
    """Take the state out of the session: it is good for one attempt, whatever comes of that."""
    states = request.session.get(STATES) or {}
    found = states.pop(request.GET.get("state", ""), None)
    if found is None:
        raise SignInRefused("state", "no attempt to sign in began in this browser with this state")
    request.session[STATES] = states
    request.session.save()
    return cast("dict[str, Any]", found)


def _demand_renewal(request: HttpRequest, claims: Claims) -> None:
    asked_at = request.session.pop(RENEWAL, None)
    silent = bool(settings.DOORLEREN_DEMO_PROVIDER)
    if asked_at and not proven_since(claims, datetime.fromisoformat(asked_at), may_be_silent=silent):
        raise SignInRefused("not_renewed", "the provider did not ask for proof anew")
