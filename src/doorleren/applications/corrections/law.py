"""What the law says of correcting on request, and of objecting to the answer: `law/corrections.toml`, read. Counting: core/terms.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from doorleren.applications.models import OBJECTION_ENDS
from doorleren.cases.frameworks import law_of_terms
from doorleren.core.terms import Reckoned, Terms
from doorleren.core.texts import Texts
from doorleren.rules.shape import Part, part_of
from doorleren.shipped import folder

TERM = "correction"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason for which a request is refused: in words, and its article."""

    id: str
    texts: Texts
    article: Texts
    source: str


@dataclass(frozen=True, slots=True)
class Unheard:
    """Why an objector need not be heard, and the one decision that it goes with ("": any)."""

    texts: Texts
    only: str


@dataclass(frozen=True, slots=True)
class ObjectionLaw:
    """Objecting to an answer: its terms (kinds of law/terms.toml), days that post may take, the court, when nobody need be heard."""

    objecting: str
    deciding: str
    appeal: str
    post_days: int
    court: Texts
    unheard: Mapping[str, Unheard]


@dataclass(frozen=True, slots=True)
class CorrectionLaw:
    """The first day from which it holds, the term with how it shifts, the article of each act, the reasons to refuse, objecting."""

    first_day: date
    terms: Terms
    articles: Mapping[str, Texts]
    refusals: Mapping[str, Refusal]
    objection: ObjectionLaw

    @classmethod
    def read(cls, path: Path) -> "CorrectionLaw":
        """Read the file. Raises SchemeFault or BadTerm that names what is wrong in it."""
        part = part_of(path)
        first_day = part.required("from", date)
        part.required("from_source", str)
        articles = dict(_article(one) for one in part.parts("article"))
        refusals = {one.id: one for one in map(_refusal, part.parts("refusal"))}
        objection = _objection(part.table("objection"), dict(map(_unheard, part.parts("unheard"))))
        part.required("shifting")
        part.required("term")
        part.finish()
        return cls(first_day, Terms.read(path), articles, refusals, objection)

    def reckon(self, asked_on: date, *, extended: bool = False) -> Reckoned:
        """Count the term of a request that was received on a day. Raises ValueError for a day before the law held."""
        if asked_on < self.first_day:
            raise ValueError(f"asked_on: given is {asked_on}, allowed is {self.first_day} or later")
        return self.terms.reckon(TERM, asked_on, extended=extended)


@lru_cache(maxsize=1)
def correction_law() -> CorrectionLaw:
    """Read the law once."""
    return CorrectionLaw.read(folder("law") / "corrections.toml")


def _article(part: Part) -> tuple[str, Texts]:
    found = part.required("id", str), part.own_texts()
    part.required("source", str)
    part.finish()
    return found


def _unheard(part: Part) -> tuple[str, Unheard]:
    only = part.choice("only", ("", *OBJECTION_ENDS), "")
    found = part.required("id", str), Unheard(part.own_texts(), only)
    part.required("source", str)
    part.finish()
    return found


def _objection(part: Part, unheard: Mapping[str, Unheard]) -> ObjectionLaw:
    kinds = tuple(law_of_terms().kinds)
    found = ObjectionLaw(
        part.choice("objecting", kinds), part.choice("deciding", kinds), part.choice("appeal", kinds),
        part.required("post_days", int), part.texts("court"), unheard,
    )  # fmt: skip
    for name in ("terms_source", "post_source", "court_source"):
        part.required(name, str)
    part.finish()
    return found


def _refusal(part: Part) -> Refusal:
    found = Refusal(
        part.required("id", str), part.own_texts(), part.texts("article"), part.required("source", str)
    )  # fmt: skip
    part.finish()
    return found
