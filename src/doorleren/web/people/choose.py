"""Choosing how to sign in, and going there. The choice is a button: it writes down what the way back must match."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from mozilla_django_oidc.views import OIDCAuthenticationRequestView

from doorleren.people.models import Assurance
from doorleren.people.provider import configured, provider
from doorleren.people.signed_in import SignInRefused
from doorleren.web.headers import CONTENT_SECURITY_POLICY
from doorleren.web.people.safe import next_address
from doorleren.web.people.sessions import signed_in
from doorleren.web.people.ways import EIDAS_LEVEL, ways
from doorleren.web.people.words import sign_in_refusals
from doorleren.web.public.questions import language
from doorleren.web.surroundings import machine_now

RENEWAL = "sign_in_renewal"
"""Where the session keeps since when somebody must have proven who they are."""

SPOKEN = "sign_in_language"
"""Where it keeps the language, because the way back has one address for all."""


@method_decorator(never_cache, name="dispatch")
class SignIn(OIDCAuthenticationRequestView):  # type: ignore[misc]
    """`/sign-in`: GET shows the ways in, POST goes. `next` in the address says where to go afterwards."""

    http_method_names = ("get", "head", "post")

    def __init__(self, **_given: Any) -> None:
        """Ask the provider for its addresses only when somebody goes there."""
        self.OIDC_RP_CLIENT_ID = self.get_settings("OIDC_RP_CLIENT_ID")

    @property
    def OIDC_OP_AUTH_ENDPOINT(self) -> str:
        """Where somebody is sent to."""
        return provider().authorization

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the ways, and why the last attempt failed if it did."""
        refusal = sign_in_refusals().get(request.GET.get("refused", ""))  # type: ignore[call-overload]
        return self._page(request, refusal or "")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Go to the provider; state, nonce and verifier stay behind in the session."""
        try:
            gone: HttpResponse = super().get(request)
        except SignInRefused as refused:
            return self._page(request, sign_in_refusals()[refused.reason])
        return gone

    def get_extra_params(self, request: HttpRequest) -> dict[str, str]:
        """Ask for the way and level that were chosen, the language, and in a renewal for proof anew."""
        chosen = {way.name: way for way in ways()}.get(request.POST.get("way", ""))
        level = request.POST.get("level", "")
        asked = {"ui_locales": language()}
        if chosen:
            asked["idp_hint"] = chosen.name
            level = level or chosen.assurance
        if level in Assurance.values:
            asked["acr_values"] = f"{EIDAS_LEVEL}{level}"
        request.session[SPOKEN] = language()
        request.session.pop(RENEWAL, None)
        if request.POST.get("renew"):
            request.session[RENEWAL] = machine_now().isoformat()
            asked |= {"prompt": "login", "max_age": "0"}
        return asked

    def _page(self, request: HttpRequest, refusal: str) -> HttpResponse:
        next_to = next_address(request)
        reply = render(request, "people/sign_in.html", {
            "ways": ways() if configured() else (),
            "configured": configured(),
            "demo": bool(settings.DOORLEREN_DEMO_PROVIDER),
            "refusal": refusal,
            "who": signed_in(request),
            "action": reverse("sign-in") + (f"?{urlencode({'next': next_to})}" if next_to else ""),
            "renew": request.GET.get("renew") == "1",
            "level": request.GET.get("level", ""),
        })  # fmt: skip
        allow_leaving(reply)
        return reply


def allow_leaving(reply: HttpResponse) -> None:
    """Let the form of this page lead to the provider too: browsers hold a redirect after a form to `form-action`."""
    try:
        origin = provider().origin
    except SignInRefused:
        return
    wider = CONTENT_SECURITY_POLICY.replace("form-action 'self'", f"form-action 'self' {origin}")
    reply.headers["Content-Security-Policy"] = wider


def to_sign_in(reason: str, next_to: str) -> HttpResponseRedirect:
    """Lead back to the choice with the reason why it did not work."""
    asked = {"refused": reason, **({"next": next_to} if next_to else {})}
    return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode(asked)}")
