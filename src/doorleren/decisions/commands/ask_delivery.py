"""Asking about what was delivered, and telling of a settlement below the grant that is meant. Awb 4:8, 4:12(2) and 4:46(2).

Nothing is settled lower by itself: first a question, then notice of intent with its view, then a decision of a person. Of a grant
that settled at once is asked afterwards; what comes out can lead to withdrawing it (revoke.py), in the same steps.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from doorleren.audit.acts import Detail
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.cases.reportable import PROOF_ASKED
from doorleren.cases.stops import said
from doorleren.core.days import day_of
from doorleren.core.money import in_words
from doorleren.core.texts import in_language
from doorleren.decisions import letter_values
from doorleren.decisions.checkable import ensure_checkable, would_choose
from doorleren.decisions.commands.check_delivery import keep_choice
from doorleren.decisions.commands.report_delivery import asked_later
from doorleren.decisions.commands.write_letter import LANGUAGE, write_letter
from doorleren.decisions.matters import matter_held
from doorleren.decisions.models import DeliveryQuestion
from doorleren.decisions.refusing import refused
from doorleren.decisions.said_with_acts import ensure_said, keep_words
from doorleren.decisions.sealed import Row
from doorleren.decisions.settling import answered, ensure_to_settle
from doorleren.decisions.time_for_view import ensure_time_for_view
from doorleren.people.access import Thing, ensure
from doorleren.people.signed_in import SignedIn
from doorleren.rules.provisions import provision_of, what_is_meant

INTENDED = said("wij willen {settle} op", "we intend to {settle} at")
ASKED = said("Schrijf op wat u wilt weten.", "Write down what you want to know.")


def ask_delivery(
    case: int, question: str, *, evidence: Sequence[str] = (), until: date, reason: str = "", by: SignedIn, at: datetime
) -> DeliveryQuestion:  # fmt: skip
    """Ask by letter what was done, and for evidence of the scheme, until a day. The words are kept for who reports, too.

    `reason`: why it is this case, where asking chooses it to be checked (checkable.would_choose); that counts as a choice, so a
    fifth of the checks must stay by lot. Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_held(case)
        ensure(by, "prepare_case", Thing("case", str(case), body=matter.case.body_id), at=at)
        today = day_of(at)
        decision = ensure_checkable(matter.case, today)
        if until <= today:
            raise refused("until", "Kies een dag na vandaag.", "Choose a day after today.", "until")
        ensure_said(question, "question", ASKED)
        known = {
            one.id: in_language(one.text, LANGUAGE) for one in matter.version.evidence if one.id in asked_later(matter)
        }
        strange = [one for one in evidence if one not in known]
        if strange:
            allowed = ", ".join(known) or "-"
            raise refused("evidence", f"Dit bewijs vraagt de regeling niet: {strange[0]}. Kies uit: {allowed}.",
                          f"The scheme does not ask this evidence: {strange[0]}. Choose from: {allowed}.", "evidence")  # fmt: skip
        if decision.round_id is not None and would_choose(matter.case, decision):
            keep_choice(matter.case, decision.round_id, reason, by=by, at=at)
        act = perform(case, "contact_noted", by=by, at=at, details={"what": PROOF_ASKED, "until": until.isoformat()})
        values = {
            "question": question.strip(),
            "respond_until": until,
            "missing": tuple(known[one] for one in evidence),
        }
        keep_words(act, question.strip(), at=at)
        write_letter(act, "proof_asked", values, matter, at=at)
        number = DeliveryQuestion.objects.filter(case=case).count() + 1
        return DeliveryQuestion.objects.create(case=act.case, number=number, act=act, asked_on=today, until=until)


def intend_to_settle(case: int, cents: int, words: str, *, until: date, by: SignedIn, at: datetime) -> CaseAct:
    """Tell that the grant is to be settled at so many cents, below what was granted, with a last day for a view.

    Only after a question that was answered or whose day is over. Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_held(case)
        decision = ensure_to_settle(matter.case)
        answered(matter.case, decision, day_of(at))
        if not 0 <= cents < decision.amount_cents:
            most = in_words(decision.amount_cents)
            raise refused("cents", f"Kies een bedrag vanaf € 0, lager dan {most['nl']}.",
                          f"Choose an amount from € 0, below {most['en']}.", "cents")  # fmt: skip
        if not words.strip():
            raise refused("words", "Schrijf op waarom u lager wilt vaststellen.",
                          "Write down why you want to settle lower.", "words")  # fmt: skip
        ensure_time_for_view(until, day_of(at))
        details: dict[str, Detail] = {"until": until.isoformat(), "settled_cents": cents}
        act = perform(case, "intent_notified", by=by, at=at, details=details, ground="Awb, art. 4:46(2)")
        called = provision_of(matter.version.procedure)
        rows = (
            Row(called.granted, decision.amount_cents),
            Row(called.filled(INTENDED), cents, total=True),
        )
        values = {
            "grounds": words, "respond_until": until, "reasons": (), "calculation": letter_values.sums(rows, LANGUAGE),
            "meant": what_is_meant("settle_lower" if cents else "settle_at_nil", matter.version.procedure, LANGUAGE),
        }  # fmt: skip
        write_letter(act, "intent", values, matter, at=at)
    return act
