"""One's own account: who I am here, what I may do for whom, and signing out."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from doorleren.core.days import day_of
from doorleren.payments.payees import coming_for
from doorleren.people.access import Thing, ensure
from doorleren.people.commands import sign_out as commands
from doorleren.people.models import Person, Role
from doorleren.people.queries import mandates_in_force, open_sessions, roles_in_force
from doorleren.people.signed_in import SignedIn
from doorleren.web.people.own_pages import work_of
from doorleren.web.people.sessions import signed_in
from doorleren.web.people.words import assurances, roles
from doorleren.web.surroundings import machine_now, now


@never_cache
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show the account of who asks."""
    at = now()
    who = signed_in(request)
    who = ensure(who, "view_account", _own(who), at=at)
    person, day = Person.objects.get(pk=who.person), day_of(at)
    return render(request, "people/account.html", {
        "name": person.name,
        "user_number": person.pk,
        "assurance": assurances()[who.assurance],
        "second_factor": who.second_factor,
        "proven_at": who.proven_at,
        "roles": [_role(role) for role in roles_in_force(who.person, day)],
        "mandates": [
            {"name": one.organisation.name, "kvk": one.organisation.kvk, "until": _until(one.ends_on)}
            for one in mandates_in_force(who.person, day)
        ],
        "coming": [
            {"url": reverse("account-payee-account", args=[one.pk]), "body": one.body.name, "at": one.effective_at}
            for one in coming_for(who, at)
        ],
        "sessions": open_sessions(who.person, machine_now()),
    })  # fmt: skip


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out here."""
    who = signed_in(request)
    if who:
        commands.sign_out(request.session.session_key or "", by=who, at=now())
    request.session.flush()
    return HttpResponseRedirect(reverse("sign-in"))


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """Sign out here and in every other browser."""
    who = signed_in(request)
    who = ensure(who, "sign_out_everywhere", _own(who), at=now())
    commands.sign_out_everywhere(by=who, at=now())
    request.session.flush()
    return HttpResponseRedirect(reverse("sign-in"))


def _own(who: SignedIn | None) -> Thing:
    return Thing("account", str(who.person), person=who.person) if who else Thing("account", "")


def _role(role: Role) -> dict[str, Any]:
    place = role.body or role.organisation
    return {
        "name": roles()[role.kind],
        "pages": work_of([role.kind]),
        "place": place.name if place else "",
        "until": _until(role.ends_on),
    }


def _until(day: date | None) -> str:
    return _("tot en met %(day)s") % {"day": date_format(day, "j F Y")} if day else ""
