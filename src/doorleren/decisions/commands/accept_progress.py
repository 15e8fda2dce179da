"""Accepting a report of progress: from then on the part of the advance that waits for it is paid. Kaderregeling art. 5.5 and 6.1.

Nothing follows from a report by itself: an official looks at it. Who does not accept it asks on, amends or suspends payment. Accepting
is deciding on the part that is paid: who did so releases no payment of the case.
"""

from datetime import datetime

from django.db import transaction

from doorleren.cases.access import ensure_may
from doorleren.cases.commands.note_decided import note_decided
from doorleren.cases.models import CaseAct
from doorleren.cases.stops import After, said
from doorleren.decisions.advance_plan import PROGRESS
from doorleren.decisions.advances import ACCEPTED, report_to_accept
from doorleren.decisions.matters import matter_held
from doorleren.decisions.refusing import refused
from doorleren.decisions.settling import ensure_granted
from doorleren.people.signed_in import SignedIn

REPORTED = After(("progress_reported",), said("Er is geen voortgang gemeld.", "No progress was reported."))
"""What must have happened before a report is accepted."""


def accept_progress(case: int, *, by: SignedIn, at: datetime) -> CaseAct:
    """Accept the last report of progress, as who decides. Gives the act. Raises NotAllowed, CaseRefused, DecisionRefused."""
    with transaction.atomic():
        matter = matter_held(case)
        ensure_may(by, "granted", matter.case, at=at)
        decision = ensure_granted(matter.case, despite_objection=True)
        report = report_to_accept(case)
        if report is None:
            raise refused("no_report", "Er is geen voortgangsverslag dat nog akkoord moet worden.",
                          "There is no report of progress that is still to be accepted.")  # fmt: skip
        if not decision.advance_parts.filter(after=PROGRESS).exists():
            raise refused("nothing_waits", "Hier wacht geen betaling op een voortgangsverslag.",
                          "No payment waits for a report of progress here.")  # fmt: skip
        return note_decided(case, "granted", by=by, at=at, details={"what": ACCEPTED, "report": report.number})
