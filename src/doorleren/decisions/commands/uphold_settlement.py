"""Upholding an objection against a settlement: a higher one takes its place, up to the grant. Awb 7:11 and 4:46.

No ceiling plays a part: what is settled was granted within it, or judged against it then.
"""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Detail
from doorleren.cases.commands.perform import perform
from doorleren.decisions.commands.decide_objection import APPEAL, Heard, Kept, court, keep, ready
from doorleren.decisions.commands.settle import Weighed, settle_now
from doorleren.decisions.models import ObjectionDecision
from doorleren.decisions.refusing import refused
from doorleren.decisions.sealed import Content, content_of
from doorleren.decisions.settling import last_delivery, settlement_in_force
from doorleren.people.signed_in import SignedIn


def uphold_settlement(case: int, cents: int, heard: Heard, *, by: SignedIn, at: datetime) -> ObjectionDecision:
    """Uphold an objection against the settlement in force, which becomes so many cents; wholly where that is the grant.

    Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter, objection, hearing = ready(case, heard, by)
        before = settlement_in_force(case)
        if before is None or objection.against_id != before.act_id:
            raise refused(
                "other_act",
                "Dit bezwaar gaat niet over de vaststelling.",
                "This objection is not about the settlement.",
            )
        if not before.settled_cents < cents <= before.granted_cents:
            raise refused(
                "cents", f"Kies een bedrag boven {before.settled_cents} tot en met {before.granted_cents} cent.",
                f"Choose an amount above {before.settled_cents} up to {before.granted_cents} cents.", "cents",
            )  # fmt: skip
        whole = cents == before.granted_cents
        details: dict[str, Detail] = {"objection": objection.number, "cents": cents}
        act = perform(case, "objection_upheld" if whole else "objection_partly_upheld", by=by, at=at, details=details)
        row = settle_now(
            matter, before.decision, last_delivery(case) or before.delivery, "settled_as_granted" if whole else "settled_lower",
            cents, Weighed(heard.words, heard.words), before.intent, by, at, values=APPEAL | {"court": court()},
        )  # fmt: skip
        found = Content(results=content_of(before.decision).results)
        return keep(act, matter, Kept(objection, hearing, heard, instead=row.act), found, at)
