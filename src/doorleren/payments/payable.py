"""What can be paid on a day: for each case what the ledger owes, to whom, on which account; and why another case is not.

Read by the proposal of a payment run, and by its release, which asks again. Reads only.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import connection

from doorleren.audit.models import Act
from doorleren.cases.models import Case
from doorleren.cases.recording import moments_of
from doorleren.cases.rules import stands, why_not
from doorleren.cases.stops import OVERTURNED, STOPS
from doorleren.decisions.models import Decision, RecoveryStep
from doorleren.payments.balances import standings_of
from doorleren.payments.models import PayeeAccount, PaymentLine, Transaction
from doorleren.payments.models.run import PAID_FOR
from doorleren.payments.payees import Opened, opened
from doorleren.payments.penalties import PENALTY, applicants_of, who_is_owed
from doorleren.payments.refunds import REFUND, refunded_cases, who_is_refunded, without_a_grant
from doorleren.payments.refusing import PaymentRefused
from doorleren.payments.standings import NEW
from doorleren.people.national_number import Keys, NoKeys

Reason = Literal[
    "suspended", "act_forbidden", "nothing_due", "no_payee", "payee_changed", "no_account", "account_differs",
    "account_altered", "account_changed", "own_case", "waits_elsewhere", "taken_out", "set_off",
]  # fmt: skip
"""Why a case is not paid now: its payment was suspended, the case allows none, the ledger owes nothing (any more), no
decision names a payee, another decision names another, there is no account, it is another one than was proposed, it was
changed outside the usual way, it took the place of another after the decision or was never paid on since, who proposes had a hand in the case, it is
on a list that waits, who proposed left it out, or what is owed is set off against a claim and the ledger has yet to follow that."""

GRANT = "case"
"""What is paid of the grant itself."""

_OWED = """
SELECT t.subject_id::bigint, a.round_id, -sum(p.cents), t.subject_kind
FROM payments_account a
JOIN payments_posting p ON p.account_id = a.id
JOIN payments_transaction t ON t.id = p.transaction_id
JOIN rounds_round r ON r.id = a.round_id
WHERE a.body_id = %s AND a.kind = 'payable' AND r.rehearsal = %s AND t.subject_kind IN ('case', 'refund')
    AND t.subject_id ~ '^[0-9]{1,18}$'
GROUP BY t.subject_id, a.round_id, t.subject_kind HAVING sum(p.cents) < 0
ORDER BY 1
"""
_OWED_OUTSIDE = """
SELECT t.subject_id::bigint, NULL::bigint, -sum(p.cents), t.subject_kind
FROM payments_account a
JOIN payments_posting p ON p.account_id = a.id
JOIN payments_transaction t ON t.id = p.transaction_id
LEFT JOIN cases_case c ON c.id = CASE WHEN t.subject_id ~ '^[0-9]{1,18}$' THEN t.subject_id::bigint END
LEFT JOIN applications_application ap
    ON ap.id = CASE WHEN c.subject_kind = 'application' AND c.subject_id ~ '^[0-9]{1,18}$' THEN c.subject_id::bigint END
LEFT JOIN rounds_round r ON r.id = ap.round_id
WHERE a.body_id = %s AND a.kind = 'payable' AND a.round_id IS NULL AND coalesce(r.rehearsal, false) = %s
    AND t.subject_kind IN ('case', 'penalty', 'refund')
    AND t.subject_id ~ '^[0-9]{1,18}$'
GROUP BY t.subject_id, t.subject_kind HAVING sum(p.cents) < 0
ORDER BY 1
"""
"""Outside every round, as a penalty is: whether it is real is told by the round that the case came from."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What the ledger owes in a case, in cents. `what`: of its grant ("case"), of its "penalty", or of its "refund"."""

    case: int
    round: int | None
    cents: int
    what: str = "case"

    @property
    def subject(self) -> "Subject":
        """Give what it is of."""
        return self.case, self.what


Subject = tuple[int, str]
"""What something is paid of: a case (id), and its grant, penalty or refund. Each is owed, proposed and ordered by itself."""


@dataclass(frozen=True, slots=True)
class Payee:
    """Whom the decision in force names (or who applied), and when that was decided."""

    kind: str
    id: str
    decided_at: datetime


def owed_by(body: int, *, rehearsal: bool) -> list[Owed]:
    """Give what a body owes in its cases, by case and what it is of: in rounds to practise with, or in all others."""
    found = []
    with connection.cursor() as cursor:
        for sql in (_OWED, _OWED_OUTSIDE):
            cursor.execute(sql, [body, rehearsal])
            found += [Owed(case, round_, int(cents), what) for case, round_, cents, what in cursor.fetchall()]
    return sorted(found, key=lambda one: one.subject)


def payees_for(subjects: Iterable[Subject]) -> dict[Subject, Payee]:
    """Give who gets each of these: of a grant whom the decision names, of a penalty or refund who applied. Those with nobody are left out."""
    cases: dict[str, list[int]] = {what: [] for what in PAID_FOR}
    for case, what in subjects:
        cases[what].append(case)
    found: dict[Subject, Payee] = {(case, GRANT): one for case, one in payees_of(cases[GRANT]).items()}
    for what, owed in ((PENALTY, who_is_owed(cases[PENALTY])), (REFUND, who_is_refunded(cases[REFUND]))):
        found |= {(case, what): Payee(*one) for case, one in owed.items()}
    return found


def payees_of(cases: Collection[int]) -> dict[int, Payee]:
    """Give for each case whom its last decision names; those whose decision gives nothing are left out.

    What is payable where nothing of the grant stands any more is for who applied.
    """
    rows = Decision.objects.filter(case__in=cases).order_by("case", "-number").distinct("case")
    told = rows.values_list("case", "payee_kind", "payee_id", "act__at")
    back = applicants_of(refunded_cases(cases))
    return {case: Payee(*back.get(case, (kind, id_)), at) for case, kind, id_, at in told if kind or case in back}


def owed_in(case: Case) -> list[tuple[str, int, Payee | None]]:
    """Give what is to be paid in a case: of what, how many cents, and to whom; None where nobody is named."""
    standings = standings_of((what, str(case.pk)) for what in PAID_FOR)
    cents = {what: standings.get((what, str(case.pk)), (0, NEW))[1].amount("payable") for what in PAID_FOR}
    payees = payees_for((case.pk, what) for what in PAID_FOR if cents[what])
    return [(what, cents[what], payees.get((case.pk, what))) for what in PAID_FOR if cents[what]]


def paid_next(case: Case) -> tuple[str, Payee | None]:
    """Give what is to be paid in a case, and to whom: of its grant where that is to be paid, or nothing is; else its penalty or refund."""
    owed = owed_in(case)
    return (owed[0][0], owed[0][2]) if owed else (GRANT, payees_of([case.pk]).get(case.pk))


def accounts_in_force(
    body: int, payees: Iterable[tuple[str, str]], at: datetime
) -> dict[tuple[str, str], tuple[PayeeAccount, bool]]:
    """Give for each payee the account in force at a moment, and whether it took the place of another."""
    asked = set(payees)
    asked_ids = {id_ for _, id_ in asked}
    rows = PayeeAccount.objects.filter(
        body=body, payee_id__in=asked_ids, effective_at__lte=at, stopped_at=None, destroyed_at=None
    )
    found: dict[tuple[str, str], tuple[PayeeAccount, bool]] = {}
    for row in rows.order_by("effective_at", "pk"):
        payee = (row.payee_kind, row.payee_id)
        if payee in asked:
            found[payee] = (row, payee in found)
    return found


def paid_on(accounts: Collection[int]) -> set[int]:
    """Give those of these accounts (ids) on which the bank paid before."""
    rows = PaymentLine.objects.filter(account__in=accounts, events__event="confirmed")
    return set(rows.values_list("account", flat=True)) if accounts else set()


def waiting_elsewhere(body: int) -> set[int]:
    """Give the cases that are on a run of this body which was neither released nor withdrawn."""
    rows = PaymentLine.objects.filter(run__body=body, run__released_at=None, run__withdrawn_at=None)
    return set(rows.values_list("case", flat=True))


def set_off_waits(cases: Collection[int]) -> set[int]:
    """Give those of these cases against whose money a set-off was decided that the ledger has not followed yet."""
    rows = RecoveryStep.objects.filter(step="set_off", against__in=cases).values_list("pk", "against", "recovery__case")
    keys = {f"set_off/{step}" if own == against else f"set_off/{step}/paid": against for step, against, own in rows}
    posted = set(Transaction.objects.filter(key__in=keys).values_list("key", flat=True))
    return {case for key, case in keys.items() if key not in posted and case is not None}


def act_of(case: Case, what: str = "case", ordered: datetime | None = None) -> str:
    """Name the act that a payment in a case is: an advance until the grant was settled, or that of a penalty or of money owed back.

    `ordered`: when it was, where it was. What was ordered while the grant stood is money of the grant, whatever came after.
    """
    if what == PENALTY:
        return "penalty_paid"
    if what == REFUND or (_ended_before(case, ordered) and without_a_grant((case,))):
        return "refunded"
    return "paid" if stands(moments_of(case), "settled", OVERTURNED) else "advance_paid"


def _ended_before(case: Case, ordered: datetime | None) -> bool:
    ended = [one for one in (case.revoked_at, case.refused_at, case.left_out_at) if one is not None]
    return ordered is None or all(one < ordered for one in ended)


def stopped(case: Case, what: str = "case") -> Reason | None:
    """Say why nothing is paid in a case as it stands; None where it can be.

    A penalty waits for nothing but being owed, which the ledger says: one may be fixed while another is being paid.
    """
    moments = moments_of(case)
    suspended = STOPS["payments_suspended"]
    if what != PENALTY and stands(moments, suspended.by, suspended.until):
        return "suspended"
    return None if why_not(act_of(case, what), moments) is None else "act_forbidden"


def recorded(accounts: Collection[PayeeAccount]) -> set[int]:
    """Give those of these accounts that the record of acts knows as proposed and as confirmed."""
    told: Mapping[str, set[int]] = {"proposed": set(), "confirmed": set()}
    rows = Act.objects.filter(
        subject_kind="payee_account", subject_id__in={str(one.pk) for one in accounts}, act__in=list(told)
    )
    for act, number in rows.values_list("act", "subject_id"):
        told[act].add(int(number))
    return told["proposed"] & told["confirmed"]


def as_sealed(account: PayeeAccount, keys: Keys) -> Opened | None:
    """Open an account that is as it was sealed: whose it is and its hash fit what is inside; None where they do not."""
    try:
        return opened(account, keys)
    except (PaymentRefused, NoKeys, ValueError):
        return None
