"""What another order of treatment would have given, on the applications that came in. A simulation: a GET that writes nothing.

No application or person is named: only counts and sums, by kind of applicant.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doorleren.applications.queries import tracks_of
from doorleren.rounds.access import FORECAST
from doorleren.rounds.came_in import announced_treatment, came_in
from doorleren.rounds.models import Allocation, Round, Ticket
from doorleren.rounds.pot import Ceiling
from doorleren.rounds.queries import ids_of
from doorleren.rounds.what_if import ORDERS, Tally, Treatment, WhatIf, spread
from doorleren.rounds.what_if import what_if as treat
from doorleren.web.officer import typed_figures as typed
from doorleren.web.officer.asked import field, given, table
from doorleren.web.officer.budget import track_name, track_of_tickets, trail
from doorleren.web.officer.official import official, page
from doorleren.web.officer.round_words import part_name
from doorleren.web.officer.rounds import round_of
from doorleren.web.officer.typed_amounts import written_cents
from doorleren.web.public import words
from doorleren.web.public.values import euros, number
from doorleren.web.rounds.written import name_of

TRIES = ("1", "5", "10", "20")
MOST_AT_ONCE = 1_000_000
"""Applications times tries: beyond it a page would take more than some seconds."""


@page
@require_safe
def what_if(request: HttpRequest, number: int) -> HttpResponse:
    """Show the form and, once it is filled in, both outcomes side by side."""
    asking = official(request, FORECAST)
    row = round_of(asking, number, FORECAST)
    announced = announced_treatment(row)
    asked = bool(request.GET)
    told = given(request.GET) if asked else _start(announced)
    came = Ticket.objects.filter(id__range=ids_of(row.pk)).count()
    read = _read(told, announced, came) if announced else None
    errors = read.errors if read and asked else {}
    runs = read is not None and asked and not errors and came > 0
    return render(request, "officer/round_what_if.html", {
        "name": name_of(row),
        "possible": announced is not None,
        "came_in": came,
        "fields": _fields(told, errors, announced) if announced else [],
        "errors": [{"name": name, "text": text} for name, text in errors.items()],
        "found": _found(row, announced, read) if announced and read and runs else None,
        "back": reverse("officer-round", args=[row.pk]),
        "trail": trail(row, _("Wat als de volgorde anders was?")),
    }, status=422 if errors else 200)  # fmt: skip


@dataclass(slots=True)
class Read:
    """What was typed: the rules to try, how often, and what is wrong by field."""

    tried: Treatment
    tries: int
    errors: dict[str, str]


def _start(announced: Treatment | None) -> dict[str, str]:
    """Give what the form starts with: the rules as announced."""
    if announced is None:
        return {}
    pot = announced.pot
    ceiling = pot.ceiling
    return {
        "order": announced.order,
        "last": "partly" if pot.partly else "whole",
        "after_miss": "continue" if pot.goes_on else "stop",
        "ceiling": "" if ceiling.cents is None else written_cents(ceiling.cents),
        "ceiling_number": "" if ceiling.number is None else str(ceiling.number),
        "tries": "5",
    }


def _read(told: dict[str, str], announced: Treatment, came: int) -> Read:
    """Read the rules to try; what is left out is as announced, and an emptied ceiling is none."""
    told, errors = _start(announced) | told, {}
    allowed = {"order": ORDERS, "last": ("whole", "partly"), "after_miss": ("stop", "continue"), "tries": TRIES}
    for name, values in allowed.items():
        if told[name] not in values:
            errors[name] = _("Kies iets uit de lijst.")
    ceiling = {
        name: _ceiling(name, told[name], reader, errors)
        for name, reader in (("ceiling", typed.cents), ("ceiling_number", typed.number))
    }
    if errors:
        return Read(announced, 1, errors)
    tries = int(told["tries"])
    if tries > 1 and came * tries > MOST_AT_ONCE:
        most = max(one for one in (1, 5, 10, 20) if one == 1 or came * one <= MOST_AT_ONCE)
        errors["tries"] = _("Bij zoveel aanvragen kan het ten hoogste %(most)s keer. Gekozen is: %(tries)s") % {
            "most": most, "tries": tries,
        }  # fmt: skip
    try:
        whole = Ceiling(ceiling["ceiling"], ceiling["ceiling_number"])
        pot = replace(
            announced.pot, ceiling=whole, partly=told["last"] == "partly", goes_on=told["after_miss"] == "continue"
        )
        return Read(replace(announced, order=told["order"], pot=pot), tries, errors)
    except ValueError:
        errors |= _below_what_is_apart(announced, whole)
        return Read(announced, 1, errors)


def _ceiling(name: str, text: str, reader: Callable[[str], int], errors: dict[str, str]) -> int | None:
    try:
        return reader(text) if text else None
    except typed.Unread as fault:
        errors[name] = str(fault)
        return None


def _below_what_is_apart(announced: Treatment, whole: Ceiling) -> dict[str, str]:
    """Say which ceiling is lower than what is set apart within it."""
    found, parts = {}, announced.pot.apart.values()
    cents, many = sum(one.cents or 0 for one in parts), sum(one.number or 0 for one in parts)
    if whole.cents is not None and whole.cents < cents:
        words_ = _("Dit is minder dan wat apart is gezet. Ten minste nodig is: %(least)s")
        found["ceiling"] = words_ % {"least": euros(cents)}
    if whole.number is not None and whole.number < many:
        words_ = _("Dit is minder dan wat apart is gezet. Ten minste nodig is: %(least)s")
        found["ceiling_number"] = words_ % {"least": many}
    return found


def _fields(told: dict[str, str], errors: dict[str, str], announced: Treatment) -> list[dict[str, Any]]:
    told = _start(announced) | told
    said = words.orders() | {"arrival": words.order_said("arrival", by_day=announced.per_day)}
    last = [
        ("whole", _("krijgt niets")), ("partly", _("krijgt wat er over is")),
    ]  # fmt: skip
    after = [("stop", _("is het klaar")), ("continue", _("kunnen kleinere aanvragen nog wel"))]
    found = [
        field("order", "choice", _("Volgorde van behandeling"), told, options=[(one, said[one]) for one in ORDERS]),
        field("last", "choice", _("Wie niet meer helemaal in de pot past"), told, options=last),
        field("after_miss", "choice", _("Daarna"), told, options=after),
        field("ceiling", "line", _("Plafond in euro's"), told, short=True, help=_("Leeg is zonder plafond in geld.")),
        field(
            "ceiling_number", "line", _("Plafond in aantal"), told, short=True, help=_("Leeg is zonder plafond in aantal.")
        ),
        field(
            "tries", "choice", _("Hoe vaak loten?"), told, options=[(one, one) for one in TRIES],
            help=_("Met een loting is de uitkomst elke keer anders. Vaker loten laat zien hoe ver dat uit elkaar ligt."),
        ),
    ]  # fmt: skip
    return [one | {"error": errors.get(one["name"], "")} for one in found]


def _found(row: Round, announced: Treatment, read: Read) -> dict[str, Any]:
    """Treat what came in both ways, and describe the outcomes."""
    tracks = {one.id: track_name(one) for one in tracks_of(row)}
    labels = {key: tracks.get(track, track) for key, track in track_of_tickets(row).items()}
    drawn = Allocation.objects.values_list("seed", flat=True).get(pk=row.pk)
    seeds = [f"simulatie {one}" for one in range(1, read.tries + 1)]
    found = treat(came_in(row, labels), announced, read.tried, seed=drawn or seeds[0], seeds=seeds)
    one = read.tried.pot.ceiling
    return {
        "table": _side_by_side(found),
        "kinds": _by_kind(found, labels) if len(found.announced.kinds) > 1 else None,
        "changes": _changes(found),
        "tries": len(found.tries),
        "undrawn": announced.by_chance and not drawn,
        "ceiling_without_money": read.tried.order == "pro_rata" and one.cents is None,
        "number": number(found.announced.whole.number),
        "order": words.order_said(read.tried.order, by_day=read.tried.per_day and read.tried.order == "arrival"),
        "announced": words.order_said(announced.order, by_day=announced.per_day),
    }


def _side_by_side(found: WhatIf) -> dict[str, Any]:
    """Describe both outcomes in one table."""
    columns = [_("Uitkomst"), _("Zoals bekendgemaakt"), _("In de simulatie")]
    rows = [[label, *_pair(found, get, show)] for label, get, show in _measures()]
    return table("outcome", _("Wat er uit komt"), columns, rows)


def _by_kind(found: WhatIf, labels: dict[str, str]) -> dict[str, Any]:
    """Describe both outcomes by kind of applicant: how many are inside of how many, and their money."""
    columns = [
        _("Soort aanvrager"), _("Aanvragen"), _("Binnen, zoals bekendgemaakt"), _("Binnen in de simulatie"),
        _("Geld, zoals bekendgemaakt"), _("Geld in de simulatie"),
    ]  # fmt: skip
    named, rows = set(labels.values()), []
    for label, before in found.announced.kinds.items():
        tries = [tried.kinds[label] for tried in found.tries]
        rows.append([
            label if label in named else part_name(label),
            number(before.number),
            number(before.inside),
            _spread([one.inside for one in tries], number),
            euros(before.cents),
            _spread([one.cents for one in tries], euros),
        ])  # fmt: skip
    return table("kinds", _("Per soort aanvrager"), columns, rows)


def _changes(found: WhatIf) -> list[str]:
    """Say for how many something changes."""
    told = {
        "gained": _("%(n)s aanvragen zijn in de simulatie wel binnen, en zoals bekendgemaakt niet."),
        "lost": _("%(n)s aanvragen zijn in de simulatie niet binnen, en zoals bekendgemaakt wel."),
        "more": _("%(n)s aanvragen zijn beide keren binnen en krijgen in de simulatie meer."),
        "less": _("%(n)s aanvragen zijn beide keren binnen en krijgen in de simulatie minder."),
    }
    many = {name: [getattr(tried.changed, name) for tried in found.tries] for name in told}
    return [told[name] % {"n": _spread(values, number)} for name, values in many.items() if any(values)]


def _measures() -> list[tuple[str, Callable[[Tally], int], Callable[[int], str]]]:
    return [
        (_("Binnen"), lambda one: one.inside, number),
        (_("Buiten"), lambda one: one.outside, number),
        (_("Wacht op een plaats"), lambda one: one.waiting, number),
        (_("Geld voor wie binnen is"), lambda one: one.cents, euros),
    ]


def _pair(found: WhatIf, get: Callable[[Tally], int], show: Callable[[int], str]) -> tuple[str, str]:
    return show(get(found.announced.whole)), _spread([get(one.whole) for one in found.tries], show)


def _spread(values: list[int], show: Callable[[int], str]) -> str:
    """Write the mean with the lowest and highest behind it, or one value where they are all the same."""
    told = spread(values)
    if told.low == told.high:
        return show(told.mean)
    shown = {"mean": show(told.mean), "low": show(told.low), "high": show(told.high)}
    return _("%(mean)s (van %(low)s tot %(high)s)") % shown
