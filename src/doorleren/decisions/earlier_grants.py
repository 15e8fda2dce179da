"""What the same recipient was granted before, in other cases of any body: a row for each grant in force. Reads only.

The recipient is who applies and for whom it is, by the number of the organisation (one for each KvK number) or the person, and
who was registered by an adviser, by the keyed hash of the national number. What was revoked or withdrawn is not counted, nor what came to
nothing. A grant is as old as the first decision that gave it: what amends it, or gives it again after an objection, makes none of its own
(an assumption: a right that comes back was never away). A rehearsal counts among rehearsals.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection
from django.db.models import OuterRef, Q, Subquery

from doorleren.applications.models import Application, Member, PartyKind, RegisteredPerson
from doorleren.applications.partnerships.bearing import bearing
from doorleren.cases.models import Case
from doorleren.cases.recording import moments_of
from doorleren.cases.rules import is_revoked, stands
from doorleren.cases.stops import OVERTURNED
from doorleren.decisions.matters import KIND, Matter
from doorleren.decisions.models import GIVING, Decision, Settlement
from doorleren.people.models import NationalNumber, Organisation
from doorleren.rules.once import ADVISER

Party = tuple[str, str]
"""An organisation or a person by kind and number, or a person by the keyed hash of the national number."""
_LOOKUP = "lookup"


@dataclass(frozen=True, slots=True)
class EarlierGrant:
    """A grant in force: its case, scheme and version, the training, applied for when, first granted when, the cents, whether it is settled.

    `cents`: what was settled, else what is granted.
    """

    case: int
    scheme: str
    version: int
    rehearsal: bool
    activity: int | None
    filed: datetime
    at: datetime
    day: date
    cents: int
    settled: bool


def earlier_grants(matters: Collection[Matter]) -> dict[int, list[EarlierGrant]]:
    """Give by case what the same recipient was granted in other cases: of many at once in as many questions as of one."""
    if not matters:
        return {}
    parties = _recipients(matters)
    activities, owners = _applications_of(frozenset[Party]().union(*parties.values()))
    by_party: dict[Party, dict[int, EarlierGrant]] = {}
    for application, one in _grants(activities):
        for party in owners[application]:
            by_party.setdefault(party, {})[one.case] = one
    found: dict[int, list[EarlierGrant]] = {}
    for matter in matters:
        own = matter.case.pk
        same = {case: one for party in parties[own] for case, one in by_party.get(party, {}).items()}
        found[own] = [
            one for case, one in sorted(same.items()) if case != own and one.rehearsal == matter.round.rehearsal
        ]
    return found


def granted_to_firms(firms: Collection[str], matter: Matter) -> list[EarlierGrant]:
    """Give what these firms (by KvK number) were granted in other cases than this one: of a grant to a partnership their part of it."""
    organisations = Organisation.objects.filter(kvk__in=firms)
    asked = Q(applicant_kind=PartyKind.ORGANISATION, applicant_number__in=organisations)
    asked |= Q(beneficiary_kind=PartyKind.ORGANISATION, beneficiary_number__in=organisations)
    own = dict(Application.objects.filter(asked, registration=None).values_list("pk", "activity"))
    joined = dict(Member.objects.filter(kvk__in=firms).values_list("application", "application__activity"))
    found = []
    for application, one in _grants(own | joined):
        if one.case == matter.case.pk or one.rehearsal != matter.round.rehearsal:
            continue
        weights = bearing(application)
        if weights:
            members = Member.objects.filter(application=application, number__in=weights)
            ours = sum(weights[number] for number, kvk in members.values_list("number", "kvk") if kvk in firms)
            one = replace(one, cents=-(-one.cents * ours // sum(weights.values())))
        found.append(one)
    return found


def wait_in_turn(matter: Matter, firms: Collection[str] = ()) -> None:
    """Hold the recipient until this transaction ends, so that of two decisions at once neither misses the other.

    `firms`: held too, after the recipient: every decision asks for them in that order, so that no two wait for each other.
    """
    names = sorted(" ".join(one) for one in _recipients([matter])[matter.case.pk])
    names += sorted(f"kvk {one}" for one in firms)
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('funded'), hashtext(%s))", [name])


def _recipients(matters: Collection[Matter]) -> dict[int, frozenset[Party]]:
    """Name by case the recipient; of a registration that is who was registered, and not the adviser's organisation that applied."""
    applications = [one.application for one in matters]
    registered = dict[int, str](
        RegisteredPerson.objects.filter(registration__application__in=[one.pk for one in applications])
        .exclude(lookup="")
        .values_list("registration__application", "lookup")
    )
    persons = [number for one in applications for kind, number in _parties(one) if kind == PartyKind.PERSON]
    known = NationalNumber.objects.filter(Q(person__in=persons) | Q(lookup__in=list(registered.values())))
    hashes = dict[int, str](known.values_list("person", "lookup"))
    numbers = {lookup: person for person, lookup in hashes.items()}
    found = {}
    for one in matters:
        lookup = registered.get(one.application.pk, "")
        if one.track.applicant == ADVISER:
            named = [(PartyKind.PERSON.value, numbers[lookup])] if lookup in numbers else []
        else:
            named = _parties(one.application)
        hashed = {lookup} | {hashes.get(number, "") for kind, number in named if kind == PartyKind.PERSON}
        found[one.case.pk] = frozenset(
            {(kind, str(number)) for kind, number in named} | {(_LOOKUP, each) for each in hashed if each}
        )
    return found


def _parties(one: Application) -> list[tuple[str, int]]:
    """Name who applies and for whom it is, as far as they are known."""
    both = ((one.applicant_kind, one.applicant_number), (one.beneficiary_kind, one.beneficiary_number))
    return [(str(kind), number) for kind, number in both if kind and number]


def _applications_of(parties: frozenset[Party]) -> tuple[dict[int, int | None], dict[int, set[Party]]]:
    """Give the applications of recipients: the training of each, and whom of these recipients it is of."""
    activities: dict[int, int | None] = {}
    owners: dict[int, set[Party]] = {}
    asked = Q()
    for kind in PartyKind.values:
        if numbers := [int(number) for told, number in parties if told == kind]:
            asked |= Q(applicant_kind=kind, applicant_number__in=numbers)
            asked |= Q(beneficiary_kind=kind, beneficiary_number__in=numbers)
    for one in Application.objects.filter(asked, registration=None) if asked else ():
        activities[one.pk] = one.activity_id
        owners[one.pk] = {(kind, str(number)) for kind, number in _parties(one)} & parties
    if lookups := [lookup for told, lookup in parties if told == _LOOKUP]:
        rows = RegisteredPerson.objects.filter(lookup__in=lookups)
        for number, activity, lookup in rows.values_list(
            "registration__application", "registration__application__activity", "lookup"
        ):
            activities[number], owners[number] = activity, {(_LOOKUP, lookup)}
    return activities, owners


def _grants(activities: Mapping[int, int | None]) -> Iterator[tuple[int, EarlierGrant]]:
    """Give the grants in force for these applications, each with its application."""
    first = Decision.objects.filter(case=OuterRef("case"), kind__in=GIVING).order_by("number")
    last = Settlement.objects.filter(case=OuterRef("case")).order_by("-number")
    cases = Case.objects.filter(subject_kind=KIND, subject_id__in=[str(one) for one in activities])
    rows = Decision.objects.filter(case__in=cases, kind__in=GIVING, replaced_by=None)
    rows = rows.select_related("case", "ticket", "round", "act").defer("content")
    for one in rows.annotate(
        first_at=Subquery(first.values("act__at")[:1]), first_on=Subquery(first.values("decided_on")[:1]),
        settled_as=Subquery(last.values("act__number")[:1]), settled_cents=Subquery(last.values("settled_cents")[:1]),
    ).order_by("pk") if activities else ():  # fmt: skip
        moments, application = moments_of(one.case), int(one.case.subject_id)
        if is_revoked(moments) or stands(moments, "withdrawn") or one.ticket is None or one.round is None:
            continue
        settled = stands(moments, "settled", OVERTURNED)
        # one that settles at once has no row of a settlement, or one of before it was decided anew
        by_settlement = settled and one.settled_as is not None and one.settled_as > one.act.number
        cents = one.settled_cents if by_settlement else one.amount_cents
        if cents:
            yield application, EarlierGrant(
                one.case_id, one.case.scheme, one.case.version_id, one.round.rehearsal, activities[application],
                one.ticket.arrived_at, one.first_at, one.first_on, cents, settled,
            )  # fmt: skip
