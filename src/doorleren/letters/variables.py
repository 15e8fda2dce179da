"""What a letter can speak of: the variables of all templates, with their kind and an example for the preview.

One table, so that a template which names something that nobody fills in is found before a letter is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

KINDS = ("text", "sentences", "day", "money", "number", "truth", "reasons", "sums", "lines")
"""`sentences`: words that somebody typed, or that stand in the law; a letter writes them as whole sentences (core/texts.py)."""
SPOKEN = ("text", "sentences", "day", "money", "number")
"""The kinds that can stand in a sentence."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition in a letter: the claim, whether it was met (None: could not be told), why, and where it stands."""

    text: str
    met: bool | None
    ground: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """One row of a calculation: what, and how many cents (None for a row of words alone)."""

    text: str
    cents: int | None
    total: bool = False


@dataclass(frozen=True, slots=True)
class Variable:
    """What a template may name: its kind, and an example."""

    kind: str
    example: Any


_OBJECTION = "uw bezwaar van 16 maart 2026"
_DECISION = "ons besluit van 2 maart 2026 om uw aanvraag voor een deel toe te kennen"

VARIABLES: Mapping[str, Variable] = {
    "reference": Variable("text", "DL-4K7P-92XC"),
    "body": Variable("text", "Voorbeeldorganisatie"),
    "recipient": Variable("text", "mevrouw A. Voorbeeld"),
    "address": Variable("lines", ("Voorbeeldstraat 1", "1234 AB Voorbeeldstad")),
    "scheme": Variable("text", "Voorbeeldregeling"),
    "provision": Variable("text", "subsidie"),
    "a_provision": Variable("text", "subsidie"),
    "as_advance": Variable("text", "als voorschot"),
    "applied_on": Variable("day", date(2026, 1, 5)),
    "asked_cents": Variable("money", 100_000),
    "granted_cents": Variable("money", 69_995),
    "advance_cents": Variable("money", 69_995),
    "settled_cents": Variable("money", 60_000),
    "recovered_cents": Variable("money", 9_995),
    "paid_cents": Variable("money", 69_995),
    "open_cents": Variable("money", 9_995),
    "left_cents": Variable("money", 15_000),
    "lent_cents": Variable("money", 69_995),
    "remitted_cents": Variable("money", 20_000),
    "month_cents": Variable("money", 5_915),
    "last_cents": Variable("money", 5_908),
    "months": Variable("number", 12),
    "rate": Variable("text", "2,57%"),
    "last_by": Variable("day", date(2027, 12, 31)),
    "rate_day": Variable("day", date(2027, 1, 1)),
    "first_by": Variable("day", date(2027, 1, 31)),
    "repayment_known": Variable("truth", True),
    "repayment_unknown": Variable("truth", False),
    "plan_says": Variable("text", "elke maand hetzelfde bedrag, op de laatste dag van de maand"),
    "plan_assumed": Variable("truth", True),
    "fee_cents": Variable("money", 800),
    "interest_cents": Variable("money", 23),
    "set_off_cents": Variable("money", 5_000),
    "other_reference": Variable("text", "DL-8M2R-41TB"),
    "payee": Variable("text", "Voorbeeldopleider"),
    "service": Variable("text", "Voorbeeldhulp: begeleiding naar ander werk"),
    "provided_by": Variable("text", "Voorbeeldteam"),
    "account": Variable("text", "NL91 ABNA 0417 1643 00"),
    "account_name": Variable("text", "Voorbeeldorganisatie"),
    "account_known": Variable("truth", True),
    "account_unknown": Variable("truth", False),
    "at_once": Variable("truth", False),
    "in_parts": Variable("truth", True),
    "parts_number": Variable("number", 2),
    "parts": Variable("sums", (Sum("deel 1, uiterlijk 21-06-2027", 4_998), Sum("deel 2, uiterlijk 21-07-2027", 4_997))),
    "meant": Variable("text", "uw aanvraag af te wijzen"),
    "amount_changes": Variable("truth", True),
    "amount_stays": Variable("truth", False),
    "last_day_moves": Variable("truth", True),
    "last_day_set": Variable("truth", False),
    "before_until": Variable("day", date(2026, 12, 31)),
    "pay_by": Variable("day", date(2026, 4, 13)),
    "reasons": Variable(
        "reasons",
        (
            Reason("de deelnemer is 18 jaar of ouder", True, "geboren op 1 april 1985", "Voorbeeldregeling, art. 5"),
            Reason("de opleiding begint binnen 3 maanden", False, "de opleiding begint op 1 september 2026"),
        ),
    ),
    "calculation": Variable(
        "sums", (Sum("prijs van de opleiding", 69_995), Sum("ten hoogste", 100_000), Sum("u krijgt", 69_995, True))
    ),
    "missing": Variable("lines", ("het bewijs van inschrijving",)),
    "attachments": Variable("lines", ("Bijlage 1: stukken waarop het besluit rust",)),
    "obligations": Variable("lines", ("u volgt de opleiding", "u bewaart het bewijs van deelname")),
    "activities_until": Variable("day", date(2026, 12, 31)),
    "settle_until": Variable("day", date(2027, 6, 4)),
    "claim_until": Variable("day", date(2027, 1, 31)),
    "complete_until": Variable("day", date(2026, 1, 26)),
    "respond_until": Variable("day", date(2026, 3, 16)),
    "new_until": Variable("day", date(2026, 5, 4)),
    "in_use_from": Variable("day", date(2026, 3, 4)),
    "forwarded_to": Variable("text", "Voorbeeldinstantie"),
    "heard_at": Variable("text", "dinsdag 7 april 2026 om 10.00 uur"),
    "inspect_from": Variable("day", date(2026, 3, 31)),
    "suspended_until": Variable("day", date(2026, 6, 15)),
    "grounds": Variable("sentences", "de opleiding lijkt niet te zijn gevolgd"),
    "corrected": Variable("text", "naam@voorbeeld.nl"),
    "told": Variable("lines", ("Voorbeeldopleider",)),
    "question": Variable("sentences", "Hebt u de opleiding gevolgd?"),
    "weighing": Variable("sentences", "wij hebben meegewogen dat u een deel van de opleiding hebt gevolgd"),
    "note": Variable("sentences", ""),
    "penalty_days": Variable("text", "20 dagen"),
    "noticed_on": Variable("day", date(2026, 7, 8)),
    "late_with": Variable("text", f"{_OBJECTION} tegen {_DECISION}"),
    "penalty_cents": Variable("money", 53_200),
    "objection_open": Variable("truth", True),
    "objection_where": Variable("lines", ("via Mijn aanvragen", "per brief aan de organisatie hierboven")),
    "pays_back": Variable("truth", True),
    "objection_joins": Variable("truth", False),
    "objected_on": Variable("text", "16 maart 2026"),
    "this_objection": Variable("text", _OBJECTION),
    "decision": Variable("text", _DECISION),
    "appeal_open": Variable("truth", False),
    "court": Variable("text", "de rechtbank in uw woonplaats"),
    "proof_later": Variable("truth", True),
    "settled_now": Variable("truth", False),
    "has_advance": Variable("truth", True),
    "has_advance_parts": Variable("truth", False),
    "advance_changes": Variable("truth", True),
    "advance_parts": Variable("sums", (Sum("deel 1, vanaf 01-04-2026", 69_995), Sum("het voorschot", 69_995, True))),
    "advance_waits": Variable("truth", False),
    "has_financing": Variable("truth", False),
    "financing": Variable(
        "sums", (Sum("deze subsidie", 69_995), Sum("O&O-fonds", 30_005), Sum("de kosten", 100_000, True))
    ),
    "has_fee": Variable("truth", True),
    "interest_free": Variable("truth", False),
    "interest_runs": Variable("truth", True),
    "has_note": Variable("truth", False),
    "lacks": Variable("truth", True),
    "place_last": Variable("truth", False),
    "place_by_completion": Variable("truth", True),
    "has_score": Variable("truth", False),
    "has_rank": Variable("truth", False),
    "score": Variable("text", "13,5"),
    "most_score": Variable("text", "20"),
    "rank": Variable("number", 2),
    "ranked_number": Variable("number", 5),
}
"""Every variable. Money is whole cents; lines, reasons and sums are written as lists and tables."""


def examples() -> dict[str, Any]:
    """Give a value for every variable, for a preview."""
    return {name: one.example for name, one in VARIABLES.items()}
