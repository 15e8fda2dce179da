"""A loan as people read it, the same for its party and for officials: what is left, the next instalment, the plan and by what it is made."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from doorleren.cases.models import Case
from doorleren.core.money import euros
from doorleren.decisions.debts import Paid, State
from doorleren.payments.loans import Loan, loan_of
from doorleren.rules.frameworks import LOAN
from doorleren.web import known
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import day_in_words, value_in_unit
from doorleren.web.public.words import law_said

AHEAD = 12
"""How many instalments of a plan are shown, from the first that is open."""


def loan_at(case: Case, today: date) -> Loan | None:
    """Give the loan of a case on a day; None where it has none."""
    return loan_of(case, today) if case.procedure == LOAN else None


def loan_sums(found: Loan | None) -> list[tuple[str, int]]:
    """Name the sums of a loan, in cents: what was repaid, what is left, what is late and what comes next."""
    if found is None:
        return []
    rows = [
        (_("Rente op de lening"), found.interest),
        (_("Afgelost"), found.repaid),
        (_("Nog terug te betalen"), found.left),
    ]
    if found.remitted:
        rows.insert(2, (_("Kwijtgescholden"), found.remitted))
    if found.overdue:
        rows.append((_("Daarvan te laat"), found.overdue))
    if found.next is not None:
        day = day_in_words(found.next.instalment.day)
        rows.append((_("Volgende termijn, uiterlijk %(day)s") % {"day": day}, found.next_cents))
    return rows


def plan_shown(found: Loan | None) -> dict[str, Any] | None:
    """Describe the plan of repayment: how it is made, with its sources, and the next instalments, or that all was repaid; None where there is no loan."""
    if found is None:
        return None
    law, assumption = found.law, found.assumption
    told: dict[str, Any] = {"says": "", "assumption": "", "sources": [], "rows": []}
    if law is None or not found.left:
        return told | {"says": _without_a_plan(found) if found.left else _("Van de lening staat niets meer open.")}
    told["says"] = _("Terugbetalen begint op %(day)s en duurt %(months)s maanden, tegen %(rate)s rente per jaar.") % {
        "day": day_in_words(law.starts), "months": law.months, "rate": value_in_unit(law.rate, "share", known.library().vocabulary),
    }  # fmt: skip
    told["sources"] = list(dict.fromkeys(law.sources))
    if assumption is not None:
        told["assumption"], sources = in_language(assumption.says), law_said(assumption.source)
        told["sources"].append(sources)
    told["rows"] = [_row(one) for one in _ahead(found)]
    return told


def _ahead(found: Loan) -> tuple[Paid, ...]:
    return tuple(one for one in found.standing if one.state != "paid")[:AHEAD] if found.left else ()


def _row(one: Paid) -> dict[str, str]:
    return {
        "day": day_in_words(one.instalment.day),
        "amount": euros(one.instalment.cents),
        "stands": _stands()[one.state],
    }


def _stands() -> dict[State, str]:
    return {"paid": _("betaald"), "partly": _("voor een deel betaald"), "open": _("komt nog"), "late": _("te laat")}


def _without_a_plan(found: Loan) -> str:
    if found.stopped is None:
        return _("Er is nog geen plan: de laatste dag van de opleiding is niet bekend.")
    return _("Er is geen plan: de regeling noemt niet alles wat daarvoor nodig is voor dat jaar.")
