"""Remitting what is outstanding of a loan: by who decides, with the interests weighed, and only where the scheme lets it (Awb 4:94a)."""

from datetime import date, datetime

from django.db import transaction

from doorleren.audit.acts import Detail, Party
from doorleren.cases.commands.note_decided import note_decided
from doorleren.cases.models import Case, CaseAct
from doorleren.core.days import day_of
from doorleren.core.texts import Texts
from doorleren.decisions.commands.keep_step import ensure_cents
from doorleren.decisions.commands.write_letter import write_letter
from doorleren.decisions.loans import decided_loan
from doorleren.decisions.matters import Matter, matter_held, matter_of
from doorleren.decisions.refusing import DecisionRefused, refused
from doorleren.decisions.said_with_acts import keep_words
from doorleren.payments.balances import standing_of
from doorleren.payments.commands.keep_loans import keep_loan
from doorleren.payments.commands.post import Event, post
from doorleren.people.signed_in import SignedIn
from doorleren.rules.handling import remission

REMITTED = "loan_remitted"
"""What the note says, and the letter that goes with it."""
NO_REMISSION: Texts = {
    "nl": "De regeling laat niet toe dat een lening wordt kwijtgescholden (Awb artikel 4:94a).",
    "en": "The scheme does not let a loan be remitted (Awb 4:94a).",
}
NOTHING_OPEN: Texts = {
    "nl": "Van deze lening staat niets meer open, of zo veel als mag is al kwijtgescholden.",
    "en": "Nothing of this loan is outstanding, or as much as allowed was remitted already.",
}


def remit_loan(case: int, cents: int, weighing: str, *, by: SignedIn, at: datetime) -> CaseAct:
    """Remit so many cents of a loan: at most what is outstanding, and the share of what was lent that the scheme names. Gives the act.

    Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_held(case)
        decision, today = decided_loan(matter.case), day_of(at)
        found = _allowed(matter, today)
        if found is None or decision is None:
            raise DecisionRefused(NO_REMISSION, code="no_remission")
        keep_loan(matter.case, at)  # the interest until now first
        most, source = found
        ensure_cents(cents, _most(case, most))
        if not weighing.strip():
            raise refused("weighing", "Schrijf op hoe u de belangen hebt afgewogen.",
                          "Write down how you weighed the interests.", "weighing")  # fmt: skip
        details: dict[str, Detail] = {"what": REMITTED, "cents": cents}
        act = note_decided(
            case, "settled_as_granted", by=by, at=at, details=details, ground=f"Awb, art. 4:94a; {source}"
        )
        keep_words(act, weighing.strip(), at=at)
        event = Event(
            "remit", Party("case", str(case)), cents, f"remit/{act.pk}", matter.case.body_id, decision.round_id
        )
        post(event, by=by.party, at=at)
        left = standing_of("case", str(case)).amount("loan")
        write_letter(
            act, REMITTED, {"remitted_cents": cents, "left_cents": left, "weighing": weighing.strip()}, matter, at=at
        )
    return act


def why_not_remitted(case: Case, today: date) -> Texts | None:
    """Give the sentence why nothing of a loan can be remitted; None where something can."""
    found = _allowed(matter_of(case), today)
    if found is None:
        return NO_REMISSION
    return None if _most(case.pk, found[0]) > 0 else NOTHING_OPEN


def _allowed(matter: Matter, today: date) -> tuple[int, str] | None:
    """Give how many cents of the loan may be remitted in all, with the source; None where the scheme says nothing of it."""
    share = remission(matter.version, matter.track, today)
    return None if share is None else (int(standing_of("case", str(matter.case.pk)).lent * share[0]), share[1])


def _most(case: int, allowed: int) -> int:
    standing = standing_of("case", str(case))
    return min(standing.amount("loan"), allowed - standing.amount("remitted"))
