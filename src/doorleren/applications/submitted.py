"""What was submitted, read for many applications in a few questions: answers, evidence, enrolment, registration. Reads only.

For whoever treats applications: one, or a few hundred, in the same way.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from doorleren.applications.answers import Counted, counted_together
from doorleren.applications.evidence.queries import Piece, pieces_together
from doorleren.applications.models import Application, Completion, Freeze, Registration
from doorleren.applications.offers.proofs import is_enrolment, proven_among
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
    proven = proven_among(enrolled)  # of none nothing is asked
    registered = dict(Registration.objects.filter(application__in=numbers).values_list("application", "pk"))
    done = set(
        Completion.objects.filter(registration__in=list(registered.values())).values_list("registration", flat=True)
    )
    return {
        one: Submitted(
            tuple(answers.get(one, ())),
            tuple(pieces[one]),
            one in proven,
            one not in registered or registered[one] in done,
        )
        for one in numbers
    }


def _frozen_at(tickets: Collection[tuple[Application, Ticket]]) -> dict[int, datetime]:
    """Give the moment at which what was submitted had been frozen, by application."""
    content = {one.pk: ticket.content for one, ticket in tickets}
    found: dict[int, datetime] = {}
    for number, hash_, at in (
        Freeze.objects.filter(application__in=list(content), content__in=set(content.values()))
        .order_by("id")
        .values_list("application", "content", "at")
    ):
        if content[number] == hash_:
            found.setdefault(number, at)
    return found
