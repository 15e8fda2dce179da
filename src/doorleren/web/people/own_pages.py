"""Which pages somebody who is signed in has of their own, by role: the menu in the head of every page, and "my account".

A page that asks an act stands there for who has a role that may do that act (people/acts.py). Whether this person may,
here and now, the page itself decides.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from doorleren.core.days import day_of
from doorleren.people.acts import DEMANDS
from doorleren.people.models import RoleKind
from doorleren.people.queries import kinds_of_role
from doorleren.people.signed_in import SignedIn
from doorleren.web.people.sessions import signed_in, was_held_in
from doorleren.web.surroundings import now


@dataclass(frozen=True, slots=True)
class Page:
    """A page by the name of its address, and who has it."""

    name: str
    words: Promise
    roles: frozenset[RoleKind]


def _for(name: str, words: Promise, act: str) -> Page:
    return Page(name, words, DEMANDS[act].roles)


OWN = (
    ("applications", _("Mijn aanvragen")),
    ("applications-registrations", _("Aanmeldingen voor mij")),
    ("applications-enrolments", _("Inschrijvingen voor mij")),
    ("account", _("Mijn account")),
)
"""The pages that everybody has."""

WORK = (
    _for("provider", _("Mijn opleidingen"), "view_own_activities"),
    _for("provider-enrolments", _("Inschrijvingen en deelnemers"), "enrol_participants"),
    _for("provider-details", _("Mijn organisatie"), "change_provider_details"),
    _for("applications-bundles", _("Mensen registreren"), "register_people"),
    _for("applications-adviser-listing", _("Vindbaar als adviseur"), "list_oneself"),
    _for("applications-deliveries", _("Afronding melden"), "file_application"),
    Page("trainings-advice", _("Advies voor een klant"), frozenset({RoleKind.CAREER_ADVISER, RoleKind.DESK_ADVISER})),
    _for("officer-cases", _("Zaken"), "view_cases"),
    Page(
        "officer-absences", _("Afwezig en vervangen"), DEMANDS["name_deputy"].roles | DEMANDS["name_deputy_for"].roles
    ),
    _for("officer-letters", _("Brieven die niet weg zijn"), "note_in_case"),
    _for("officer-batches", _("Reeksen besluiten"), "decide_case"),
    _for("officer-figures", _("Cijfers van zaken"), "view_case_figures"),
    _for("officer-payments", _("Betalingen"), "view_payments"),
    _for("officer-accounts", _("Rekeningen van ontvangers"), "view_payee_accounts"),
    _for("officer-entered", _("Aanvragen invoeren"), "enter_application_for"),
    _for("officer-admissions", _("Toelating tot het register"), "view_admissions"),
    _for("officer-recognitions", _("Erkenningen van opleiders"), "judge_recognition"),
    _for("officer-qualifications", _("Kwalificaties van adviseurs"), "give_qualification"),
    _for("officer-rounds", _("Aanvraagtijdvakken"), "view_rounds"),
    _for("officer-roles", _("Rollen en machtigingen"), "view_roles"),
    _for("officer-letter-ways", _("Hoe brieven gaan"), "set_letters_of_body"),
    _for("officer-sources", _("Bronnen"), "keep_sources"),
    _for("officer-retention", _("Vernietigen"), "view_destruction"),
    _for("officer-corrections", _("Verzoeken om verbetering"), "view_corrections"),
    _for("officer-acts", _("Logboek van handelingen"), "view_acts"),
    _for("officer-views", _("Logboek van inzage"), "view_acts"),
)
"""The pages that somebody has by a role, in the order in which they are shown."""


def work_of(kinds: Collection[str]) -> list[dict[str, Any]]:
    """List the pages that these kinds of role have: url, label and name."""
    held = {RoleKind(kind) for kind in kinds}
    return [{"url": reverse(one.name), "label": one.words, "name": one.name} for one in WORK if one.roles & held]


def menu(request: HttpRequest, here: str) -> dict[str, SafeString] | None:
    """Give the menu of who is signed in, as items of two lists: `work` by role and `own`; None for a visitor.

    A browser without a session asks the database nothing. While the database does not answer there is no menu.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    try:
        who = signed_in(request)
        kinds = _kinds(request, who) if who else frozenset()
    except DatabaseError:
        return None
    if who is None:
        return None
    at, spoken = here if here in _NAMES else "", get_language()
    return {"work": _items(kinds, at, spoken), "own": _items(None, at, spoken)}


_NAMES = frozenset({one.name for one in WORK} | {name for name, _words in OWN})


@lru_cache(maxsize=2048)
def _items(kinds: frozenset[str] | None, here: str, _spoken: str | None) -> SafeString:
    """Write the pages of these kinds of role, or those of everybody; the same on every page in one language but for where one is."""
    own = [{"url": reverse(name), "label": words, "name": name} for name, words in OWN]
    pages = own if kinds is None else work_of(kinds)
    return (
        render_to_string("components/own_pages_items.html", {"pages": pages, "here": here}) if pages else SafeString("")
    )


def _kinds(request: HttpRequest, who: SignedIn) -> frozenset[str]:
    """Give the kinds of role, from what the page itself read where it did."""
    day = day_of(now())
    known = was_held_in(request, who, day)
    return kinds_of_role(who.person, day) if known is None else known
