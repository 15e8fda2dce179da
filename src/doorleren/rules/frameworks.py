"""Frameworks of administrative law: the term for deciding and the arrangement by amount of a grant (`law/frameworks.toml`).

What a scheme sets differently (`[procedure]` of its file, `Handling`) goes before its framework. Called by `cases` for
terms, by `decisions` and `payments` for advance, proof and settlement. Amounts are whole cents.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from doorleren.core.texts import Texts
from doorleren.rules.shape import Part

PROCEDURES = ("grant_settle", "reserve_claim", "direct", "purchase", "loan", "service", "none")
BASES = ("units", "lump_sum", "actual_costs")
BEGINNINGS = ("receipt", "round_end")
WAYS_TO_SETTLE = ("with_grant", "ex_officio", "on_request", "on_delivery", "on_repayment")
USUAL_BASIS = {"fixed": "lump_sum"}
"""Of a kind of amount; assumption: every other kind pays actual costs, unless the scheme says otherwise."""


class NoArrangement(LookupError):
    """No arrangement of the framework fits; the message names the framework, the procedure, the basis and the amount."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """Within which kind of term is decided, and what starts it: the receipt or the end of the round."""

    term: str
    begins: str
    source: str
    longer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Advance:
    """The share of the grant that is paid before the settlement; None: spread evenly over the time of the activities."""

    share: Fraction | None
    source: str


@dataclass(frozen=True, slots=True)
class Settling:
    """How is settled; within which term the recipient asks for it ("" for none) and the authority decides."""

    how: str
    request: str
    term: str
    source: str


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What holds between two amounts: advance, what must be proven (`sample`: only when asked), how is settled.

    `auditor_from`: from this amount on with an auditor's report; None for never.
    """

    id: str
    name: Texts
    procedures: frozenset[str]
    bases: frozenset[str]
    from_cents: int
    below_cents: int | None
    advance: Advance
    proof: tuple[str, ...]
    sample: bool
    auditor_from: int | None
    settling: Settling

    def fits(self, procedure: str, basis: str, cents: int) -> bool:
        """Say whether it holds for a grant of this amount."""
        within = self.from_cents <= cents and (self.below_cents is None or cents < self.below_cents)
        return procedure in self.procedures and basis in self.bases and within


@dataclass(frozen=True, slots=True)
class Framework:
    """What schemes share that name it. `objection`: whether the Awb's objection and appeal are open."""

    id: str
    name: Texts
    source: str
    objection: bool
    deciding: Deciding
    retention: str
    retention_source: str
    arrangements: tuple[Arrangement, ...]

    def arrangement(self, procedure: str, basis: str, cents: int) -> Arrangement:
        """Give what holds for a grant of so many cents. Raises NoArrangement."""
        found = next((one for one in self.arrangements if one.fits(procedure, basis, cents)), None)
        if found is None:
            raise NoArrangement(f"framework {self.id}: nothing for {procedure}, {basis}, {cents} cents")
        return found


@dataclass(frozen=True, slots=True)
class Frameworks:
    """All frameworks by id."""

    by_id: Mapping[str, Framework]

    @classmethod
    def read(cls, path: Path) -> "Frameworks":
        """Read `law/frameworks.toml`. Raises SchemeFault, which names the place, what was given and what is allowed."""
        part = Part(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
        elsewhere = tuple(_arrangement(one) for one in part.parts("elsewhere"))
        found = [_framework(one, elsewhere) for one in part.parts("framework")]
        part.finish()
        return cls({one.id: one for one in found})

    def of(self, name: str) -> Framework:
        """Give a framework by id. Raises KeyError, which names those that there are."""
        if name not in self.by_id:
            raise KeyError(f"framework: given {name!r}, allowed is {', '.join(self.by_id)}")
        return self.by_id[name]


def _framework(part: Part, elsewhere: tuple[Arrangement, ...]) -> Framework:
    deciding, retention = part.table("decision"), part.table("retention")
    framework = Framework(
        id=part.required("id", str),
        name=part.own_texts(),
        source=part.required("source", str),
        objection=part.required("objection", bool),
        deciding=Deciding(
            deciding.required("term", str),
            deciding.choice("from", BEGINNINGS),
            deciding.required("source", str),
            tuple(part.optional("longer_decision", list, [])),
        ),
        retention=retention.required("term", str),
        retention_source=retention.required("source", str),
        arrangements=(*(_arrangement(one) for one in part.parts("arrangement")), *elsewhere),
    )
    for one in (deciding, retention, part):
        one.finish()
    return framework


def _arrangement(part: Part) -> Arrangement:
    found = Arrangement(
        id=part.required("id", str),
        name=part.own_texts(),
        procedures=_among(part, "procedures", PROCEDURES),
        bases=_among(part, "bases", BASES),
        from_cents=part.optional("from_cents", int, 0),
        below_cents=part.optional("below_cents", int),
        advance=_advance(part.table("advance")),
        proof=tuple(part.optional("proof", list, [])),
        sample=part.optional("sample", bool, False),
        auditor_from=part.optional("auditor_from_cents", int),
        settling=_settling(part.table("settle")),
    )
    part.finish()
    return found


def _among(part: Part, key: str, allowed: tuple[str, ...]) -> frozenset[str]:
    given = part.optional(key, list, list(allowed))
    for one in given:
        if one not in allowed:
            part.refuse(key, one, ", ".join(allowed))
    return frozenset(given)


def _advance(part: Part) -> Advance:
    spread, share = part.optional("spread", bool, False), part.optional("share", str)
    if spread == (share is not None):
        part.refuse("share", share, "a share as text, such as '0.5', or spread = true, and one of both")
    found = Advance(None if share is None else Fraction(share), part.required("source", str))
    part.finish()
    return found


def _settling(part: Part) -> Settling:
    found = Settling(
        part.choice("how", WAYS_TO_SETTLE),
        part.optional("request", str, ""),
        part.required("term", str),
        part.required("source", str),
    )
    part.finish()
    return found
