"""Collecting what is recovered: deferral in instalments, interest that is fixed, set-off, and a writ that was issued.

Each is an act on the case with its article (`law/money-debts.toml`), a row that never changes and a letter where the law asks
one. What was received comes from the ledger, which stands above: whoever calls gives it. The ledger follows what moves money.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from doorleren.audit.acts import Detail
from doorleren.cases.commands.note_decided import note_decided
from doorleren.cases.commands.perform import perform
from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.given_days import not_in_time
from doorleren.cases.locking import to_lock
from doorleren.cases.models import Case, CaseAct
from doorleren.core.days import day_of
from doorleren.core.money import in_words
from doorleren.decisions import letter_values
from doorleren.decisions.collecting import Debt, debt_of
from doorleren.decisions.commands.keep_step import (
    ensure_cents,
    ensure_day_over,
    ensure_not_barred,
    keep_step,
    plan_rows,
)
from doorleren.decisions.commands.write_letter import LANGUAGE, write_letter
from doorleren.decisions.debts import Moved, interest_cents, rows_of, schedule
from doorleren.decisions.law_of_debts import law_of_debts
from doorleren.decisions.matters import Matter, matter_held, matter_of
from doorleren.decisions.models import RecoveryStep
from doorleren.decisions.models.recovery import MOST_INSTALMENTS
from doorleren.decisions.pay_to import PayTo, pay_to_values
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.refusing import DecisionRefused, refused
from doorleren.decisions.sealed import Content
from doorleren.people.signed_in import SignedIn

NONE: Sequence[Moved] = ()
NO_REMINDER = {
    "nl": "Een dwangbevel kan pas als de tijd van een aanmaning voorbij is.",
    "en": "A writ is possible only once the time of a reminder is over.",
}


def defer(
    case: int, instalments: int, first_by: date, *, interest_free: bool = False, words: str = "", by: SignedIn, at: datetime,
    received: Sequence[Moved] = NONE, pay_to: PayTo | None = None,
) -> RecoveryStep:  # fmt: skip
    """Let what is still open be paid in monthly instalments, the first by a day. Ground: Awb 4:94.

    Interest runs on over the deferral, unless `interest_free` (4:101). Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter, debt, today = _held(case, received, at)
        if not 1 <= instalments <= MOST_INSTALMENTS or instalments > debt.left:
            most = min(MOST_INSTALMENTS, debt.left)
            raise refused(
                "instalments", f"Kies 1 tot en met {most} delen.", f"Choose 1 to {most} instalments.", "instalments"
            )
        if first_by <= today:
            raise refused("first_by", f"Kies een dag na {today:%d-%m-%Y}.", f"Choose a day after {today}.", "first_by")
        rows = plan_rows(schedule(debt.left, instalments, first_by))
        act = _decided(matter, "deferred", {"cents": debt.left, "instalments": instalments}, by, at)
        content = Content(calculation=rows, words=words.strip())
        step = keep_step(debt, act, "deferred", debt.left, at=at, content=content, instalments=instalments, pay_by=first_by,
                         interest_free=interest_free)  # fmt: skip
        values = {"open_cents": debt.left, "calculation": letter_values.sums(rows, LANGUAGE), "interest_free": interest_free,
                  "interest_runs": not interest_free, **pay_to_values(pay_to)}  # fmt: skip
        write_letter(act, "deferred", values, matter, at=at)
    return step


def fix_interest(
    case: int, *, by: SignedIn, at: datetime, until: date | None = None, received: Sequence[Moved] = NONE,
    pay_to: PayTo | None = None,
) -> RecoveryStep:  # fmt: skip
    """Fix the legal interest up to and including a day (yesterday unless it is given), with its calculation. Ground: Awb 4:99.

    Less than the law asks is not owed (4:98(2)). Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter, debt, today = _held(case, received, at)
        last = until or date.fromordinal(today.toordinal() - 1)
        if last >= today:
            raise refused("until", f"Kies een dag voor {today:%d-%m-%Y}.", f"Choose a day before {today}.", "until")
        why = not_in_time(debt.first_day())
        if why is not None:
            raise DecisionRefused(why, code="not_sent")
        stretches = debt.interest(last)
        cents, least = interest_cents(stretches), law_of_debts().least_cents
        if cents < least:
            raise refused(
                "too_little", f"De rente is {in_words(cents)['nl']}. Onder {in_words(least)['nl']} is niets verschuldigd (Awb artikel 4:98).",
                f"The interest is {in_words(cents)['en']}. Below {in_words(least)['en']} nothing is owed (Awb 4:98).",
            )  # fmt: skip
        rows = tuple(rows_of(stretches))
        pay_by = law_of_terms().reckon("payment", today).last
        act = _decided(matter, "interest", {"cents": cents, "until": last.isoformat()}, by, at)
        step = keep_step(
            debt, act, "interest", cents, at=at, content=Content(calculation=rows), pay_by=pay_by, counted_until=last
        )
        values = {"interest_cents": cents, "pay_by": pay_by, "calculation": letter_values.sums(rows, LANGUAGE)}
        values |= pay_to_values(pay_to)
        write_letter(act, "interest_fixed", values, matter, at=at)
    return step


def set_off(
    case: int, against: int, cents: int, *, payable_cents: int, open_cents: int, by: SignedIn, at: datetime
) -> RecoveryStep:
    """Set a claim off against what is to be paid in another case (or the same). Ground: Awb 4:93 and 4:57.

    `payable_cents`, `open_cents`: what the ledger owes there and claims here. Only the same recipient, scheme and body, and only
    what nobody else is to be paid. Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        list(to_lock().filter(pk__in=(case, against)).order_by("pk"))
        matter, debt, today = _held(case, NONE, at)
        ensure_not_barred(debt, today)
        other = matter_of(Case.objects.select_related("body").get(pk=against))
        _ensure_same(matter, other)
        ensure_cents(cents, min(payable_cents, open_cents))
        act = _decided(matter, "set_off", {"cents": cents, "against": other.case.reference}, by, at)
        if other.case.pk != matter.case.pk:
            told: dict[str, Detail] = {"what": "set_off", "cents": cents, "claim": matter.case.reference}
            note_decided(
                against, "recovery_decided", by=by, at=at, details=told, ground=law_of_debts().articles["set_off"]
            )
        step = keep_step(debt, act, "set_off", cents, at=at, against=other.case)
        values = {
            "set_off_cents": cents, "open_cents": open_cents - cents, "paid_cents": payable_cents,
            "other_reference": other.case.reference, "left_cents": payable_cents - cents,
        }  # fmt: skip
        write_letter(act, "set_off", values, matter, at=at)
    return step


def note_writ(case: int, cents: int, *, by: SignedIn, at: datetime, on: date | None = None) -> RecoveryStep:
    """Note that a writ was issued for what is open (of the ledger): only once the time of a reminder is over (Awb 4:117).

    A bailiff serves it (4:123), so no letter goes. `on`: the day of service. Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        _, debt, today = _held(case, NONE, at)
        ensure_not_barred(debt, today)
        reminder = next((one for one in reversed(debt.steps) if one.step == "reminded"), None)
        if reminder is None:
            raise DecisionRefused(NO_REMINDER, code="no_reminder")
        ensure_day_over(debt.reminded_until(reminder), on or today, NO_REMINDER, "no_reminder")
        if debt.deferral is not None and debt.deferral.act.number > reminder.act.number:
            raise refused("deferred", "Er is uitstel gegeven na de aanmaning. Maan eerst opnieuw aan.",
                          "Payment was deferred after the reminder. Remind again first.")  # fmt: skip
        ensure_cents(cents, debt.open)
        told: dict[str, Detail] = {"what": "writ", "cents": cents}
        article = law_of_debts().articles["writ"]
        act = note_decided(case, "recovery_decided", by=by, at=at, on=on, details=told, ground=article)
        return keep_step(debt, act, "writ", cents, at=at)


def _held(case: int, received: Sequence[Moved], at: datetime) -> tuple[Matter, Debt, date]:
    """Lock a case; give what it is about, its debt and today."""
    matter = matter_held(case)
    return matter, debt_of(case, received), day_of(at)


def _decided(matter: Matter, what: str, told: Mapping[str, Detail], by: SignedIn, at: datetime) -> CaseAct:
    """Do the act: a decision in the recovery, on its own article."""
    details: dict[str, Detail] = {"what": what, **told}
    return perform(
        matter.case.pk, "recovery_decided", by=by, at=at, details=details, ground=law_of_debts().articles[what]
    )


def _ensure_same(matter: Matter, other: Matter) -> None:
    """Raise DecisionRefused unless both cases are of the same recipient, scheme and body, and the recipient is whom is paid."""
    same = [(one.case.body_id, one.case.scheme, one.application.applicant_kind, one.application.applicant_number)
            for one in (matter, other)]  # fmt: skip
    decision = decision_in_force(other.case.pk)
    payee = None if decision is None else (decision.payee_kind, decision.payee_id)
    if same[0] != same[1] or payee != (other.application.applicant_kind, str(other.application.applicant_number)):
        raise refused("not_the_same", "Verrekenen kan alleen met geld voor dezelfde ontvanger, van dezelfde regeling en instantie.",
                      "Set-off is possible only with money for the same recipient, of the same scheme and body.", "other_case")  # fmt: skip
