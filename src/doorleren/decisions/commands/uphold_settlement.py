"""Upholding an objection against a settlement: a higher one takes its place, up to the grant. Awb 7:11 and 4:46.

No ceiling plays a part: what is settled was granted within it, or judged against it then. What was recovered because of the
settlement falls away in the same act, as far as the higher one leaves less to recover.
"""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Detail
from doorleren.cases.commands.perform import perform
from doorleren.core.money import in_words
from doorleren.decisions.commands.decide_objection import APPEAL, Heard, Kept, court, ensure_not_withdrawn, keep, ready
from doorleren.decisions.commands.lift_recovery import lift_above
from doorleren.decisions.commands.settle import Weighed, settle_now
from doorleren.decisions.joining import goes_about
from doorleren.decisions.models import ObjectionDecision
from doorleren.decisions.refusing import refused
from doorleren.decisions.sealed import Content, Row, content_of
from doorleren.decisions.settling import last_delivery, settlement_in_force
from doorleren.people.signed_in import SignedIn


def uphold_settlement(case: int, cents: int, heard: Heard, *, by: SignedIn, at: datetime) -> ObjectionDecision:
    """Uphold an objection against the settlement in force, which becomes so many cents; wholly where that is the grant.

    Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter, objection, hearing = ready(case, heard, by)
        before = settlement_in_force(case)
        if before is None or not goes_about(objection, before.act_id):
            raise refused(
                "other_act",
                "Dit bezwaar gaat niet over de vaststelling.",
                "This objection is not about the settlement.",
            )
        ensure_not_withdrawn(matter.case)
        if not before.settled_cents < cents <= before.granted_cents:
            above, most = in_words(before.settled_cents), in_words(before.granted_cents)
            raise refused(
                "cents", f"Kies een bedrag boven {above['nl']} tot en met {most['nl']}.",
                f"Choose an amount above {above['en']} up to {most['en']}.", "cents",
            )  # fmt: skip
        whole = cents == before.granted_cents
        details: dict[str, Detail] = {"objection": objection.number, "cents": cents}
        act = perform(
            case,
            "objection_upheld" if whole else "objection_partly_upheld",
            by=by,
            at=at,
            details=details,
            held=matter.case,
        )
        lifted = lift_above(matter.case, cents, act, heard.words, by, at)
        row = settle_now(
            matter, before.decision, last_delivery(case) or before.delivery, "settled_as_granted" if whole else "settled_lower",
            cents, Weighed(heard.words, heard.words), before.intent, by, at, values=APPEAL | {"court": court()},
        )  # fmt: skip
        kept = Kept(objection, hearing, heard, instead=row.act, numbers={"lifted_cents": lifted})
        found = Content(results=content_of(before.decision).results, calculation=_rows(cents, lifted))
        return keep(act, matter, kept, found, at)


def _rows(cents: int, lifted: int) -> tuple[Row, ...]:
    """Write what of a recovery falls away; nothing where none does."""
    falls = Row({"nl": "van de terugvordering vervalt", "en": "of the recovery falls away"}, lifted)
    return (falls, Row({"nl": "u mag houden", "en": "you may keep"}, cents, total=True)) if lifted else ()
