"""Putting back what an applicant made ready, where an official types in what the applicant signed on paper since.

Where a scheme counts beyond a round only so many applications of somebody may stand ready, often one. Who cannot go online cannot
withdraw another one, and their signature is the later word. What they made ready after they signed, what was submitted, and what
leaves room for the paper, stays.
"""

from datetime import datetime

from django.db import OperationalError

from doorleren.applications.access import applicant_of
from doorleren.applications.commands.count_for import hold_turns
from doorleren.applications.entered_for import is_entered
from doorleren.applications.models import Application, CountsFor, EnteredFor
from doorleren.applications.once import Held, Scope, held_by
from doorleren.applications.recording import party
from doorleren.applications.refusing import ApplicationRefused
from doorleren.applications.superseding import no_longer_ready
from doorleren.audit.acts import Details, ToRecord
from doorleren.core.days import day_of
from doorleren.core.texts import Texts
from doorleren.people.signed_in import SignedIn

BUSY: Texts = {
    "nl": "De aanvrager verandert op dit moment zijn eigen aanvraag. Probeer het zo nog een keer.",
    "en": "The applicant is changing an application of their own at this moment. Try again in a moment.",
}
HELD_BY_ANOTHER = frozenset({"55P03", "40001"})
"""What PostgreSQL answers where somebody else holds or has just changed the row; any other fault is not for the official to wait out."""


def put_back_own(scope: Scope | None, whom: str, paper: Application, *, by: SignedIn, at: datetime) -> list[ToRecord]:
    """Make a draft again of what the applicant of this paper made ready before signing it, where there is no room for it otherwise.

    In the transaction that puts it ready. Gives the acts, which the caller records after all that holds the gate of a round.
    Nothing without a scope. Raises ApplicationRefused while the applicant is changing it.
    """
    row = EnteredFor.objects.filter(application=paper.pk).first()
    if scope is None or row is None:
        return []
    hold_turns(scope, whom)
    held = held_by(scope.name, (whom,), at=at).get(whom, Held())
    if any(one.application_id == paper.pk for one in held.rows()):
        return []  # it counted before, and nobody took the turn since
    acts: list[ToRecord] = []
    for counted in held.standing:
        if len(held.standing) - len(acts) < scope.times:
            break
        own = _own(counted, paper)
        if own is None or own.frozen_at is None or day_of(own.frozen_at) > row.signed_on:
            continue
        if no_longer_ready(own, at=at):
            details: Details = {"paper": paper.pk, "signed": str(row.signed_on)}
            acts.append(ToRecord("put_back", party(own), by.party, at, details))
    return acts


def _own(counted: CountsFor, paper: Application) -> Application | None:
    """Lock the application of a count, where the same applicant made it and it was not submitted."""
    if counted.enrolment_id is not None or counted.application_id == paper.pk or counted.submitted:  # type: ignore[attr-defined]
        return None
    try:
        own = Application.objects.select_for_update(nowait=True).get(pk=counted.application_id)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) not in HELD_BY_ANOTHER:
            raise
        raise ApplicationRefused(BUSY) from error
    return own if applicant_of(own) == applicant_of(paper) and not is_entered(own) else None
