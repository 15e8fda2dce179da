"""What our own decisions say of earlier grants, where the rules of a scheme look at that: looked up, not believed. Reads only.

What we know is the least; what who applied said counts where it is more, for others give grants too, with what we granted since
they filed, which nobody could say. A grant belongs to the year in which it was applied for, as the application that is judged does
(an assumption: the sources say "a calendar year"). Which grants there are: earlier_grants.py.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from doorleren.applications.answers import Counted, used_by
from doorleren.applications.models import Subject
from doorleren.applications.once import TRAJECTORIES
from doorleren.applications.submitted import Submitted, submitted_together
from doorleren.applications.values import UNKNOWN
from doorleren.cases.recording import moments_of
from doorleren.cases.rules import why_not
from doorleren.core.days import day_of
from doorleren.decisions.earlier_grants import EarlierGrant, earlier_grants, wait_in_turn
from doorleren.decisions.matters import Matter
from doorleren.decisions.refusing import refused
from doorleren.decisions.sealed import Content
from doorleren.rules.library import Library
from doorleren.rules.once import ADVISER
from doorleren.rules.profile import NA
from doorleren.rules.reading import names_in
from doorleren.rules.versions import Track

ORIGIN = "decisions"
"""The origin of what follows from our own decisions; no row has it, nobody typed it."""
TOLD = "on_record"
"""Under which name it stands in the content of an assessment."""
SCHEMES = "person.grants_this_year"
SUM, RUNNING = "employer.grants_this_year", "employer.unsettled_grant"
NUMBERS = frozenset({SUM, TRAJECTORIES})
ABOUT: Mapping[str, frozenset[str]] = {
    "person": frozenset({SCHEMES}), ADVISER: frozenset({SCHEMES}), "employer": frozenset({RUNNING, *NUMBERS}),
}  # fmt: skip
"""The facts on earlier grants, by who applies for themselves or, an adviser, for whom is registered."""


@dataclass(frozen=True, slots=True)
class OnRecord(Submitted):
    """What was submitted with an application, and by fact what our own decisions say, of each that its rules look at.

    `answers` end with those facts of which our decisions say more than was answered.
    """

    record: Mapping[str, Any]

    @property
    def raised(self) -> frozenset[str]:
        """Name the facts of which our decisions say more than was answered."""
        return frozenset(one.fact for one in self.answers if one.origin == ORIGIN)


def read_together(matters: Collection[Matter], library: Library) -> dict[int, OnRecord]:
    """Read for cases what was submitted, with what our own decisions say."""
    told = submitted_together([(one.application, one.ticket) for one in matters], library)
    asked = {one.case.pk: looked_at(one, library) for one in matters}
    found = on_record(matters, asked)
    return {one.case.pk: _with_record(told[one.application.pk], one, found[one.case.pk]) for one in matters}


def looked_at(matter: Matter, library: Library) -> frozenset[str]:
    """Name the facts on earlier grants that the rules of an application look at, and that are about who applies."""
    about = ABOUT.get(matter.track.applicant, frozenset())
    return about & used_by(matter.round, matter.track, day_of(matter.ticket.arrived_at), library)


def rests_on_record(content: Content) -> bool:
    """Say whether an assessment looked at what our own decisions say of earlier grants."""
    return bool(content.told.get(TOLD))


def ensure_still_so(matter: Matter, content: Content, failing: Collection[str] | None = None) -> None:
    """Raise DecisionRefused where our own decisions say something else by now than when it was assessed, and that could matter.

    `failing`: the conditions on which it is refused; what only others look at does not matter then. Two decisions on one recipient
    at once wait for each other, so that neither misses the other. Raises it too where the assessment never looked: it is from before that was done.
    """
    looked = _written_in(matter.track, failing) & ABOUT.get(matter.track.applicant, frozenset())
    if TOLD not in content.told and looked:
        raise refused(
            "not_looked_up",
            "Bij de beoordeling is niet gekeken wat aan deze aanvrager al is verleend, en dat telt hier mee. Beoordeel opnieuw.",
            "The assessment did not look at what was granted to this applicant before, and that counts here. Assess it anew.",
        )
    kept = content.told.get(TOLD) or {"said": {}}
    then = {name: value for name, value in kept["said"].items() if failing is None or name in looked}
    if not then:
        return
    wait_in_turn(matter)
    now = on_record([matter], {matter.case.pk: frozenset(then)})[matter.case.pk]
    said = _plain({name: one.known for name, one in now.items()})
    if not all(_fits(name, value, said[name], kept) for name, value in then.items()):
        raise refused(
            "granted_since",
            "Sinds de beoordeling is aan deze aanvrager iets toegekend, of teruggenomen, dat hier meetelt. Beoordeel opnieuw.",
            "Since the assessment something that counts here was granted to this applicant, or taken back. Assess it anew.",
        )


def _written_in(track: Track, conditions: Collection[str] | None) -> frozenset[str]:
    """Name the facts of which these conditions of a track speak as they are written; of None all of them, and its amount."""
    told = [one.when for one in track.conditions if conditions is None or one.id in conditions]
    amounts = [track.amount.granted, track.amount.most] if conditions is None else []
    return frozenset().union(*(names_in(one) for one in (*told, *amounts) if one))


def _fits(name: str, then: Any, now: Any, kept: Mapping[str, Any]) -> bool:
    """Say whether what is known now lets an assessment stand: it is the same, or more or less in a way that says the same to the rules.

    `kept` says how much more that is, and of which facts less: where they said so without our decisions too. Where they did not, the
    applicant may get more now, or what it is refused on may be gone.
    """
    if now == then:
        return True
    if set(now) <= set(then) if isinstance(then, list) else now < then:
        return name in kept.get("less", ())
    room = kept["room"].get(name, 0)
    return bool(room) and now - then <= room


def written(record: Mapping[str, Any], room: Mapping[str, int], less: Collection[str]) -> dict[str, Any]:
    """Write it as it is kept with an assessment: what was said, how much more lets the rules say the same, and of what less does; nothing of no facts."""
    said = _plain(record)
    return {"said": said, "room": dict(room), "less": sorted(less)} if said else {}


def _plain(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in record.items()}


@dataclass(frozen=True, slots=True)
class Known:
    """What our own decisions say of a fact: in all, and of a number what of that was granted since the application was filed."""

    known: Any
    since: int = 0


def on_record(
    matters: Collection[Matter], asked: Mapping[int, frozenset[str]]
) -> dict[int, dict[str, Known]]:  # fmt: skip
    """Give by case what our own decisions say of the facts that are asked of it: nothing granted is 0, false or an empty set.

    As they are now while it can be assessed; once it was decided on, as they were when it was last assessed.
    """
    given = earlier_grants([one for one in matters if asked[one.case.pk]])
    return {
        one.case.pk: {name: _value(name, one, given[one.case.pk]) for name in sorted(asked[one.case.pk])}
        for one in matters
    }


def _with_record(told: Submitted, matter: Matter, found: Mapping[str, Known]) -> OnRecord:
    said = {one.fact: one.value for one in told.answers if one.subject_kind == Subject.APPLICATION}
    more = [
        Counted(0, Subject.APPLICATION, 0, name, used, ORIGIN, matter.ticket.arrived_at)
        for name, value in found.items()
        if value.known and (used := _at_least(value, said.get(name, UNKNOWN))) != said.get(name, UNKNOWN)
    ]
    record = {name: one.known for name, one in found.items()}
    return OnRecord((*told.answers, *more), told.pieces, told.proven, told.complete, record)


def _at_least(found: Known, said: Any) -> Any:
    """Put what we know together with what was answered: never less than the one or the other.

    Example: 100 was answered, for others grant too; of our own 80, 30 came after that: 130.
    """
    if said is UNKNOWN or said is NA:
        return found.known
    if isinstance(found.known, frozenset):
        return found.known | said
    return max(found.known, said + found.since) if found.since else max(found.known, said)


def _value(name: str, matter: Matter, grants: Collection[EarlierGrant]) -> Known:
    """Say what grants of the same recipient, in other cases, come to for a fact."""
    own, filed = matter.case, matter.ticket.arrived_at
    until = None if why_not("assessed", moments_of(own)) is None else own.assessed_at
    others = [one for one in grants if until is None or one.at < until]
    this_year = [one for one in others if day_of(one.filed).year == day_of(filed).year]
    same = [one for one in this_year if one.scheme == own.scheme]
    if name == SCHEMES:
        return Known(frozenset(one.scheme for one in this_year))
    if name == RUNNING:
        return Known(any(one.scheme == own.scheme and not one.settled and one.at < filed for one in others))
    numbers = [(one.cents if name == SUM else 1, one.at > filed) for one in same]
    return Known(sum(number for number, _ in numbers), sum(number for number, later in numbers if later))
