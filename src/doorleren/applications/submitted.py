"""What was submitted, read for many applications in a few questions: answers, evidence, enrolment, registration. Reads only.

For whoever treats applications: one, or a few hundred, in the same way.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from doorleren.applications.answers import Counted, counted_together, track_of
from doorleren.applications.bundles.queries import ADVISER
from doorleren.applications.evidence.queries import Piece, pieces_together
from doorleren.applications.models import Application, Freeze, Registration
from doorleren.applications.offers.proofs import proven_among
from doorleren.applications.one_training import is_enrolment
from doorleren.rounds.models import Ticket
from doorleren.rules.library import Library


@dataclass(frozen=True, slots=True)
class Submitted:
    """What was submitted with an application, as it was when that was frozen, and its evidence as it stands now.

    `proven`: the provider confirmed the enrolment. `complete`: nothing is still to come in; a registration was completed.
    """

    answers: tuple[Counted, ...]
    pieces: tuple[Piece, ...]
    proven: bool
    complete: bool


def submitted_together(tickets: Collection[tuple[Application, Ticket]], library: Library) -> Mapping[int, Submitted]:
    """Give what was submitted with applications (with their rounds) and their tickets, by number of application."""
    applications = [one for one, _ in tickets]
    numbers = [one.pk for one in applications]
    answers = counted_together(applications, library, _frozen_at(tickets))
    pieces = pieces_together(applications)
    enrolled = [one for one in numbers if any(is_enrolment(piece.asked.evidence) for piece in pieces[one])]
    proven = proven_among(enrolled) if enrolled else set()
    registered = _registered([one.pk for one in applications if track_of(one).applicant == ADVISER])
    return {
        one: Submitted(
            tuple(answers.get(one, ())),
            tuple(pieces[one]),
            one in proven,
            registered.get(one, True),
        )
        for one in numbers
    }


def _registered(applications: Collection[int]) -> dict[int, bool]:
    """Give those of these applications that are registrations, and whether they were completed; of none nothing is asked."""
    if not applications:
        return {}
    found = Registration.objects.filter(application__in=applications)
    return {one: done is not None for one, done in found.values_list("application", "completion")}


def _frozen_at(tickets: Collection[tuple[Application, Ticket]]) -> dict[int, datetime]:
    """Give the moment at which what was submitted had been frozen, by application; that of the last freeze is on its row."""
    last = [one for one, ticket in tickets if one.frozen_content == ticket.content]
    found = {one.pk: one.frozen_at for one in last if one.frozen_at is not None}
    content = {one.pk: ticket.content for one, ticket in tickets if one.pk not in found}
    if not content:
        return found
    for number, hash_, at in (
        Freeze.objects.filter(application__in=list(content), content__in=set(content.values()))
        .order_by("id")
        .values_list("application", "content", "at")
    ):
        if content[number] == hash_:
            found.setdefault(number, at)
    return found
