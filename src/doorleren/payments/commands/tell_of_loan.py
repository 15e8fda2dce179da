"""Telling who has a loan how it is paid back: the letter with the plan, by the site, and a reminder of what is late, by an official.

Nobody is reminded before the letter with the plan was sent, and the time that the law gives to pay was over since (Awb 4:87, 4:112).
No fee and no legal interest come with it: the sources name none for a loan.
"""

from datetime import date, datetime

from django.db import transaction

from doorleren.audit.acts import SITE, Detail
from doorleren.cases.commands.perform import perform
from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.given_days import given_by, sent_on
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import acts_of
from doorleren.core.days import day_of
from doorleren.decisions.commands.keep_step import ensure_day_over
from doorleren.decisions.commands.write_letter import LANGUAGE, write_letter
from doorleren.decisions.law_of_debts import law_of_debts
from doorleren.decisions.letter_values import sums
from doorleren.decisions.loans import decided_loan
from doorleren.decisions.matters import matter_held, matter_of
from doorleren.decisions.pay_to import PayTo, pay_to_values
from doorleren.decisions.procedure_values import plan_told
from doorleren.decisions.refusing import refused
from doorleren.decisions.sealed import Row
from doorleren.payments.loans import Loan, loan_of
from doorleren.payments.own_account import own_account
from doorleren.people.access import Thing, ensure
from doorleren.people.signed_in import SignedIn

PLAN, REMINDED = "loan_plan", "loan_reminded"
"""What the notes say, and the letters that go with them."""
PAYING = {"nl": "Er is nog tijd om te betalen.", "en": "There is still time to pay."}
NOT_LATE = {
    "nl": "Van deze lening is niets te laat.",
    "en": "Nothing of this loan is late.",
}


def tell_plan(case: Case, at: datetime) -> int:
    """Write the letter with the plan, once the activities are over and it is known, once since the last decision; say whether it was.

    `case` is locked by the caller. Raises CaseRefused, NotFilled.
    """
    decision, today = decided_loan(case), day_of(at)
    if decision is None or decision.activities_until is None or decision.activities_until >= today:
        return 0
    if case.state == "revoked":  # also before the ledger has followed that
        return 0
    if told_plan(case.pk, decision.act.number) is not None:
        return 0
    loan = loan_of(case, today)
    if loan is None or not loan.left or not loan.months:
        return 0
    act = perform(case.pk, "contact_noted", by=SITE, at=at, details={"what": PLAN, "cents": loan.lent}, held=case)
    write_letter(act, PLAN, plan_values(loan, own_account(case.body_id, at)), matter_of(case), at=at)
    return 1


def remind_of_loan(case: int, *, by: SignedIn, at: datetime) -> CaseAct:
    """Remind of the instalments that are late; two weeks to pay. Raises NotAllowed, CaseRefused, DecisionRefused."""
    with transaction.atomic():
        matter = matter_held(case)
        ensure(by, "prepare_case", Thing("case", str(case), body=matter.case.body_id), at=at)
        today, loan = day_of(at), loan_of(matter.case, day_of(at))
        if loan is None or not loan.overdue:
            raise refused("not_late", NOT_LATE["nl"], NOT_LATE["en"])
        _ensure_told(matter.case, today)
        pay_by = law_of_terms().reckon("reminder", today).last
        details: dict[str, Detail] = {"what": REMINDED, "cents": loan.overdue, "until": pay_by.isoformat()}
        act = perform(case, "contact_noted", by=by, at=at, details=details, ground=law_of_debts().articles["reminded"])
        values = {"open_cents": loan.overdue, "pay_by": pay_by} | pay_to_values(own_account(matter.case.body_id, at))
        write_letter(act, REMINDED, values, matter, at=at)
    return act


def nothing_late(case: Case, today: date) -> dict[str, str] | None:
    """Give the sentence why nobody is reminded of a loan; None where something is late."""
    loan = loan_of(case, today)
    return None if loan is not None and loan.overdue else NOT_LATE


def told_plan(case: int, after: int) -> CaseAct | None:
    """Give the last note after an act (its number) that the plan was told."""
    return _noted(case, PLAN, after)


def plan_values(loan: Loan, account: PayTo | None) -> dict[str, object]:
    """Give what the letter with the plan names of it, and to which account one pays. Raises ValueError for a loan without a plan."""
    if loan.law is None:
        raise ValueError("law: given nothing, allowed is a loan with a plan")
    interest = sum(one.interest for one in loan.months)
    rows = (
        Row({"nl": "geleend", "en": "borrowed"}, loan.lent),
        Row({"nl": "rente, als u elke maand op tijd betaalt", "en": "interest, if you pay each month in time"}, interest),
        Row({"nl": "samen betaalt u terug", "en": "together you pay back"}, loan.lent + interest, total=True),
    )  # fmt: skip
    plan = plan_told(loan.months, loan.law, loan.assumption, LANGUAGE)
    return {"lent_cents": loan.lent, "calculation": sums(rows, LANGUAGE), **plan, **pay_to_values(account)}


def _ensure_told(case: Case, today: date) -> None:
    """Raise DecisionRefused unless the plan was sent, the time to pay after that is over, and so is that of a reminder before."""
    decision, acts = decided_loan(case), acts_of(case.pk)
    told = None if decision is None else told_plan(case.pk, decision.act.number)
    sent = None if told is None else sent_on(told, acts)
    if told is None or sent is None:
        raise refused("no_plan", "De brief met het terugbetaalplan is nog niet verstuurd. Zonder die brief is niemand te laat.",
                      "The letter with the plan of repayment was not sent yet. Without it nobody is late.")  # fmt: skip
    ensure_day_over(given_by(told, law_of_terms().reckon("payment", sent).last, acts), today, PAYING, "too_soon")
    before = _noted(case.pk, REMINDED, told.number)
    if before is not None:
        until = date.fromisoformat(str(before.details["until"]))
        ensure_day_over(given_by(before, until, acts), today, PAYING, "too_soon")


def _noted(case: int, what: str, after: int) -> CaseAct | None:
    rows = CaseAct.objects.filter(case=case, act="contact_noted", details__what=what, number__gt=after)
    return rows.order_by("-number").first()
