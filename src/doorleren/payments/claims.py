"""A claim as it stands: the recovery of a case with its instalments, and what the bank received of it, by day. Reads only.

What a page shows and what the commands of recovering and collecting must be given. The ledger has one claim per case. Of two recoveries
in it, what comes in counts for the last, and what is over for the one before.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet, Sum

from doorleren.applications.models import Application
from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.stops import said
from doorleren.core.days import day_of
from doorleren.core.texts import Texts
from doorleren.decisions.collecting import Debt, debt_of
from doorleren.decisions.commands.recover import BASES
from doorleren.decisions.debts import Moved, Paid, interest_cents
from doorleren.decisions.models import Recovery, RecoveryStep
from doorleren.payments.balances import standing_of, standings_of
from doorleren.payments.models import BankAnswer, Transaction
from doorleren.payments.queries import receipt_key

_STEPS = ("waiver", "fee", "interest", "set_off", "lift", "lift_write_off")
"""What the keys of postings begin with that follow a step after a recovery; then comes the number of the step."""

_NOT_TOO_MUCH = said(
    "Er is niet te veel betaald, of het grootboek heeft het laatste besluit nog niet verwerkt.",
    "Not too much was paid, or the ledger has not followed the last decision yet.",
)
_DECIDED_ON = said(
    "Over wat te veel is betaald, is al besloten wat wordt teruggevraagd.",
    "What is asked back of what was paid too much has been decided already.",
)
_PAID_BACK = said("Er staat geen vordering meer open.", "No claim is open any more.")


@dataclass(frozen=True, slots=True)
class Claim:
    """How the last recovery of a case stands on a day, in cents: what the ledger claims, what is late, interest not fixed yet.

    `posted`: the ledger has followed everything that was decided, so that `open_cents` is what `debt.open` says: both count what
    came off with `core.money.comes_off`, in the order of the ledger. `earlier_cents`: still open of recoveries before the last.
    """

    debt: Debt
    instalments: tuple[Paid, ...]
    open_cents: int
    overdue_cents: int
    interest_cents: int
    barred_after: date
    posted: bool
    earlier_cents: int = 0


@dataclass(frozen=True, slots=True)
class _Since:
    """What came off the last recovery of a case since the ledger has it, and what is open of those before it."""

    moved: tuple[Moved, ...] = ()
    earlier: int = 0


def paid_on(case: int) -> int:
    """Give what was paid on the grant of a case, also by setting off; not what was only paid back or paid again.

    Example: 700 paid, 300 recovered and collected, of which 100 fell away and was paid again: 700, although 800 left the bank.
    """
    standing = standing_of("case", str(case))
    totals: dict[str, int] = dict(_of(case).values_list("act").annotate(total=Sum("cents")))
    recovered = totals.get("recover", 0) - totals.get("lift_recovery", 0) - totals.get("lift_write_off", 0)
    held = (
        sum(standing.amount(one) for one in ("advance", "expense", "undue", "kept"))
        + standing.loan_to_settle
        + recovered
    )
    return min(held, standing.amount("paid") + standing.amount("set_off_paid") + totals.get("set_off", 0))


def received_on(case: int) -> tuple[Moved, ...]:
    """Give what came in since the last recovery of a case, as the ledger has it, in its order; by the day of the bank where it told one.

    What was collected of an earlier recovery and fell away since came in too: the ledger takes it off what is open.
    """
    return _since(case).moved


def claimed_on(case: int) -> int:
    """Give what the ledger claims on the last recovery of a case, in cents: fees and interest among it."""
    return standing_of("case", str(case)).amount("recoverable") - _since(case).earlier


def nothing_undue(case: int) -> Texts | None:
    """Give the sentence why there is nothing to recover; None where more was paid than may be kept, and can be asked back."""
    if standing_of("case", str(case)).amount("undue") <= 0:
        return _NOT_TOO_MUCH
    return _DECIDED_ON if asked_no_more([case]) else None


def asked_no_more(cases: Collection[int], today: date | None = None) -> set[int]:
    """Give those of these cases in which what is not due and not claimed cannot be asked back any more, unless another decision is taken.

    Of the last decision from which it can follow was decided what must be paid back, also where that fell away since; or, on a day, it
    was taken too long ago (Awb 4:57).
    """
    last: dict[int, tuple[int, date]] = {}
    rows = CaseAct.objects.filter(case__in=cases, act__in=BASES).order_by("number") if cases else ()
    for one in rows:
        last[one.case_id] = (one.number, one.happened_on)
    decided = dict(
        Recovery.objects.filter(case__in=last).values_list("case").annotate(act=Max("act__number")).order_by()
    )
    late = {one for one, (_, day) in last.items() if today and today > law_of_terms().reckon("recovery", day).last}
    return late | {one for one, (number, _) in last.items() if decided.get(one, 0) > number}


def nothing_claimed(case: int) -> Texts | None:
    """Give the sentence why there is nothing to collect; None where a claim is open."""
    return None if claimed_on(case) > 0 else _PAID_BACK


def claim_of(case: int, today: date) -> Claim:
    """Give how the claim of a case stands. Raises DecisionRefused where nothing is recovered."""
    since = _since(case)
    debt = debt_of(case, since.moved)
    open_cents = standing_of("case", str(case)).amount("recoverable") - since.earlier
    yesterday = date.fromordinal(today.toordinal() - 1)
    return Claim(
        debt, debt.standing(today), open_cents, debt.overdue(today), interest_cents(debt.interest(yesterday)),
        debt.barred_after(), open_cents == debt.open, since.earlier,
    )  # fmt: skip


def _since(case: int) -> _Since:
    """Go through what the ledger did on the claim of a case after its last recovery."""
    found = Recovery.objects.filter(case=case).order_by("-number").first()
    rows = _of(case).annotate(
        claimed=Sum("postings__cents", filter=Q(postings__account__kind="recoverable"), default=0)
    )
    begun = None if found is None else rows.filter(key=f"recovery/{found.pk}").first()
    if begun is None:
        return _Since()
    numbers = dict(RecoveryStep.objects.filter(recovery=found).values_list("pk", "act__number"))
    days, after, moved = _days(case), 0, list[Moved]()
    own, earlier = begun.claimed, sum(one.claimed for one in rows.filter(turn__lt=begun.turn))
    for one in rows.filter(turn__gt=begun.turn).order_by("turn"):
        name, _, number = one.key.partition("/")
        step = int(number.partition("/")[0]) if name in _STEPS else None
        if step is not None and step not in numbers:  # of an earlier recovery: its own first
            off = min(earlier, -one.claimed)
            own, earlier = own + one.claimed + off, earlier - off
            if one.claimed + off:
                moved.append(Moved(day_of(one.at), -one.claimed - off, after))
            continue
        if one.act == "receive":
            moved.append(Moved(days.get(one.key) or day_of(one.at), one.cents, after))
        elif step is not None:
            after = max(after, numbers[step])
        own, earlier = max(0, own + one.claimed), earlier + min(0, own + one.claimed)
    return _Since(tuple(moved), earlier)


def _of(case: int) -> QuerySet[Transaction]:
    return Transaction.objects.filter(subject_kind="case", subject_id=str(case))


def payable_elsewhere(case: int) -> dict[int, int]:
    """Give the cases (ids) of the same applicant, scheme and body in which something is to be paid, with the cents.

    A set-off may be against these. Whether the applicant is whom is paid, the command asks (decisions/commands/collect.py).
    """
    own = Case.objects.get(pk=case)
    mine = Application.objects.get(pk=int(own.subject_id))
    same = Application.objects.filter(applicant_kind=mine.applicant_kind, applicant_number=mine.applicant_number)
    numbers = [str(one) for one in same.values_list("pk", flat=True)]
    cases = Case.objects.filter(
        scheme=own.scheme, body=own.body_id, subject_kind=own.subject_kind, subject_id__in=numbers
    )
    asked = [("case", str(one)) for one in cases.values_list("pk", flat=True)]
    owed = {int(id_): standing.amount("payable") for (_, id_), (_, standing) in standings_of(asked).items()}
    return {one: cents for one, cents in owed.items() if cents}


def _days(case: int) -> dict[str, date]:
    """Give for each receipt of a case the day on which the bank booked it, by the key of its posting."""
    rows = BankAnswer.objects.filter(case=case, outcome="received").select_related("entry__message").order_by("-entry")
    return {receipt_key(one.entry, one.entry.message.body_id): one.entry.day for one in rows if one.entry.day}
