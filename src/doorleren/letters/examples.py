"""What a letter is filled with where somebody looks at it before it is sent: the examples of its variables, as its kind and language ask."""

from collections.abc import Mapping
from typing import Any

from doorleren.core.texts import in_language
from doorleren.letters.variables import Reason, Sum, examples
from doorleren.rules.provisions import provision_of, what_is_meant

ANSWERS = (
    "objection_upheld", "objection_partly_upheld", "objection_rejected", "objection_inadmissible", "debt_objection_upheld",
    "correction_upheld", "correction_upheld_in_part", "correction_rejected", "correction_inadmissible",
)  # fmt: skip
"""Kinds of letters that answer an objection: the court is next."""
_MEANT = "refuse"
_ENGLISH: Mapping[str, Any] = {
    "as_advance": "as an advance",
    "plan_says": "the same amount each month, on the last day of the month",
    "service": "Example help: guidance to other work",
    "parts": (Sum("part 1, by 13-04-2026", 4_998), Sum("part 2, by 13-05-2026", 4_997)),
    "reasons": (
        Reason("the participant is 18 or older", True, "born on 1 April 1985", "Voorbeeldregeling, art. 5"),
        Reason("the training begins within 3 months", False, "the training begins on 1 September 2026"),
    ),
    "calculation": (Sum("price of the training", 69_995), Sum("at most", 100_000), Sum("you receive", 69_995, True)),
    "missing": ("the proof of enrolment",),
    "attachments": ("Annex 1: pieces that the decision rests on",),
    "obligations": ("you follow the training", "you keep the proof of participation"),
    "heard_at": "Tuesday 7 April 2026 at 10:00",
    "grounds": "it seems that the training was not followed",
    "question": "Did you follow the training?",
    "weighing": "we took into account that you followed a part of the training",
    "penalty_days": "20 days",
    "late_with": "your application",
    "objection_where": ("in My applications", "by letter to the organisation above"),
    "objected_on": "2 March 2026",
    "court": "the court in the place where you live",
    "advance_parts": (Sum("part 1, from 01-04-2026", 69_995), Sum("the advance", 69_995, True)),
    "financing": (Sum("this grant", 69_995), Sum("training fund", 30_005), Sum("the cost", 100_000, True)),
}  # fmt: skip


def examples_of(name: str, language: str) -> dict[str, Any]:
    """Give a value for every variable of the template of a name ("granted.loan"), in a language."""
    kind, _, procedure = name.partition(".")
    words = provision_of(procedure)
    found = examples() | (dict(_ENGLISH) if language == "en" else {})
    found |= {
        "provision": in_language(words.name, language), "a_provision": in_language(words.one, language),
        "meant": what_is_meant(_MEANT, procedure, language),
    }  # fmt: skip
    return found | ({"objection_open": False, "appeal_open": True} if kind in ANSWERS else {})
