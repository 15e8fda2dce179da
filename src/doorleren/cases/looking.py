"""Which files lie open to an official, and which open only with a reason. Called by the pages of cases.

Somebody's own list is what was given to them or to a colleague whom they stand in for today and, for who treats cases, what nobody has
yet. Any other file of the body opens for a while after a
reason was given (`commands/look_into.py`); that stands in the record, where the person whom it is about can read it.
"""

from datetime import datetime, timedelta

from doorleren.audit.models import Act
from doorleren.cases.access import thing_of
from doorleren.cases.acts import ACTS
from doorleren.cases.models import Case
from doorleren.cases.recording import party_of
from doorleren.people.access import Held, allowed, held_on
from doorleren.people.signed_in import SignedIn

REASONS = ("asked", "replacing", "worked_on_it", "checking", "contested")
"""Why an official opens a file of somebody else: codes, for the record."""
OPEN_FOR = timedelta(hours=12)


def on_own_list(who: SignedIn, case: Case, *, at: datetime, held: Held | None = None) -> bool:
    """Say whether a case is on somebody's own list: theirs, of whom they stand in for, or nobody's yet where they could take it."""
    if case.assigned_to_id == who.person:
        return True
    if case.assigned_to_id is not None:
        return (case.assigned_to_id, case.body_id) in held_on(who, at, held).stands_in
    return bool(allowed(who, ACTS["assigned"].demand, thing_of(case), at=at, held=held))


def lies_open(who: SignedIn, case: Case, *, at: datetime, held: Held | None = None) -> bool:
    """Say whether somebody need not give a reason (any more) to see a file. Who may see it at all: access.ensure_may_view."""
    if on_own_list(who, case, at=at, held=held):
        return True
    about = party_of(case)
    asked = Act.objects.filter(
        subject_kind=about.kind, subject_id=about.id, act="looked_into", actor_kind=who.party.kind,
        actor_id=who.party.id, at__gt=at - OPEN_FOR, at__lte=at,
    )  # fmt: skip
    return asked.exists()
