"""Asking to settle a grant, where the arrangement of its amount waits for that. Awb 4:44 (recalled); Kaderregeling ch. 7.

The term for settling counts from the day on which the request came in (cases/terms/money.py).
"""

from datetime import date, datetime

from django.db import transaction

from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.cases.queries import acts_of
from doorleren.core.days import day_of
from doorleren.decisions.commands.receive_objection import ensure_party
from doorleren.decisions.matters import matter_held
from doorleren.decisions.refusing import refused
from doorleren.decisions.settlement_terms import of_term
from doorleren.decisions.settling import ensure_granted
from doorleren.people.signed_in import SignedIn


def request_settlement(
    case: int, *, by: SignedIn, at: datetime, on: date | None = None, party: bool = False
) -> CaseAct:  # fmt: skip
    """Note the request: of a party (`party`, checked here), or entered by an official for the day that it came in.

    Gives the act. Raises NotAllowed, CaseRefused, DecisionRefused where there is no grant to settle, or it was asked already: the
    first request counts, and another one would move the term of the authority.
    """
    with transaction.atomic():
        matter = matter_held(case)
        if party:
            ensure_party(matter.application, by, at)
        decision = ensure_granted(matter.case, despite_objection=True)
        if any(one.act == "settlement_requested" for one in acts_of(case)):
            raise refused("requested", "Om vaststelling is al gevraagd. De termijn loopt vanaf die dag.",
                          "Settling has been asked for already. The term runs from that day.")  # fmt: skip
        day = day_of(at) if party or on is None else on
        details = of_term(matter.handled(decision.amount_cents), day)
        return perform(case, "settlement_requested", by=by, at=at, on=day, details=details, party=party)
