"""How many grants a budget gives in a round, and what a number of grants takes (C25). A GET that can be shared; writes nothing.

The tariffs start from what the scheme's own version gives at most, the mix from what came in or else from equal shares.
"""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doorleren.applications.form import ROLE, of_track
from doorleren.applications.models import Application
from doorleren.applications.queries import tracks_of
from doorleren.applications.rules import filing_day
from doorleren.rounds.access import FORECAST
from doorleren.rounds.models import Round, Ticket
from doorleren.rounds.queries import announced_for
from doorleren.rounds.volume import Kind, Volume, budget_for, split, volume
from doorleren.rules.versions import Track
from doorleren.schemes.queries import version_of
from doorleren.web import known
from doorleren.web.officer import typed_figures as typed
from doorleren.web.officer.asked import field, given
from doorleren.web.officer.budget_paths import UPTAKE, paths_told
from doorleren.web.officer.official import official, page
from doorleren.web.officer.rounds import round_of
from doorleren.web.officer.typed_amounts import written_cents
from doorleren.web.public import words
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import euros, number
from doorleren.web.rounds.written import name_of

HUNDREDTHS = 10_000
"""How many hundredths of a percent there are in the whole."""


@page
@require_safe
def budget(request: HttpRequest, number: int) -> HttpResponse:
    """Show the form and, once it is filled in, what the budget gives."""
    asking = official(request, FORECAST)
    row = round_of(asking, number, FORECAST)
    kinds = kinds_of(row)
    asked = bool(request.GET)
    told = given(request.GET) if asked else _start(row, kinds)
    read = _read(told, kinds)
    told_errors = dict(read.errors) if asked else {}
    paths = paths_told(row, told, None if "budget" in read.errors else read.budget)
    if paths and paths["error"]:
        told_errors[UPTAKE] = paths["error"]
    return render(request, "officer/round_budget.html", {
        "name": name_of(row),
        "kinds": [_fields(one, told, told_errors) for one in kinds],
        "fields": _first_fields(told, told_errors),
        "errors": [{"name": name, "text": text} for name, text in told_errors.items()],
        "found": None if read.errors else _found(read, kinds),
        "paths": paths,
        "came_in": any(one.came_in for one in kinds),
        "back": reverse("officer-round", args=[row.pk]),
        "trail": trail(row, _("Hoeveel toekenningen geeft een budget?")),
    }, status=422 if told_errors else 200)  # fmt: skip


def trail(row: Round, label: str) -> list[dict[str, str]]:
    """Give the way to a page of a round."""
    return [
        {"url": reverse("officer-rounds"), "label": _("Aanvraagtijdvakken")},
        {"url": reverse("officer-round", args=[row.pk]), "label": name_of(row)},
        {"label": label},
    ]


@dataclass(frozen=True, slots=True)
class KindOf:
    """A track as a kind of grant: its name, the most that one takes in cents (None: the file gives none), and how many came in."""

    id: str
    name: str
    cents: int | None
    exact: bool
    came_in: int


def kinds_of(row: Round) -> list[KindOf]:
    """Give the kinds of grants of a round, from the version of its scheme; one kind without tariff for a rehearsal."""
    counted = Counter(track_of_tickets(row).values())
    return [_kind(row, one, counted[one.id]) for one in tracks_of(row)] or [
        KindOf("all", _("alle aanvragen"), None, False, 0)
    ]


def track_of_tickets(row: Round) -> dict[str, str]:
    """Give the track of each application that was submitted, by its key."""
    submitted = Ticket.objects.filter(round=row).values("key")
    return dict(Application.objects.filter(round=row, key__in=submitted).values_list("key", "track"))


def track_name(track: Track) -> str:
    """Name a kind of applicant: the track's own name, else who files in it."""
    return in_language(track.name) or words.said(words.applicants(), track.applicant)


def _kind(row: Round, track: Track, came_in: int) -> KindOf:
    version, library = version_of(row.version_id), known.library()
    day = filing_day(row.opens_at, row.closes_at, known.today(), version)
    settled = of_track(version, track.id, day, library.vocabulary, library.law).tracks[0]
    most = settled.ask_most({ROLE: track.applicant})
    return KindOf(track.id, track_name(track), most, track.amount.kind == "fixed", came_in)


def _start(row: Round, kinds: list[KindOf]) -> dict[str, str]:
    """Give what the form starts with: the ceiling of the round, the file's tariffs, and a mix that is whole."""
    ceiling = announced_for(row).pot.ceiling.cents
    total = sum(one.came_in for one in kinds)
    shares = [Fraction(one.came_in, total) if total else Fraction(1, len(kinds)) for one in kinds]
    told = {"budget": "" if ceiling is None else written_cents(ceiling), "target": ""}
    for one, share in zip(kinds, split(HUNDREDTHS, shares), strict=True):
        told |= {
            f"tariff-{one.id}": "" if one.cents is None else written_cents(one.cents),
            f"share-{one.id}": written_cents(share),
        }
    return told


@dataclass(slots=True)
class Read:
    """What was typed: the budget, the number wanted (None for nothing), the kinds, and what is wrong by field."""

    budget: int
    target: int | None
    kinds: list[Kind]
    errors: dict[str, str]


def _read(told: dict[str, str], kinds: list[KindOf]) -> Read:
    read = Read(0, None, [], {})

    def ask(name: str, reader: Any) -> Any:
        try:
            return reader(told.get(name, ""))
        except typed.Unread as fault:
            read.errors[name] = str(fault)
            return None

    read.budget = ask("budget", typed.cents) or 0
    if told.get("target"):
        read.target = ask("target", typed.number)
    for one in kinds:
        share = ask(f"share-{one.id}", typed.share)
        unused = share == 0 and not told.get(f"tariff-{one.id}")
        cents = 0 if unused else ask(f"tariff-{one.id}", typed.cents)
        if share and cents == 0:
            read.errors[f"tariff-{one.id}"] = _("Een toekenning kost meer dan 0 euro. Ingevuld is: 0")
        read.kinds.append(Kind(one.id, cents or 0, share or Fraction(0)))
    whole = sum((one.share for one in read.kinds), Fraction(0))
    if whole != 1 and not any(name.startswith("share-") for name in read.errors):
        words_ = _("De aandelen zijn samen %(whole)s procent. Samen moeten zij 100 procent zijn.")
        read.errors[f"share-{kinds[-1].id}"] = words_ % {"whole": number(whole * 100)}
    return read


def _found(read: Read, kinds: list[KindOf]) -> dict[str, Any]:
    """Describe what the budget gives, and what the number wanted takes."""
    names = {one.id: one.name for one in kinds}
    gives = volume(read.budget, read.kinds)
    found = {
        "gives": _told(gives, names),
        "budget": euros(read.budget),
        "left": euros(gives.left_cents),
        "target": None,
    }
    if read.target is not None:
        takes = budget_for(read.target, read.kinds)
        short = takes.cents - read.budget
        found["target"] = _told(takes, names) | {
            "short": euros(short) if short > 0 else "",
            "over": euros(-short) if short <= 0 else "",
            "fewer": number(read.target - gives.number) if gives.number < read.target else "",
        }
    return found


def _told(found: Volume, names: dict[str, str]) -> dict[str, Any]:
    return {
        "number": number(found.number),
        "cents": euros(found.cents),
        "whole": found.cents,
        "lines": [
            {
                "name": names[line.name],
                "number": number(line.number),
                "money": euros(line.cents),
                "cents": line.cents,
            }
            for line in found.lines
        ],
    }


def _first_fields(told: dict[str, str], errors: dict[str, str]) -> list[dict[str, Any]]:
    return [
        field(
            "budget", "line", _("Budget in euro's"), told, help=_("Begint met het plafond van dit tijdvak."), short=True,
            needed=True, error=errors.get("budget", ""),
        ),
        field(
            "target", "line", _("Hoeveel toekenningen wilt u?"), told, short=True, error=errors.get("target", ""),
            help=_("Mag leeg blijven. Vult u dit in, dan ziet u welk budget daarvoor nodig is."),
        ),
    ]  # fmt: skip


def _fields(one: KindOf, told: dict[str, str], errors: dict[str, str]) -> dict[str, Any]:
    """Give the fields of a kind: what one grant costs, and which share of the grants it is."""
    if one.cents is None:
        from_file = _("De regeling geeft hiervoor geen bedrag. Vul zelf een bedrag in.")
    elif one.exact:
        from_file = _("Volgens de regeling: %(amount)s.") % {"amount": euros(one.cents)}
    else:
        from_file = _("Volgens de regeling ten hoogste: %(amount)s.") % {"amount": euros(one.cents)}
    tariff, share = f"tariff-{one.id}", f"share-{one.id}"
    return {
        "name": one.name,
        "fields": [
            field(tariff, "line", _("Euro per toekenning"), told, help=from_file, short=True, error=errors.get(tariff, "")),
            field(
                share, "line", _("Aandeel in procenten"), told, help=_("Van elke honderd toekenningen zoveel."), short=True,
                error=errors.get(share, ""),
            ),
        ],
    }  # fmt: skip
