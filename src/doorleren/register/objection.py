"""How to object to a decision on admission: the sentence beneath it, from the dated law in `law/objection.toml`.

An application is no decision and has no sentence (Awb 6:3). No last day is given: the term begins when the decision
is made known, which is up to its letter.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache

from doorleren.core.texts import Texts
from doorleren.shipped import folder

OPEN_TO_OBJECTION = frozenset({"admitted", "refused", "suspended", "removed"})


@dataclass(frozen=True, slots=True)
class Term:
    """The term for objection from a day on: its weeks, the articles of the Awb, and whether objection suspends."""

    starts: date
    weeks: int
    article: str
    starts_article: str
    suspends: bool
    suspends_article: str


def how_to_object(act: str, on: date, authority: str = "", page: str = "") -> Texts | None:
    """Say how to object to an act decided on a day; None for what is no decision. Raises LookupError before the law.

    `authority` is the name of the body that decided, with its address where that is known; without it the sentence
    says "the authority that took it". `page` is the address on the web where that body takes objections, if any.
    """
    if act not in OPEN_TO_OBJECTION:
        return None
    term = term_on(on)
    stops = ("Bezwaar houdt het besluit tegen", "An objection suspends the decision") if term.suspends else (
        "Bezwaar houdt het besluit niet tegen", "An objection does not suspend the decision",
    )  # fmt: skip
    online = (f", of via {page}", f", or at {page}") if page else ("", "")
    where_nl = authority or "de instantie die het nam"
    where_en = authority or "the authority that took it"
    return {
        "nl": f"Bent u het niet eens met dit besluit? Maak dan binnen {term.weeks} weken bezwaar bij {where_nl}{online[0]}. "
        "De termijn begint op de dag na die waarop het besluit aan u bekend is gemaakt (artikel "
        f"{term.article} en {term.starts_article} Awb). {stops[0]} (artikel {term.suspends_article} Awb).",
        "en": f"Do you disagree with this decision? Then object within {term.weeks} weeks with {where_en}{online[1]}. "
        f"The term starts on the day after the decision was made known to you (articles {term.article} and "
        f"{term.starts_article} Awb). {stops[1]} (article {term.suspends_article} Awb).",
    }


def term_on(on: date) -> Term:
    """Give the term that the law gives on a day. Raises LookupError for a day before the first one."""
    known = [one for one in _terms() if one.starts <= on]
    if not known:
        raise LookupError(f"law/objection.toml has no term for {on.isoformat()}")
    return max(known, key=lambda one: one.starts)


@cache
def _terms() -> tuple[Term, ...]:
    with (folder("law") / "objection.toml").open("rb") as file:
        rows = tomllib.load(file)["term"]
    return tuple(Term(row.pop("from"), **row) for row in rows)
