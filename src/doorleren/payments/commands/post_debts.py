"""Following in the ledger what is about two cases, or about no grant: a set-off elsewhere, and the penalty for a late decision.

A set-off is two events, of which both are posted or none: `set_off/8/paid` in the case that was owed money, and `set_off/8/received`
in that of the claim. The penalty (`penalty/9`) stands on a subject of its own, ("penalty", the number of the case), outside every
round: it is no money of a grant, and who applied gets it, whoever a grant is paid to. Rounds to practise with owe none.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from doorleren.audit.acts import SITE, Party
from doorleren.payments.commands.post import Event, post_all
from doorleren.payments.penalties import PENALTY
from doorleren.payments.refusing import PaymentRefused

_SET_OFF = """
SELECT s.id, s.cents, claim.id, claim.body_id, claimed.round_id, owed.id, owed.body_id, owing.round_id
FROM decisions_recoverystep s
JOIN decisions_recovery r ON r.id = s.recovery_id
JOIN cases_case claim ON claim.id = r.case_id
JOIN cases_case owed ON owed.id = s.against_id
JOIN LATERAL (SELECT round_id FROM decisions_decision x WHERE x.case_id = claim.id ORDER BY number DESC LIMIT 1) claimed ON true
JOIN LATERAL (SELECT round_id FROM decisions_decision x WHERE x.case_id = owed.id ORDER BY number DESC LIMIT 1) owing ON true
WHERE s.step = 'set_off' AND s.against_id <> r.case_id
AND EXISTS (SELECT FROM payments_transaction k WHERE k.key = 'recovery/' || r.id)
AND NOT EXISTS (SELECT FROM payments_transaction k WHERE k.key = 'set_off/' || s.id || '/paid')
ORDER BY s.act_id LIMIT %s
"""
_PENALTIES = """
SELECT f.act_id, f.cents - coalesce(before.cents, 0), c.id, c.body_id
FROM decisions_fixedpenalty f
LEFT JOIN decisions_fixedpenalty before ON before.act_id = f.replaces_id
JOIN cases_caseact act ON act.id = f.act_id
JOIN cases_case c ON c.id = act.case_id
JOIN applications_application a ON c.subject_kind = 'application' AND a.id::text = c.subject_id
JOIN rounds_round r ON r.id = a.round_id AND NOT r.rehearsal
WHERE f.cents > coalesce(before.cents, 0) AND NOT EXISTS (SELECT FROM payments_transaction k WHERE k.key = 'penalty/' || f.act_id)
ORDER BY f.act_id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Afterwards:
    """How many were posted, and the keys of those that the ledger does not take (yet)."""

    posted: int
    waiting: tuple[str, ...]


def post_debts(*, at: datetime, most: int) -> Afterwards:
    """Follow at most so many set-offs between two cases, and as many penalties, in the order of their acts."""
    posted, waiting = 0, []
    for key, events in [*_set_offs(most), *_penalties(most)]:
        try:
            post_all(events, by=SITE, at=at)
        except PaymentRefused:
            waiting.append(key)
        else:
            posted += 1
    return Afterwards(posted, tuple(waiting))


def _set_offs(most: int) -> list[tuple[str, list[Event]]]:
    with connection.cursor() as cursor:
        cursor.execute(_SET_OFF, [most])
        rows = cursor.fetchall()
    return [
        (f"set_off/{step}", [
            Event("pay_by_set_off", Party("case", str(owed)), cents, f"set_off/{step}/paid", owed_body, owed_round),
            Event("receive_by_set_off", Party("case", str(claim)), cents, f"set_off/{step}/received", body, round_),
        ])
        for step, cents, claim, body, round_, owed, owed_body, owed_round in rows
    ]  # fmt: skip


def _penalties(most: int) -> list[tuple[str, list[Event]]]:
    with connection.cursor() as cursor:
        cursor.execute(_PENALTIES, [most])
        rows = cursor.fetchall()
    return [
        (f"penalty/{act}", [Event("owe_penalty", Party(PENALTY, str(case)), cents, f"penalty/{act}", body)])
        for act, cents, case, body in rows
    ]
