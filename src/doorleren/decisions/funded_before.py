"""What our own register has granted to the same recipient before, by any body, as sums. Reads only.

The recipient is found by the number of the organisation (one for each KvK number) or the person, and for who was registered by an
adviser by the keyed hash of the national number. No case, scheme or body of another leaves this module.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from doorleren.applications.models import Application, PartyKind, RegisteredPerson, Registration
from doorleren.cases.models import Case
from doorleren.core.days import AMSTERDAM, add_months, day_of
from doorleren.decisions.double_funding import Before
from doorleren.decisions.matters import KIND, Matter
from doorleren.decisions.models import GIVING, Decision, Settlement
from doorleren.people.models import NationalNumber
from doorleren.rules.shape import part_of
from doorleren.rules.versions import Stacking
from doorleren.schemes.queries import version_of
from doorleren.shipped import folder


@dataclass(frozen=True, slots=True)
class Aid:
    """The rule of de minimis aid: over how many years it is counted, and the ceilings in cents by the day from which they hold."""

    years: int
    ceilings: tuple[tuple[date, int], ...]

    def ceiling_on(self, day: date) -> int:
        """Give the ceiling of a day. Raises LookupError for a day before the first."""
        found = [cents for starts, cents in self.ceilings if starts <= day]
        if not found:
            raise LookupError(f"day: given is {day}, allowed is a day from {self.ceilings[0][0]} on")
        return found[-1]


@lru_cache(maxsize=1)
def law_of_aid() -> Aid:
    """Read `law/de-minimis.toml`. Raises SchemeFault."""
    path = folder("law") / "de-minimis.toml"
    whole = part_of(path)
    window, rows = whole.table("window"), []
    years = window.required("years", int)
    for name in ("source", "granted_source", "since_source"):
        window.required(name, str)
    window.choice("undertaking", ("single",))
    for one in whole.parts("ceiling"):
        rows.append((one.required("from", date), one.required("cents", int)))
        one.required("source", str)
        one.finish()
    if not rows or rows != sorted(rows):
        whole.refuse("ceiling", len(rows), "rows by day, the earliest first")
    for part in (window, whole):
        part.finish()
    return Aid(years, tuple(rows))


def before(matter: Matter, today: date) -> Before:
    """Sum up what the same recipient was granted before in other cases, as it counts on a day.

    Two decisions on one recipient at once wait for each other, so that neither misses the other.
    """
    wait_in_turn(matter)
    own, since = matter.version.stacking, add_months(today, -12 * law_of_aid().years)
    year, training = matter.ticket.arrived_at.astimezone(AMSTERDAM).year, matter.application.activity_id
    same_costs = group = aid = aid_since = this_year = 0
    excluded = False
    for one, activity, cents in _grants(matter):
        rules = version_of(one.case.version_id).stacking
        if training is not None and activity == training:
            same_costs += cents
            group += cents if own.group is not None and rules.group == own.group else 0
            excluded = excluded or _forbid(matter.case.scheme, own, one.case.scheme, rules)
        if rules.de_minimis_cap is not None and one.decided_on > since:
            aid += cents
            aid_since += cents if one.act.at > matter.ticket.arrived_at else 0
        filed = one.decided_on if one.ticket is None else day_of(one.ticket.arrived_at)
        this_year += one.case.scheme == matter.case.scheme and filed.year == year
    return Before(same_costs, group, aid, aid_since, this_year, excluded)


def _grants(matter: Matter) -> Iterator[tuple[Decision, int | None, int]]:
    """Give the grants in force of the same recipient in other cases, with the training and the cents: settled, else granted."""
    activities = dict(_applications(matter).values_list("pk", "activity"))
    cases = Case.objects.filter(subject_kind=KIND, subject_id__in=[str(one) for one in activities]).exclude(
        state="revoked"
    )
    settled = Settlement.objects.filter(case=OuterRef("case")).order_by("-number").values("settled_cents")[:1]
    rows = Decision.objects.select_related("act", "case", "ticket").filter(
        case__in=cases.exclude(pk=matter.case.pk),
        kind__in=GIVING,
        replaced_by=None,
        round__rehearsal=matter.round.rehearsal,
    )
    for one in rows.annotate(settled=Subquery(settled)).order_by("pk"):
        cents = one.amount_cents if one.settled is None else one.settled
        if cents:
            yield one, activities[int(one.case.subject_id)], cents


def _applications(matter: Matter) -> QuerySet[Application]:
    """Give all applications of the same recipient: by number, or by the keyed hash of who was registered."""
    numbers, lookups = _recipient(matter)
    registered = RegisteredPerson.objects.filter(lookup__in=lookups).values("registration__application")
    asked = Q(pk__in=registered)
    for kind, number in numbers:
        own = Q(applicant_kind=kind, applicant_number=number) | Q(beneficiary_kind=kind, beneficiary_number=number)
        asked |= own & Q(registration=None)
    return Application.objects.filter(asked)


def _recipient(matter: Matter) -> tuple[list[tuple[str, int]], list[str]]:
    """Name the recipient: parties by kind and number, persons by the keyed hash of their national number too.

    Of a registration that is who was registered, and not the adviser's organisation that applied.
    """
    one = matter.application
    registered = RegisteredPerson.objects.filter(registration__application=one.pk).exclude(lookup="")
    lookups = list(registered.values_list("lookup", flat=True))
    numbers = [(one.applicant_kind, one.applicant_number)]
    if one.beneficiary_kind and one.beneficiary_number is not None:
        numbers.append((one.beneficiary_kind, one.beneficiary_number))
    if Registration.objects.filter(application=one.pk).exists():
        known = NationalNumber.objects.filter(lookup__in=lookups).values_list("person", flat=True)
        return [(PartyKind.PERSON.value, number) for number in known], lookups
    persons = [number for kind, number in numbers if kind == PartyKind.PERSON]
    lookups += NationalNumber.objects.filter(person__in=persons).values_list("lookup", flat=True)
    return numbers, lookups


def wait_in_turn(matter: Matter) -> None:
    """Hold the recipient until this transaction ends."""
    numbers, lookups = _recipient(matter)
    names = sorted({*(f"{kind} {number}" for kind, number in numbers), *lookups})
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('funded'), hashtext(%s))", [name])


def _forbid(scheme: str, own: Stacking, other: str, rules: Stacking) -> bool:
    """Say whether one of two schemes may not go together with the other; "*" is with none at all."""
    return bool({other, "*"} & own.excludes or {scheme, "*"} & rules.excludes)
