"""What the plans of a round foresee per path, beside a budget: a range, and a point in it that a policy maker chooses (P05)."""

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from doorleren.applications.plans.foreseen import Foreseen, expected, foreseen
from doorleren.applications.plans.paths import Sums
from doorleren.rounds.models import Round
from doorleren.web.applicant.plan_form import sector_words
from doorleren.web.officer import typed_figures as typed
from doorleren.web.officer.asked import field
from doorleren.web.public.values import euros, number

UPTAKE = "uptake"
HALFWAY = "50"
MOST = 100


def paths_told(row: Round, told: dict[str, str], budget: int | None) -> dict[str, Any] | None:
    """Describe what the plans foresee, for templates/officer/round_budget_paths.html; None where no plan came in.

    `told` is what was asked in the address; `budget` the budget in cents, None where it could not be read.
    """
    found = foreseen(row.pk)
    if not found.plans:
        return None
    typed_uptake, error, uptake = told.get(UPTAKE) or HALFWAY, "", Fraction(1, 2)
    try:
        uptake = typed.share(typed_uptake)
    except typed.Unread as fault:
        error = str(fault)
    people, cents = expected(found.sums, uptake)
    short = None if budget is None else cents - budget
    return {
        "plans": found.plans,
        "table": _table(found, uptake),
        "flows": _flows(found, uptake),
        "without": found.sums.without,
        "field": field(
            UPTAKE, "line", _("Hoeveel van de ruimte wordt benut, in procenten?"), {UPTAKE: typed_uptake}, short=True, error=error,
            help=_("0 is het laagste aantal van elk plan, 100 het hoogste."),
        ),
        "error": error,
        "people": number(people),
        "cents": euros(cents),
        "short": euros(short) if short is not None and short > 0 else "",
        "over": euros(-short) if short is not None and short <= 0 else "",
    }  # fmt: skip


def _table(found: Foreseen, uptake: Fraction) -> dict[str, Any]:
    rows = [_row(_between(one.from_work, one.to_work), one.plans, one.sums, uptake) for one in found.paths[:MOST]]
    return _written(_("Van werk naar werk"), [*rows, _row(_("Samen"), found.plans, found.sums, uptake)])


def _flows(found: Foreseen, uptake: Fraction) -> dict[str, Any] | None:
    """Describe the people between sectors; None where no path names two."""
    words = sector_words()
    rows = [
        _row(
            _between(words.get(one.from_sector, one.from_sector), words.get(one.to_sector, one.to_sector)),
            one.plans, one.sums, uptake,
        )
        for one in found.flows[:MOST]
    ]  # fmt: skip
    return _written(_("Van sector naar sector"), rows) if rows else None


def _written(first: str, rows: list[list[str]]) -> dict[str, Any]:
    columns = [
        {"label": first, "numeric": False}, {"label": _("Plannen"), "numeric": True},
        {"label": _("Deelnemers"), "numeric": True}, {"label": _("Kosten"), "numeric": True},
        {"label": _("Deelnemers bij uw keuze"), "numeric": True},
    ]  # fmt: skip
    return {
        "columns": columns,
        "rows": [
            {
                "cells": [
                    {"text": text, "numeric": column["numeric"], "label": column["label"]}
                    for text, column in zip(row, columns, strict=True)
                ]
            }
            for row in rows
        ],
    }


def _row(name: str, plans: int, sums: Sums, uptake: Fraction) -> list[str]:
    costs = _range(euros(sums.least_cents), euros(sums.most_cents)) if sums.most_cents else _("niet opgegeven")
    people = _range(number(sums.fewest), number(sums.most))
    return [name, number(plans), people, costs, number(expected(sums, uptake)[0])]


def _between(origin: str, target: str) -> str:
    return _("van %(from_work)s naar %(to_work)s") % {"from_work": origin, "to_work": target}


def _range(least: str, most: str) -> str:
    return least if least == most else _("%(least)s tot %(most)s") % {"least": least, "most": most}
