"""Withdrawing a grant, or its settlement: first told of, then weighed and decided. Ground: Awb 4:48 to 4:50, 4:12(2) and 3:4.

Nothing is left of it: less than that is an amendment (amend.py). Before the settlement on 4:48 or 4:50; after it on 4:49, and
not once five years have passed.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from doorleren.audit.acts import Detail
from doorleren.cases.acts import ACTS
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.cases.recording import moments_of
from doorleren.cases.rules import state_of
from doorleren.core.days import day_of
from doorleren.core.money import in_words
from doorleren.core.texts import sentences
from doorleren.decisions import letter_values
from doorleren.decisions.checkable import last_day_to_withdraw
from doorleren.decisions.commands.settle import Weighed
from doorleren.decisions.commands.write_letter import LANGUAGE, write_letter
from doorleren.decisions.matters import Matter, matter_held
from doorleren.decisions.models import GIVING, Decision, Revocation, Settlement
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.refusing import refused
from doorleren.decisions.revoking_grounds import RevokingGround, revoking_ground
from doorleren.decisions.said_with_acts import ensure_said
from doorleren.decisions.sealed import Row
from doorleren.decisions.settling import ensure_checked_out, settled_by
from doorleren.decisions.time_for_view import ensure_time_for_view
from doorleren.people.signed_in import SignedIn
from doorleren.rules.provisions import what_is_meant

STOPPED = (*ACTS["revoked"].stopped_by, "refused", "left_out")
"""What stops an intent to withdraw or change: there is no grant. An objection does not (Awb 6:16); it goes about the change too (6:19)."""
WORDS = {"nl": "Schrijf op waarom deze grond hier geldt.", "en": "Write down why this ground holds here."}
WEIGHING = {"nl": "Schrijf op hoe u de belangen hebt afgewogen.", "en": "Write down how you weighed the interests."}


@dataclass(frozen=True, slots=True)
class InForce:
    """What somebody may keep as it stands: the grant, the act that settled it where one did, and how many cents.

    `settlement`: the row of that act; None where the grant settled at once, in its own decision.
    """

    decision: Decision
    settled: CaseAct | None
    settlement: Settlement | None
    cents: int

    @property
    def since(self) -> CaseAct:
        """Give the act from which on it stands so."""
        return self.settled or self.decision.act


def intend_to_revoke(
    case: int, ground: str, cents: int, words: str, *, until: date, by: SignedIn, at: datetime
) -> CaseAct:
    """Tell that a grant (or settlement) is to be withdrawn (0 cents), or changed to so many cents; with a last day for a view.

    The words stand in the letter alone. Gives the act. Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_held(case)
        now = in_force(matter)
        found = revoking_ground(ground, settled=now.settled is not None)
        if now.settled is not None:
            ensure_checked_out(matter.case, now.settled, day_of(at))
        if not found.intent or (cents == 0 and not found.revokes):
            raise refused("ground", "Bij deze grond hoort geen voornemen om in te trekken.",
                          "No notice of intent to withdraw belongs to this ground.", "ground")  # fmt: skip
        if not 0 <= cents < now.cents or (cents and now.settled is not None):
            most = in_words(now.cents)
            lower = (
                ("", "")
                if now.settled
                else (f", of een bedrag lager dan {most['nl']}", f", or an amount below {most['en']}")
            )
            raise refused("cents", f"Kies € 0 om in te trekken{lower[0]}.", f"Choose € 0 to withdraw{lower[1]}.", "cents")  # fmt: skip
        told = ensure_said(words, "words", WORDS)
        ensure_time_for_view(until, day_of(at))
        details: dict[str, Detail] = {"until": until.isoformat(), "revoking": found.id, "left_cents": cents}
        act = perform(case, "intent_notified", by=by, at=at, details=details, ground=found.article)
        values = {
            "grounds": sentences(found.texts[LANGUAGE], told), "respond_until": until, "reasons": (),
            "meant": what_is_meant("withdraw" if cents == 0 else "lower", matter.version.procedure, LANGUAGE),
            "calculation": letter_values.sums(rows_of(now.cents, cents, meant=True), LANGUAGE),
        }  # fmt: skip
        write_letter(act, "intent", values, matter, at=at)
    return act


def revoke(case: int, weighed: Weighed, *, by: SignedIn, at: datetime) -> Revocation:
    """Withdraw what was told of, on the ground of that notice, once the time for a view is over or the view came.

    Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_held(case)
        now = in_force(matter)
        intent = intent_for(now, 0)
        ground = revoking_ground(str(intent.details["revoking"]), settled=now.settled is not None)
        _ensure_in_time(now, day_of(at))
        grounds = ensure_said(weighed.grounds, "grounds", WORDS)
        weighing = ensure_said(weighed.weighing, "weighing", WEIGHING)
        details: dict[str, Detail] = {"ground": ground.id, "lost_cents": now.cents, "intent": intent.number}
        act = perform(case, "revoked", by=by, at=at, details=details, ground=ground.article)
        row = Revocation.objects.create(
            act=act, decision=now.decision, settlement=now.settlement, intent=intent, ground=ground.id,
            lost_cents=now.cents, weighed=True,
        )  # fmt: skip
        values = {
            "grounds": sentences(ground.texts[LANGUAGE], grounds), "weighing": weighing,
            "calculation": letter_values.sums(rows_of(now.cents, 0), LANGUAGE), **letter_values.of_joined(act, LANGUAGE),
        }  # fmt: skip
        write_letter(act, "withdrawn_by_authority", values, matter, at=at)
    return row


def in_force(matter: Matter) -> InForce:
    """Give the grant or settlement of a case that can be withdrawn, also while an objection runs (Awb 6:16). Raises DecisionRefused."""
    decision, settled = decision_in_force(matter.case.pk), settled_by(matter.case)
    state = state_of(moments_of(matter.case), without="objection")
    if decision is None or decision.kind not in GIVING or state not in ("granted", "settled"):
        raise refused("not_granted", "Er is geen toekenning of vaststelling die u kunt intrekken of wijzigen.",
                      "There is no grant or settlement that can be withdrawn or changed.")  # fmt: skip
    settlement = None if settled is None else Settlement.objects.filter(act=settled).first()
    cents = decision.amount_cents if settlement is None else settlement.settled_cents
    if cents == 0:
        raise refused(
            "nothing", "Er is niets toegekend dat u kunt intrekken.", "Nothing was granted that can be withdrawn."
        )
    return InForce(decision, settled, settlement, cents)


def intent_for(now: InForce, cents: int) -> CaseAct:
    """Give the notice of intent since what is in force, that announced no more than these cents left. Raises DecisionRefused."""
    rows = CaseAct.objects.filter(case=now.decision.case_id, act="intent_notified", number__gt=now.since.number)
    found = rows.order_by("-number").first()
    if found is None or not isinstance(left := found.details.get("left_cents"), int) or left > cents:
        raise refused("no_intent", "Laat eerst weten wat u van plan bent, zodat de aanvrager een zienswijze kan geven.",
                      "First give notice of your intent, so that the applicant can give a view.")  # fmt: skip
    return found


def ground_of(intent: CaseAct, *, settled: bool) -> RevokingGround:
    """Give the ground that a notice named. Raises DecisionRefused where it does not hold any more."""
    return revoking_ground(str(intent.details["revoking"]), settled=settled)


def rows_of(before: int, after: int, *, meant: bool = False) -> tuple[Row, ...]:
    """Write how much is left. Pure."""
    left = (
        {"nl": "wij willen dat u houdt", "en": "we intend that you keep"}
        if meant
        else {"nl": "u houdt", "en": "you keep"}
    )
    return Row({"nl": "eerder besloten", "en": "decided before"}, before), Row(left, after, total=True)


def _ensure_in_time(now: InForce, today: date) -> None:
    if now.settled is None:
        return
    if today > last_day_to_withdraw(now.settled.happened_on):
        raise refused("too_late", "Een vaststelling intrekken kan niet meer: er zijn vijf jaar voorbij (Awb artikel 4:49).",
                      "A settlement can no longer be withdrawn: five years have passed (Awb 4:49).")  # fmt: skip
