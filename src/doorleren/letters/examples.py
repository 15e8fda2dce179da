"""What a letter is filled with where somebody looks at it before it is sent: one invented life, from application to the last debt.

Each letter has its own day in that life (`day_of_example`); what is other than in the table of variables stands in letters/example_life.py.
"""

from datetime import date
from typing import Any

from doorleren.core.texts import in_language
from doorleren.letters.example_life import ATTACHED, DAYS, ENGLISH, OWN, Said
from doorleren.letters.variables import Sum, examples
from doorleren.rules.provisions import provision_of, what_is_meant

ANSWERS = (
    "objection_upheld", "objection_partly_upheld", "objection_rejected", "objection_inadmissible", "debt_objection_upheld",
    "correction_upheld", "correction_upheld_in_part", "correction_rejected", "correction_inadmissible",
)  # fmt: skip
"""Kinds of letters that answer an objection: the court is next."""
_MEANT = "refuse"
_GETS = ("u krijgt", "you receive")
"""The last row of what is calculated for a grant; another procedure has its own word for it."""


def day_of_example(name: str) -> date:
    """Give the day of the letter of a template in the invented life; one of a kind that is not in it has that of a decision."""
    kind = name.partition(".")[0]
    return DAYS.get(name) or DAYS.get(kind) or DAYS["granted"]


def examples_of(name: str, language: str) -> dict[str, Any]:
    """Give a value for every variable of the template of a name ("granted.loan"), in a language, as the life stands on its day."""
    kind, _, procedure = name.partition(".")
    words = provision_of(procedure)
    found = examples() | (dict(ENGLISH) if language == "en" else {})
    found |= {
        "provision": in_language(words.name, language), "a_provision": in_language(words.one, language),
        "as_advance": in_language(words.as_advance, language), "meant": what_is_meant(_MEANT, procedure, language),
    }  # fmt: skip
    if kind not in ATTACHED:
        found["attachments"] = ()
    for own in (OWN.get(kind, {}), OWN.get(name, {}) if procedure else {}):
        found |= {key: _in(value, language) for key, value in own.items()}
    found["calculation"] = _named(found["calculation"], in_language(words.gets, language))
    return found | ({"objection_open": False, "appeal_open": True} if kind in ANSWERS else {})


def _in(value: Any, language: str) -> Any:
    return (value.en if language == "en" else value.nl) if isinstance(value, Said) else value


def _named(rows: tuple[Sum, ...], gets: str) -> tuple[Sum, ...]:
    return tuple(Sum(gets, one.cents, one.total) if one.text in _GETS else one for one in rows)
