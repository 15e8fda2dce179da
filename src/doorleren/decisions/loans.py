"""The loan that a case was granted, and whether it was repaid, as the record of the case says. Reads only.

Its plan: repayment.py; what the ledger has of it: payments/loans.py.
"""

from doorleren.cases.models import Case, CaseAct
from doorleren.cases.stops import said
from doorleren.core.texts import Texts
from doorleren.decisions.models import GIVING, Decision
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.refusing import DecisionRefused
from doorleren.rules.frameworks import LOAN, ON_REPAYMENT

REPAID = "loan_repaid"
"""What the note of the site says once nothing of a loan is outstanding."""
NOT_REPAID = said(
    "Deze lening is nog niet terugbetaald. U noteert haar pas als afgelost als alles is terugbetaald.",
    "This loan has not been repaid yet. It is noted as repaid only once all of it was.",
)
NEVER_LOWER = said(
    "Een lening krijgt achteraf geen lager bedrag. Zij is afgelost als alles is terugbetaald.",
    "A loan gets no lower amount afterwards. It is repaid once all of it was.",
)


def decided_loan(case: Case) -> Decision | None:
    """Give the decision in force on a case where it grants a loan; of any other procedure nothing is read."""
    found = decision_in_force(case.pk) if case.procedure == LOAN else None
    return found if found is not None and found.kind in GIVING and found.settle_how == ON_REPAYMENT else None


def repaid(decision: Decision) -> bool:
    """Say whether all of a loan was repaid since this decision on it."""
    notes = CaseAct.objects.filter(case=decision.case_id, act="contact_noted", details__what=REPAID)
    return notes.filter(number__gt=decision.act.number, by_kind="site").exists()


def not_repaid(case: Case) -> Texts | None:
    """Give the sentence why a loan is not settled yet; None where all was repaid, or the case has no loan."""
    decision = decided_loan(case)
    return None if decision is None or repaid(decision) else NOT_REPAID


def never_lower(case: Case) -> Texts | None:
    """Give the sentence why a loan is not settled lower; None where the case has no loan."""
    return None if decided_loan(case) is None else NEVER_LOWER


def ensure_repaid(decision: Decision) -> None:
    """Raise DecisionRefused for a loan that was not repaid: it is settled once that was noted."""
    if decision.settle_how == ON_REPAYMENT and not repaid(decision):
        raise DecisionRefused(NOT_REPAID, code="not_repaid")


def ensure_no_loan(decision: Decision) -> None:
    """Raise DecisionRefused for a loan: that is settled at what was lent, never lower."""
    if decision.settle_how == ON_REPAYMENT:
        raise DecisionRefused(NEVER_LOWER, code="loan")
