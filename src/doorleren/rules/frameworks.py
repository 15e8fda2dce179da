"""Frameworks of administrative law: the term for deciding and the arrangement by amount of a grant (`law/frameworks.toml`).

What a scheme sets differently (`[procedure]` of its file, `Handling`) goes before its framework. Called by `cases` for
terms, by `decisions` and `payments` for advance, proof and settlement. Amounts are whole cents.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from doorleren.core.texts import Texts
from doorleren.rules.shape import Part, part_of

LOAN = "loan"
"""The procedure in which what is granted is lent."""
PURCHASE, SERVICE = "purchase", "service"
"""The procedures in which the executor pays who delivers: a place that is bought, support that is given."""
PROCEDURES = ("grant_settle", "reserve_claim", "direct", PURCHASE, LOAN, SERVICE, "none")
PLACES_FROM = ("completion", "submission")
BASES = ("units", "lump_sum", "actual_costs")
BEGINNINGS = ("receipt", "round_end")
ON_REPAYMENT = "on_repayment"
"""How a loan is settled: once all was repaid."""
WITH_GRANT = "with_grant"
"""How a direct grant is settled: in the same decision."""
WAYS_TO_SETTLE = (WITH_GRANT, "ex_officio", "on_request", "on_delivery", ON_REPAYMENT)
AUDITOR = "auditors_report"
"""The proof that arrangements name by `auditor_from_cents`."""
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
class LaterAdvance:
    """A share of the grant that is added to the advance after a report of progress, where the activities last longer than months."""

    share: Fraction
    longer_than: int
    source: str


@dataclass(frozen=True, slots=True)
class Advance:
    """The share of the grant that is paid before the settlement: at once, or `spread` evenly over the months of the activities.

    `later`: what comes after a report of progress; None where all comes without one.
    """

    share: Fraction
    source: str
    spread: bool = False
    later: LaterAdvance | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """Something that must be proven before a grant is settled. `by_report`: what was reported as done is that proof."""

    id: str
    name: Texts
    by_report: bool
    source: str


@dataclass(frozen=True, slots=True)
class Settling:
    """How is settled; within which term the recipient asks for it ("" for none) and the authority decides."""

    how: str
    request: str
    term: str
    source: str


@dataclass(frozen=True, slots=True)
class Repayment:
    """How a loan is paid back each month, in a sentence for who reads the plan, with its source."""

    says: Texts
    source: str


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What holds between two amounts: advance, what must be proven (`sample`: only when asked), how is settled.

    `auditor_from`: from this amount on with an auditor's report; None for never. `repayment`: only of a loan.
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
    repayment: Repayment | None = None

    def asks(self, cents: int) -> tuple[str, ...]:
        """Name the proofs that a grant of so many cents asks, an auditor's report last."""
        audited = self.auditor_from is not None and cents >= self.auditor_from
        return (*self.proof, *((AUDITOR,) if audited else ()))

    def fits(self, procedure: str, basis: str, cents: int) -> bool:
        """Say whether it holds for a grant of this amount."""
        within = self.from_cents <= cents and (self.below_cents is None or cents < self.below_cents)
        return procedure in self.procedures and basis in self.bases and within


@dataclass(frozen=True, slots=True)
class Framework:
    """What schemes share that name it. `objection`: whether the Awb's objection and appeal are open.

    `place_from`: whether the place of an application that had to be completed follows the completion or the submission.
    """

    id: str
    name: Texts
    source: str
    objection: bool
    deciding: Deciding
    retention: str
    retention_source: str
    arrangements: tuple[Arrangement, ...]
    place_from: str
    place_source: str

    def arrangement(self, procedure: str, basis: str, cents: int) -> Arrangement:
        """Give what holds for a grant of so many cents. Raises NoArrangement."""
        found = next((one for one in self.arrangements if one.fits(procedure, basis, cents)), None)
        if found is None:
            raise NoArrangement(f"framework {self.id}: nothing for {procedure}, {basis}, {cents} cents")
        return found


@dataclass(frozen=True, slots=True)
class Frameworks:
    """All frameworks by id, and all proofs that they ask."""

    by_id: Mapping[str, Framework]
    proofs: Mapping[str, Proof]

    @classmethod
    def read(cls, path: Path) -> "Frameworks":
        """Read `law/frameworks.toml`. Raises SchemeFault, which names the place, what was given and what is allowed."""
        part = part_of(path)
        proofs = {one.id: one for one in map(_proof, part.parts("proof"))}
        elsewhere = tuple(_arrangement(one, proofs) for one in part.parts("elsewhere"))
        found = [_framework(one, elsewhere, proofs) for one in part.parts("framework")]
        part.finish()
        return cls({one.id: one for one in found}, proofs)

    def of(self, name: str) -> Framework:
        """Give a framework by id. Raises KeyError, which names those that there are."""
        if name not in self.by_id:
            raise KeyError(f"framework: given {name!r}, allowed is {', '.join(self.by_id)}")
        return self.by_id[name]


def _framework(part: Part, elsewhere: tuple[Arrangement, ...], proofs: Mapping[str, Proof]) -> Framework:
    deciding, retention, place = part.table("decision"), part.table("retention"), part.table("place")
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
        arrangements=(*(_arrangement(one, proofs) for one in part.parts("arrangement")), *elsewhere),
        place_from=place.choice("from", PLACES_FROM),
        place_source=place.required("source", str),
    )
    for one in (deciding, retention, place, part):
        one.finish()
    return framework


def _proof(part: Part) -> Proof:
    found = Proof(
        part.required("id", str),
        part.own_texts(),
        part.optional("by_report", bool, False),
        part.required("source", str),
    )
    part.finish()
    return found


def _arrangement(part: Part, proofs: Mapping[str, Proof]) -> Arrangement:
    found = Arrangement(
        id=part.required("id", str),
        name=part.own_texts(),
        procedures=_among(part, "procedures", PROCEDURES),
        bases=_among(part, "bases", BASES),
        from_cents=part.optional("from_cents", int, 0),
        below_cents=part.optional("below_cents", int),
        advance=_advance(part.table("advance")),
        proof=_known_proofs(part, proofs),
        sample=part.optional("sample", bool, False),
        auditor_from=part.optional("auditor_from_cents", int),
        settling=_settling(part.table("settle")),
        repayment=_repayment(part.table("repayment")),
    )
    part.finish()
    return found


def _known_proofs(part: Part, proofs: Mapping[str, Proof]) -> tuple[str, ...]:
    given = part.optional("proof", list, [])
    for one in given:
        if one not in proofs:
            part.refuse("proof", one, ", ".join(proofs))
    return tuple(given)


def _among(part: Part, key: str, allowed: tuple[str, ...]) -> frozenset[str]:
    given = part.optional(key, list, list(allowed))
    for one in given:
        if one not in allowed:
            part.refuse(key, one, ", ".join(allowed))
    return frozenset(given)


def _advance(part: Part) -> Advance:
    found = Advance(
        Fraction(part.required("share", str)), part.required("source", str), part.optional("spread", bool, False)
    )
    if not 0 <= found.share <= 1:
        part.refuse("share", str(found.share), "a share from 0 to 1 as text, such as '0.5'")
    part.finish()
    return found


def _repayment(part: Part) -> Repayment | None:
    if not part:
        return None
    found = Repayment(part.own_texts(), part.required("source", str))
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
