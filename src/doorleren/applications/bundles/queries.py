"""Named reads of registrations: in which rounds one registers, how many today, the answers of a bundle, what is one's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from doorleren.applications.models import Bundle, BundleRow, Outcome, Qualification, Registration, Word
from doorleren.applications.queries import tracks_of
from doorleren.audit.models import Act
from doorleren.core.days import AMSTERDAM
from doorleren.people.models import NationalNumber, Role, RoleKind
from doorleren.people.queries import mandates_in_force, roles_in_force
from doorleren.rounds.freed import INCOMPLETE, REFUSED
from doorleren.rounds.models import NUMBER_BITS, PlaceChange, Round, Ticket
from doorleren.rules.versions import Track

FORM = "doorleren-bundle/1"
ADVISER, PERSON = "career_adviser", "person"
INSIDE = "inside"


def registering_tracks(round_: Round) -> tuple[Track, ...]:
    """Give the tracks of a round in which an adviser files for a person."""
    return tuple(one for one in tracks_of(round_) if one.applicant == ADVISER and one.beneficiary == PERSON)


def rounds_to_register_in() -> list[Round]:
    """Give the open rounds in which an adviser files for a person; rehearsals last."""
    found = Round.objects.filter(gate__opened_at__isnull=False, gate__closed_at__isnull=True)
    rows = found.select_related("version", "gate").order_by("rehearsal", "opens_at", "id")
    return [one for one in rows if registering_tracks(one)]


def qualified_on(adviser: int, day: date) -> bool:
    """Say whether somebody has a qualification as an adviser that holds on a day."""
    return Qualification.objects.filter(adviser=adviser, starts_on__lte=day, ends_on__gte=day).exists()


def registered_on(adviser: int, round_: Round, day: date) -> int:
    """Count whom an adviser registered on a day under the scheme of a round; a rehearsal counts for itself only."""
    found = Registration.objects.filter(adviser=adviser, registered_on=day)
    same = Q(round__version__scheme=round_.version.scheme, round__rehearsal=False)
    return found.filter(Q(round=round_) if round_.rehearsal else same).count()


def advising_for(person: int, day: date) -> list[Role]:
    """Give the roles of somebody as an adviser in organisations whose mandate holds on the day."""
    mandated = {one.organisation_id for one in mandates_in_force(person, day)}
    return [
        one for one in roles_in_force(person, day) if one.kind == RoleKind.CAREER_ADVISER and one.organisation_id in mandated
    ]  # fmt: skip


def bundles_of(adviser: int) -> QuerySet[Bundle]:
    """Give the bundles of an adviser, the last first, with how many rows came to what."""
    return (
        Bundle.objects.filter(adviser=adviser)
        .select_related("round__version", "round__gate", "organisation")
        .annotate(
            answered=Count("answers"),
            **{one.value: Count("answers", filter=Q(answers__outcome=one)) for one in Outcome},
        )
        .order_by("-id")
    )


def rows_of(bundle: Bundle, outcome: str = "") -> QuerySet[BundleRow]:
    """Give the answers of a bundle in the order of its rows, each with the number of its ticket."""
    ticket = Ticket.objects.filter(
        round=OuterRef("registration__round"), key=OuterRef("registration__application__key")
    ).values("id")
    found = BundleRow.objects.filter(bundle=bundle).annotate(ticket=Subquery(ticket[:1]))
    found = found.select_related(
        "registration__application", "registration__confirmation", "registration__completion", "bundle"
    )
    return (found.filter(outcome=outcome) if outcome else found).order_by("line")


def refused_rows_destroyed(bundle: int) -> bool:
    """Say whether the refused rows of a bundle were destroyed after their retention, so that its answers cannot be given again."""
    return Act.objects.filter(act="destroyed", subject_kind="bundle", subject_id=str(bundle)).exists()


def answers_of(bundle: Bundle) -> dict[str, Any]:
    """Write the answers of a bundle as plain JSON: the same bundle gives the same ones, word for word, until its refused rows are destroyed.

    `number` is the place in the order of arrival; the receipt is that of `application`.
    """
    found: Any = rows_of(bundle)  # its rows carry the id of a ticket besides
    told = found.values_list(
        "line", "reference", "outcome", "registration__application_id", "ticket", "faults"
    )  # fmt: skip
    rows = [
        {
            "row": line, "reference": reference, "outcome": outcome, "application": application,
            "number": number_of(ticket), "faults": faults,
        }
        for line, reference, outcome, application, ticket, faults in told.iterator(chunk_size=2000)
    ]  # fmt: skip
    counts = {one.value: sum(row["outcome"] == one.value for row in rows) for one in Outcome}
    return {
        "form": FORM, "bundle": bundle.pk, "scheme": bundle.round.version.scheme, "round": bundle.round.code,
        "at": bundle.at.astimezone(AMSTERDAM).isoformat(), "rows": bundle.rows, "answered": len(rows), **counts, "answers": rows,
    }  # fmt: skip


def number_of(ticket: int | None) -> int | None:
    """Give the place in the order of arrival from the id of a ticket."""
    return None if ticket is None else ticket & (1 << NUMBER_BITS) - 1


@dataclass(frozen=True, slots=True)
class State:
    """How a registration stands now: what the participant said, the place that its ticket got ("" while it waits), and
    since when it is complete. `refused`: it has no place any more because it was refused.
    """

    said: str
    place: str
    completed_at: datetime | None = None
    refused: bool = False

    @property
    def to_complete(self) -> bool:
        """Say whether it can be completed now, once all that is asked for it is there."""
        return self.said == Word.CONFIRMED and self.place == INSIDE and self.completed_at is None


def states_of(rows: Iterable[BundleRow]) -> dict[int, State]:
    """Give how the registrations of these rows stand, by registration."""
    registrations = {row.registration_id: row for row in rows if row.registration_id is not None}
    tickets: dict[int, int] = {number: getattr(row, "ticket", None) or 0 for number, row in registrations.items()}
    places = dict(Ticket.objects.filter(pk__in=tickets.values()).values_list("pk", "place__outcome"))
    changes = PlaceChange.objects.filter(ticket__in=tickets.values()).order_by("ticket", "turn")
    why: dict[int, str] = {}
    for ticket, outcome, reason in changes.values_list("ticket", "outcome", "reason"):  # the last one counts
        places[ticket], why[ticket] = "" if reason == INCOMPLETE else outcome, reason
    found = {}
    for number, row in registrations.items():
        registration = row.registration
        word = getattr(registration, "confirmation", None)
        done = getattr(registration, "completion", None)
        found[number] = State(
            word.word if word else "", places.get(tickets[number]) or "", done.at if done else None,
            refused=why.get(tickets[number]) == REFUSED,
        )  # fmt: skip
    return found


def registrations_for(person: int) -> QuerySet[Registration]:
    """Give the registrations of somebody, known by the national number with which this person signed in."""
    lookup = NationalNumber.objects.filter(person=person).values("lookup")
    return (
        Registration.objects.filter(who__lookup__in=lookup)
        .exclude(who__lookup="")
        .select_related("round__version", "organisation", "confirmation", "application")
        .order_by("-id")
    )


def denied(registration: Registration) -> bool:
    """Say whether the participant said no."""
    word = getattr(registration, "confirmation", None)
    return word is not None and word.word != Word.CONFIRMED
