"""Sums of the ledger, from its postings alone: of a case, a round, a body. What anybody shows of money comes from here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import connection
from django.db.models import Q, Sum

from doorleren.payments.models import Posting
from doorleren.payments.standings import NEW, Standing

Subject = tuple[str, str]
"""What a transaction is about: a plain kind and id, such as ("case", "12")."""

_OF_SUBJECTS = """
SELECT asked.kind, asked.id, own.turn, own.account, own.cents
FROM unnest(%s::text[], %s::text[]) AS asked (kind, id)
CROSS JOIN LATERAL (
    SELECT max(t.turn) AS turn, a.kind AS account, sum(p.cents)::bigint AS cents
    FROM payments_transaction t
    JOIN payments_posting p ON p.transaction_id = t.id
    JOIN payments_account a ON a.id = p.account_id
    WHERE t.subject_kind = asked.kind AND t.subject_id = asked.id
    GROUP BY a.kind
    OFFSET 0
) own
"""
"""Each subject is looked up by itself (the fence of OFFSET 0): a thousand new cases never read the whole ledger."""


@dataclass(frozen=True, slots=True)
class Money:
    """The figures of a round or body, in cents, all sums of the ledger.

    `granted` is all that was ever granted, `released` what fell free of that; `paid` is net of what came back unpaid;
    `payable` is owed, whether ordered or not; `written_off` was given up, or cannot be asked back any more. `ceiling` is None where
    there is none in money.
    """

    ceiling: int | None
    available: int | None
    reserved: int
    granted: int
    settled: int
    released: int
    above_ceiling: int
    payable: int
    paid: int
    received: int
    recoverable: int
    interest: int
    written_off: int
    suspense: int


def money(standing: Standing, *, has_ceiling: bool) -> Money:
    """Read the figures off a standing."""
    of = standing.amount
    return Money(
        ceiling=of("ceiling") if has_ceiling else None,
        available=of("available") if has_ceiling else None,
        reserved=of("reserved"),
        granted=standing.granted,
        settled=of("settled"),
        released=of("released"),
        above_ceiling=of("above_ceiling"),
        payable=of("payable") + of("in_transit"),
        paid=of("paid"),
        received=of("received"),
        recoverable=of("undue") + of("recoverable"),
        interest=of("interest"),
        written_off=of("written_off") + of("kept"),
        suspense=of("suspense"),
    )


def standings_of(subjects: Iterable[Subject]) -> dict[Subject, tuple[int, Standing]]:
    """Give how many transactions each subject has and how it stands; those without any are left out."""
    asked = sorted(subjects)
    sums: dict[Subject, dict[str, int]] = {}
    turns: dict[Subject, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(_OF_SUBJECTS, [[kind for kind, _ in asked], [id_ for _, id_ in asked]])
        for subject_kind, subject_id, turn, kind, cents in cursor.fetchall():
            subject = (subject_kind, subject_id)
            sums.setdefault(subject, {})[kind] = cents
            turns[subject] = max(turn, turns.get(subject, 0))
    return {subject: (turns[subject], Standing(MappingProxyType(one))) for subject, one in sums.items()}


def standing_of(kind: str, id_: str) -> Standing:
    """Give how a case or another subject stands."""
    return standings_of([(kind, id_)]).get((kind, id_), (0, NEW))[1]


def round_standing(round_: int) -> Standing:
    """Give how a round stands, whichever body pays."""
    return Standing(_sums(Q(account__round=round_)))


def body_standing(body: int) -> Standing:
    """Give how a body stands, over all its rounds and what belongs to none."""
    return Standing(_sums(Q(account__body=body)))


def round_money(round_: int) -> Money:
    """Give the figures of a round: its reserved, granted, paid and released amounts are these and no others."""
    standing = round_standing(round_)
    return money(standing, has_ceiling=bool(standing.amount("ceiling")))


def _sums(where: Q) -> Mapping[str, int]:
    rows = Posting.objects.filter(where).values_list("account__kind").annotate(total=Sum("cents"))
    return MappingProxyType({kind: int(total) for kind, total in rows})
