"""Upholding an objection against a recovery, which falls away wholly or partly, or against a penalty, which becomes higher. Awb 7:11.

Or against a suspension of payment, which ends. The decision on the application and the settlement stay as they are. The ledger follows: what is open is claimed no more, what
was collected is owed back; of a penalty the rest is owed.
"""

from datetime import datetime, timedelta

from django.db import transaction

from doorleren.audit.acts import Detail
from doorleren.cases.commands.perform import perform
from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.recording import law
from doorleren.cases.stops import After, said
from doorleren.core.days import day_of
from doorleren.core.money import in_words
from doorleren.decisions import letter_values
from doorleren.decisions.commands.decide_objection import APPEAL, Heard, Kept, court, keep, ready
from doorleren.decisions.commands.fix_penalty import calculation, in_days, noticed
from doorleren.decisions.commands.keep_step import ensure_cents
from doorleren.decisions.commands.lift_recovery import debt_so_far, lift
from doorleren.decisions.commands.write_letter import LANGUAGE, write_letter
from doorleren.decisions.models import FixedPenalty, Hearing, ObjectionDecision, Recovery
from doorleren.decisions.refusing import refused
from doorleren.decisions.room_to_uphold import penalty_in_force, suspension_lasts
from doorleren.decisions.sealed import Content, Row
from doorleren.people.signed_in import SignedIn

DEBT = "debt_objection_upheld"
SUSPENDED = After(("payment_suspended",), said("De betaling is niet opgeschort.", "Payment was not suspended."))
"""What must have happened before an objection against it is upheld."""


def uphold_recovery(case: int, cents: int, heard: Heard, *, by: SignedIn, at: datetime) -> ObjectionDecision:
    """Uphold an objection against a recovery, the last one or one before: so many cents of it fall away, with all its fees and interest until now.

    Where nothing of it stays, what had been given up of it falls away too: it was never paid in and is not paid back. One that was
    given up as a whole falls away as a whole. Interest over what stays can be fixed anew. Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter, objection, hearing = ready(case, heard, by)
        row = Recovery.objects.filter(act=objection.against_id).first()
        if row is None:
            raise refused("other_act", "Dit bezwaar gaat niet over een terugvordering.",
                          "This objection is not about a recovery.")  # fmt: skip
        debt = debt_so_far(row)
        stands = debt.stands or debt.waived
        ensure_cents(cents, stands)
        if not debt.stands and cents < stands:
            told = in_words(stands)
            raise refused("cents", f"Van deze terugvordering is helemaal afgezien. Laat haar als geheel vervallen: {told['nl']}.",
                          f"This recovery was given up as a whole. Let it fall away as a whole: {told['en']}.", "cents")  # fmt: skip
        _ensure_all(hearing, heard, whole=cents == stands)
        details: dict[str, Detail] = {"objection": objection.number, "cents": cents}
        act = perform(case, DEBT, by=by, at=at, details=details)
        lift(row, None if cents == stands else cents, act, heard.words, at)
        rows = (
            Row({"nl": "teruggevorderd", "en": "recovered"}, stands),
            Row({"nl": "dit vervalt", "en": "this falls away"}, cents),
            Row({"nl": "u betaalt terug", "en": "you pay back"}, stands - cents, total=True),
        )
        kept = Kept(objection, hearing, heard, numbers={"lifted_cents": cents}, told={"pays_back": True})
        return keep(act, matter, kept, Content(calculation=rows), at)


def uphold_penalty(case: int, days: int, heard: Heard, *, by: SignedIn, at: datetime) -> ObjectionDecision:
    """Uphold an objection against the last penalty: it is over so many days, more than was fixed, by the amounts of the law.

    Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter, objection, hearing = ready(case, heard, by)
        row = penalty_in_force(objection)
        if row is None:
            raise refused("other_act", "Dit bezwaar gaat niet over de laatste dwangsom.",
                          "This objection is not about the last penalty.")  # fmt: skip
        steps = law().penalty.steps
        most = sum(one.days for one in steps)
        if not row.days < days <= most:
            raise refused("days", f"Kies meer dan {row.days} en ten hoogste {most} dagen.",
                          f"Choose more than {row.days} and at most {most} days.", "days")  # fmt: skip
        details: dict[str, Detail] = {"objection": objection.number, "days": days}
        act = perform(case, DEBT, by=by, at=at, details=details)
        rows = tuple(calculation(steps, days))
        again = _fixed_again(row, days, rows, by, at)
        values = {
            "penalty_cents": again.cents, "penalty_days": in_days(days, LANGUAGE), "court": court(),
            "pay_by": law_of_terms().reckon("payment", day_of(at)).last, "calculation": letter_values.sums(rows, LANGUAGE),
            **noticed(matter.case, row.notice.number),
        }  # fmt: skip
        write_letter(again.act, "penalty_decided", values | APPEAL, matter, at=at)
        return keep(act, matter, Kept(objection, hearing, heard, instead=again.act), Content(calculation=rows), at)


def uphold_suspension(case: int, heard: Heard, *, by: SignedIn, at: datetime) -> ObjectionDecision:
    """Uphold an objection against the suspension of payment that stands: it ends. Raises NotAllowed, CaseRefused, DecisionRefused."""
    with transaction.atomic():
        matter, objection, hearing = ready(case, heard, by)
        if not suspension_lasts(matter.case, objection):
            raise refused("other_act", "Dit bezwaar gaat niet over een opschorting die nog duurt.",
                          "This objection is not about a suspension that still lasts.")  # fmt: skip
        act = perform(case, DEBT, by=by, at=at, details={"objection": objection.number})
        again = perform(case, "payment_released", by=by, at=at)
        write_letter(
            again, "payment_released", APPEAL | {"grounds": heard.words.strip(), "court": court()}, matter, at=at
        )
        return keep(act, matter, Kept(objection, hearing, heard, instead=again), Content(), at)


def _ensure_all(hearing: Hearing | None, heard: Heard, *, whole: bool) -> None:
    """Raise DecisionRefused where nobody was heard as they get everything, and they do not get all that there is (Awb 7:3)."""
    if hearing is None and heard.without_hearing == "fully_upheld" and not whole:
        raise refused("unheard", "Niet alles wordt toegegeven. Hoor eerst, of kies een andere reden om niet te horen.",
                      "Not everything is given. Hear first, or choose another reason not to.", "without_hearing")  # fmt: skip


def _fixed_again(before: FixedPenalty, days: int, rows: tuple[Row, ...], by: SignedIn, at: datetime) -> FixedPenalty:
    cents = rows[-1].cents or 0
    act = perform(before.notice.case_id, "penalty_fixed", by=by, at=at, details={
        "cents": cents, "days": days, "notice": before.notice.number,
    })  # fmt: skip
    return FixedPenalty.objects.create(
        act=act, notice=before.notice, replaces=before, first_on=before.first_on,
        last_on=before.first_on + timedelta(days=days - 1), days=days, cents=cents,
    )  # fmt: skip
