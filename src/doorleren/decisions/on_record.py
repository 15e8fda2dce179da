"""What our own decisions say of earlier grants, where the rules of a scheme look at that: looked up, not believed. Reads only.

What we know is the least; what who applied said counts where it is more, for others give grants too, with what we granted since
they filed, which nobody could say. A grant belongs to the year in which it was applied for, as the application that is judged does
(an assumption: the sources say "a calendar year"). Not counted:
the application itself, what was revoked or withdrawn, and what was settled at nil. A rehearsal counts among rehearsals.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from doorleren.applications.answers import Counted, used_by
from doorleren.applications.models import Application, PartyKind, RegisteredPerson, Subject
from doorleren.applications.once import TRAJECTORIES
from doorleren.applications.submitted import Submitted, submitted_together
from doorleren.applications.values import UNKNOWN
from doorleren.cases.models import Case
from doorleren.cases.recording import moments_of
from doorleren.cases.rules import why_not
from doorleren.core.days import day_of
from doorleren.decisions.funded_before import wait_in_turn
from doorleren.decisions.matters import KIND, Matter
from doorleren.decisions.models import GIVING, Decision, Settlement
from doorleren.decisions.refusing import refused
from doorleren.decisions.sealed import Content
from doorleren.people.models import NationalNumber
from doorleren.rules.library import Library
from doorleren.rules.once import ADVISER
from doorleren.rules.profile import NA

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
OVER = ("revoked", "withdrawn")

Party = tuple[str, str]
"""Who got a grant: an organisation or a person by number, or a person by the keyed hash of the national number."""


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


def ensure_still_so(matter: Matter, content: Content) -> None:
    """Raise DecisionRefused where our own decisions say something else by now than when it was assessed, and that could matter.

    Two decisions on one recipient at once wait for each other, so that neither misses the other.
    """
    if not rests_on_record(content):
        return
    then, room = content.told[TOLD]["said"], content.told[TOLD]["room"]
    wait_in_turn(matter)
    now = on_record([matter], {matter.case.pk: frozenset(then)})[matter.case.pk]
    said = written({name: one.known for name, one in now.items()}, {})["said"]
    if any(not _fits(value, said[name], room.get(name, 0)) for name, value in then.items()):
        raise refused(
            "granted_since",
            "Sinds de beoordeling is aan deze aanvrager iets verleend, of teruggenomen, dat hier meetelt. Beoordeel opnieuw.",
            "Since the assessment something that counts here was granted to this applicant, or taken back. Assess it anew.",
        )


def _fits(then: Any, now: Any, room: int) -> bool:
    """Say whether what is known now lets an assessment stand: it is the same, or a number that grew no more than there was room."""
    return bool(now == then or (room and 0 <= now - then <= room))


def written(record: Mapping[str, Any], room: Mapping[str, int]) -> dict[str, Any]:
    """Write it as it is kept with an assessment: what was said, and how much more lets the rules say the same; nothing of no facts."""
    said = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in record.items()}
    return {"said": said, "room": dict(room)} if said else {}


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
    concerned = [one for one in matters if asked[one.case.pk]]
    parties = _parties_of(concerned) if concerned else {}
    given = _given_to(parties) if concerned else {}
    return {
        one.case.pk: {name: _value(name, one, given[one.case.pk]) for name in sorted(asked[one.case.pk])}
        for one in matters
    }


@dataclass(frozen=True, slots=True)
class _Given:
    """A grant in force: of which scheme, in a rehearsal or not, applied for when, granted when, the cents, whether it is settled."""

    case: int
    scheme: str
    rehearsal: bool
    filed: datetime
    at: datetime
    cents: int
    settled: bool


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


def _value(name: str, matter: Matter, grants: Collection[_Given]) -> Known:
    """Say what grants of the same party, in other cases, come to for a fact."""
    own, filed = matter.case, matter.ticket.arrived_at
    until = None if why_not("assessed", moments_of(own)) is None else own.assessed_at
    others = [
        one for one in grants
        if one.case != own.pk and one.rehearsal == matter.round.rehearsal and (until is None or one.at < until)
    ]  # fmt: skip
    this_year = [one for one in others if day_of(one.filed).year == day_of(filed).year]
    same = [one for one in this_year if one.scheme == own.scheme]
    if name == SCHEMES:
        return Known(frozenset(one.scheme for one in this_year))
    if name == RUNNING:
        return Known(any(one.scheme == own.scheme and not one.settled and one.at < filed for one in others))
    numbers = [(one.cents if name == SUM else 1, one.at > filed) for one in same]
    return Known(sum(number for number, _ in numbers), sum(number for number, later in numbers if later))


def _parties_of(matters: Collection[Matter]) -> dict[int, frozenset[Party]]:
    """Name by case who applies: of a registration who was registered, and not the adviser's organisation."""
    applications = [one.application.pk for one in matters]
    registered = dict(
        RegisteredPerson.objects.filter(registration__application__in=applications)
        .exclude(lookup="")
        .values_list("registration__application", "lookup")
    )
    persons = [
        one.application.applicant_number for one in matters if one.application.applicant_kind == PartyKind.PERSON
    ]
    numbers = NationalNumber.objects.filter(Q(person__in=persons) | Q(lookup__in=list(registered.values())))
    by_person = dict[int, str](numbers.values_list("person", "lookup"))
    by_lookup = {lookup: person for person, lookup in by_person.items()}
    found = {}
    for one in matters:
        kind, number = one.application.applicant_kind, one.application.applicant_number
        lookup = registered.get(one.application.pk)
        if one.track.applicant == ADVISER:
            kind, number = PartyKind.PERSON, by_lookup.get(lookup or "", 0)
        elif kind == PartyKind.PERSON:
            lookup = by_person.get(number)
        named = {(str(kind), str(number))} if number else set[Party]()
        found[one.case.pk] = frozenset(named | ({(_LOOKUP, lookup)} if lookup else set()))
    return found


_LOOKUP = "lookup"


def _given_to(parties: Mapping[int, frozenset[Party]]) -> dict[int, list[_Given]]:
    """Give by case the grants in force of the same party, from cases of any body."""
    owners = _applications_of(frozenset().union(*parties.values()))
    by_party: dict[Party, list[_Given]] = {}
    for application, one in _grants(owners):
        for party in owners[application]:
            by_party.setdefault(party, []).append(one)
    return {
        case: list({one.case: one for party in mine for one in by_party.get(party, ())}.values())
        for case, mine in parties.items()
    }


def _applications_of(parties: frozenset[Party]) -> dict[int, set[Party]]:
    """Give the applications of parties, with whom of them each is of."""
    found: dict[int, set[Party]] = {}
    for kind in PartyKind.values:
        numbers = [int(number) for told, number in parties if told == kind]
        own = Application.objects.filter(applicant_kind=kind, applicant_number__in=numbers, registration=None)
        for application, number in own.values_list("pk", "applicant_number") if numbers else ():
            found.setdefault(application, set()).add((kind, str(number)))
    lookups = [lookup for told, lookup in parties if told == _LOOKUP]
    rows = RegisteredPerson.objects.filter(lookup__in=lookups).values_list("registration__application", "lookup")
    for application, lookup in rows if lookups else ():
        found.setdefault(application, set()).add((_LOOKUP, lookup))
    return found


def _grants(applications: Collection[int]) -> Iterator[tuple[int, _Given]]:
    """Give the grants in force for these applications: what was settled, else what was granted."""
    cases = Case.objects.filter(subject_kind=KIND, subject_id__in=[str(one) for one in applications])
    settled = Settlement.objects.filter(case=OuterRef("case")).order_by("-number").values("settled_cents")[:1]
    rows = Decision.objects.select_related("case", "ticket", "round", "act").defer("content")
    rows = rows.filter(case__in=cases.exclude(state__in=OVER), kind__in=GIVING, replaced_by=None)
    for one in rows.annotate(settled=Subquery(settled)).order_by("pk") if applications else ():
        cents = one.amount_cents if one.settled is None else one.settled
        if cents and one.ticket is not None and one.round is not None:
            yield int(one.case.subject_id), _Given(
                one.case_id, one.case.scheme, one.round.rehearsal, one.ticket.arrived_at, one.act.at, cents, one.settled is not None,
            )  # fmt: skip
