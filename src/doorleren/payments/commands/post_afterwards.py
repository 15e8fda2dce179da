"""Following in the ledger what comes after a decision: settlements, recoveries and what of them is waived. Pulled.

Each cause has its key (`settlement/3`, `recovery/2`, `waiver/5`), so asking again posts nothing twice. One that the ledger
does not take yet (its decision, or the bank's word on a payment, is not in it) waits, and holds up no other.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from doorleren.audit.acts import SITE, Party
from doorleren.payments.balances import standing_of
from doorleren.payments.commands.post import Event, post
from doorleren.payments.refusing import PaymentRefused

_WAITING = """
SELECT cause.key, cause.act, cause.cents, cause.case_id, c.body_id, d.round_id FROM (
    SELECT 'settlement/' || id AS key, act_id, case_id, settled_cents AS cents,
           CASE WHEN replaces_id IS NULL THEN 'settle' ELSE 'settle_anew' END AS act
    FROM decisions_settlement
    UNION ALL
    SELECT 'recovery/' || id, act_id, case_id, cents, 'recover' FROM decisions_recovery
    UNION ALL
    SELECT 'waiver/' || s.id, s.act_id, r.case_id, s.cents, 'write_off'
    FROM decisions_recoverystep s JOIN decisions_recovery r ON r.id = s.recovery_id WHERE s.step = 'waived'
) cause
JOIN cases_case c ON c.id = cause.case_id
JOIN LATERAL (SELECT round_id FROM decisions_decision x WHERE x.case_id = c.id ORDER BY number DESC LIMIT 1) d ON true
WHERE NOT EXISTS (SELECT FROM payments_transaction k WHERE k.key = cause.key)
ORDER BY cause.act_id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Afterwards:
    """How many were posted, and the keys of those that the ledger does not take (yet)."""

    posted: int
    waiting: tuple[str, ...]


def post_afterwards(*, at: datetime, most: int) -> Afterwards:
    """Follow at most so many settlements, recoveries and waivers, in the order of their acts."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [most])
        rows = cursor.fetchall()
    posted, waiting = 0, []
    for key, act, cents, case, body, round_ in rows:
        subject = Party("case", str(case))
        try:
            post(Event(_settling(act, subject), subject, cents, key, body, round_), by=SITE, at=at)
        except PaymentRefused:
            waiting.append(key)
        else:
            posted += 1
    return Afterwards(posted, tuple(waiting))


def _settling(act: str, subject: Party) -> str:
    """Settle anew where the ledger has a settlement already: a direct grant was settled in its decision."""
    if act != "settle" or standing_of(subject.kind, subject.id).amount("obligation"):
        return act
    return "settle_anew"
