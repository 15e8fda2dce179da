"""Named reads of applications: how one stands, what was submitted, and which are somebody's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from doorleren.applications.answers import Counted, counted_answers
from doorleren.applications.models import Application, Freeze, PartyKind
from doorleren.applications.rules import State, state_of
from doorleren.core.days import day_of
from doorleren.people.models import Mandate, Person, Role
from doorleren.people.queries import in_force
from doorleren.rounds.models import Batch, Gate, Round, Ticket
from doorleren.rounds.receipts import Entered, Signed, tree_of, write_receipts
from doorleren.rules.faults import SchemeFault
from doorleren.rules.library import Library
from doorleren.rules.versions import Track
from doorleren.schemes.queries import version_of


def colleagues_of(application: Application, at: datetime) -> list[Person]:
    """Give who may act for the organisation that applies, by name: a role to file with and a mandate, both in force."""
    if application.applicant_kind != PartyKind.ORGANISATION:
        return []
    day, organisation = in_force(day_of(at)), application.applicant_number
    roles = Role.objects.filter(day, organisation=organisation, person=OuterRef("pk"))
    mandates = Mandate.objects.filter(day, organisation=organisation, person=OuterRef("pk"))
    return list(Person.objects.filter(Exists(roles), Exists(mandates), is_active=True).order_by("name", "pk")[:200])


def tracks_of(round_: Round) -> tuple[Track, ...]:
    """Give the tracks that can be filed in a round, by the version that it pins; none where that is no scheme's.

    A rehearsal that is not in the file of its scheme is for all tracks.
    """
    try:
        version = version_of(round_.version_id)
    except SchemeFault:
        return ()
    opened = next((one for one in version.rounds if one.id == round_.code), None)
    if opened is None:
        return version.tracks if round_.rehearsal else ()
    return tuple(one for one in version.tracks if one.id in opened.tracks)


def rounds_to_file_in(at: datetime) -> QuerySet[Round]:
    """Give the rounds that were announced and have not closed, the ones that open first first; rehearsals while open or to come."""
    shut = Q(gate__closed_at__isnull=False) | Q(gate__opened_at__isnull=True, closes_at__lte=at)
    over = shut | Q(rehearsal=True, gate__opened_at__isnull=True, opens_at__lte=at)
    return Round.objects.exclude(over).select_related("version", "gate").order_by("opens_at", "id")


def gate_of(round_: Round) -> Gate:
    """Give the gate as it stands now."""
    return Gate.objects.get(pk=round_.pk)


def ticket_of(application: Application) -> Ticket | None:
    """Give what was submitted; None while nothing was."""
    return Ticket.objects.filter(round=application.round_id, key=application.key).first()


def last_freeze(application: Application) -> Freeze | None:
    """Give what stands ready; None when it was changed since, or never frozen."""
    if application.frozen_at is None:
        return None
    return application.freezes.filter(content=application.frozen_content).order_by("-id").first()


def state_now(application: Application) -> State:
    """Give the state of an application."""
    return state_of(
        frozen_at=application.frozen_at,
        withdrawn_at=application.withdrawn_at,
        ticket=ticket_of(application) is not None,
    )


def submitted_answers(application: Application, library: Library) -> list[Counted]:
    """Give the answers that were submitted, for whoever treats the application; none while nothing was.

    They are those that counted when the content of the ticket was frozen, whatever was changed after it.
    """
    frozen_at = submitted_as_of(application)
    return [] if frozen_at is None else counted_answers(application.pk, library, frozen_at)


def submitted_as_of(application: Application) -> datetime | None:
    """Give the moment at which what was submitted had been frozen; None while nothing was submitted."""
    ticket = ticket_of(application)
    frozen = None if ticket is None else application.freezes.filter(content=ticket.content).order_by("id").first()
    return None if frozen is None else frozen.at


def applications_of(person: int, organisations: Iterable[int]) -> QuerySet[Application]:
    """Give the applications of which a person, or one of these organisations, is the applicant; the newest first.

    `submitted` says whether there is a ticket.
    """
    ticket = Ticket.objects.filter(round=OuterRef("round"), key=OuterRef("key"))
    return (
        Application.objects.filter(_files(person, organisations))
        .annotate(submitted=Exists(ticket))
        .select_related("round__version", "round__gate")
        .order_by("-id")
    )


def _files(person: int, organisations: Iterable[int]) -> Q:
    return Q(applicant_kind=PartyKind.PERSON, applicant_number=person) | Q(
        applicant_kind=PartyKind.ORGANISATION, applicant_number__in=list(organisations)
    )


@dataclass(frozen=True, slots=True)
class Received:
    """The ticket of an application with its receipt."""

    ticket: Ticket
    receipt: bytes


def receipt_of(application: Application, public: bytes) -> Received | None:
    """Write the receipt of what was submitted once more, as the intake gave it; None while nothing was."""
    ticket = ticket_of(application)
    if ticket is None:
        return None
    batch = Batch.objects.get(pk=ticket.batch)
    rows = Ticket.objects.filter(round=application.round_id, batch=ticket.batch).order_by("id")
    entered = [Entered(one.round_id, one.number, one.key, one.content, one.cents, one.kind) for one in rows]
    place = next(place for place, one in enumerate(entered) if one.number == ticket.number)
    signed = Signed(
        application.round_id, batch.pk, batch.at, batch.size, bytes(batch.root), bytes(batch.signature)
    )  # fmt: skip
    told = write_receipts(entered, tree_of(entered), signed, public)[place]
    return Received(ticket, told)
