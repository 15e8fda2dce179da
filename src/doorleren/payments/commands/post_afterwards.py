"""Following in the ledger what comes after a decision: settlements, recoveries and the steps after those. Pulled.

What is about two cases, or about no grant, follows in post_debts.py. Each cause has its key (`settlement/3`, `recovery/2`,
`waiver/5`, `fee/6`, `interest/7`, `set_off/8`, `lift_write_off/9`), so asking again posts nothing twice. One that the ledger
does not take yet (its decision, or the bank's word on a payment, is not in it) waits, and holds up no other. So does all that came
after a decision of its case that is not in it: a withdrawal is never followed before the grant that it withdraws; and what comes
after a recovery that is not. A settlement or withdrawal that changed nothing in the ledger is not posted; once another decision took
its place, after a judgment, it never is. What came in between a waiver or set-off and its posting was paid too much (events.py). A waiver that an
earlier ledger never took, as the money had come in by then, is no longer asked once the recovery fell away. What was paid in on a claim
that falls away is owed to who paid it in the same transaction (`lift/9/owed`), on the subject of its own that refunds have (refunds.py).
"""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Sum

from doorleren.audit.acts import SITE, Party
from doorleren.payments.balances import standing_of
from doorleren.payments.commands.post import Event, post
from doorleren.payments.commands.post_debts import Afterwards, post_debts
from doorleren.payments.models import Posting
from doorleren.payments.refunds import REFUND
from doorleren.payments.refusing import PaymentRefused, refused

OF_A_CLAIM = ("write_off", "charge_interest", "charge_costs", "set_off")
"""What is of a recovery, and waits where that is not in the ledger."""
ENDING = ("settle", "settle_anew", "amend_down")
"""What ends the obligation of a grant: its settlement, or its withdrawal."""
_WAITING = """
SELECT cause.key, cause.act, cause.cents, cause.case_id, c.body_id, d.round_id, EXISTS (
    SELECT FROM decisions_decision e WHERE e.case_id = cause.case_id AND e.act_id < cause.act_id
    AND NOT EXISTS (SELECT FROM payments_followeddecision f WHERE f.decision_id = e.id)
) AS early, EXISTS (
    SELECT FROM decisions_decision e JOIN payments_followeddecision f ON f.decision_id = e.id
    WHERE e.case_id = cause.case_id AND e.act_id > cause.act_id
) AS replaced FROM (
    SELECT 'settlement/' || id AS key, act_id, case_id, settled_cents AS cents,
           CASE WHEN replaces_id IS NULL THEN 'settle' ELSE 'settle_anew' END AS act
    FROM decisions_settlement
    UNION ALL
    SELECT 'recovery/' || id, act_id, case_id, cents, 'recover' FROM decisions_recovery
    UNION ALL
    SELECT w.name || '/' || s.id, s.act_id, r.case_id, w.cents, w.act
    FROM decisions_recoverystep s JOIN decisions_recovery r ON r.id = s.recovery_id
    JOIN LATERAL (VALUES
        ('waived', 'waiver', s.cents, 'write_off'), ('interest', 'interest', s.cents, 'charge_interest'),
        ('reminded', 'fee', s.fee_cents, 'charge_costs'),
        ('set_off', 'set_off', CASE WHEN s.against_id = r.case_id THEN s.cents END, 'set_off')
    ) w (step, name, cents, act) ON w.step = s.step AND w.cents > 0
    WHERE NOT EXISTS (SELECT FROM decisions_recoverystep l JOIN payments_transaction k ON k.key = 'lift_write_off/' || l.id
                      WHERE w.act = 'write_off' AND l.recovery_id = s.recovery_id AND l.act_id > s.act_id)
    UNION ALL
    SELECT w.name || '/' || s.id, s.act_id, r.case_id, w.cents, w.act
    FROM decisions_recoverystep s JOIN decisions_recovery r ON r.id = s.recovery_id
    JOIN LATERAL (
        SELECT coalesce(sum(b.cents) FILTER (WHERE b.step = 'interest'), 0)::bigint AS interest,
               coalesce(sum(b.fee_cents), 0)::bigint AS fees
        FROM decisions_recoverystep b WHERE b.recovery_id = s.recovery_id AND b.act_id < s.act_id
        AND b.act_id > coalesce((SELECT max(l.act_id) FROM decisions_recoverystep l WHERE l.recovery_id = s.recovery_id
                                 AND l.step = 'lifted' AND l.act_id < s.act_id), 0)
    ) charged ON true
    JOIN LATERAL (VALUES
        ('lift', s.cents, 'lift_recovery'), ('lift_interest', charged.interest, 'lift_interest'),
        ('lift_costs', charged.fees, 'lift_costs'), ('lift_write_off', s.waived_cents, 'lift_write_off')
    ) w (name, cents, act) ON w.cents > 0
    WHERE s.step = 'lifted'
    UNION ALL
    SELECT 'revocation/' || v.act_id, v.act_id, g.case_id, 0, 'amend_down'
    FROM decisions_revocation v JOIN decisions_decision g ON g.id = v.decision_id
) cause
JOIN cases_case c ON c.id = cause.case_id
JOIN LATERAL (SELECT round_id FROM decisions_decision x WHERE x.case_id = c.id ORDER BY number DESC LIMIT 1) d ON true
WHERE NOT EXISTS (SELECT FROM payments_transaction k WHERE k.key = cause.key)
ORDER BY cause.act_id, cause.key LIMIT %s
"""


def post_afterwards(*, at: datetime, most: int) -> Afterwards:
    """Follow at most so many settlements, recoveries and steps after them, in the order of their acts; then the debts."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [most])
        rows = cursor.fetchall()
    posted, waiting, held, unclaimed = 0, [], set(), set()
    for key, act, cents, case, body, round_, early, replaced in rows:
        subject = Party("case", str(case))
        if replaced and act in ENDING:
            continue
        if early or case in held:
            waiting.append(key)
            continue
        lifts = act.startswith("lift")
        try:
            # an earlier claim would take it for money paid on it
            if case in unclaimed and (lifts or act in OF_A_CLAIM):
                raise refused("De terugvordering staat niet in het grootboek.", "The recovery is not in the ledger.")
            _posted(Event(_settling(act, subject), subject, cents, key, body, round_), at)
        except PaymentRefused:
            waiting.append(key)
            if lifts:  # what comes after in the case rests on it
                held.add(case)
            elif act == "recover":
                unclaimed.add(case)
        else:
            posted += 1
    elsewhere = post_debts(at=at, most=most)
    return Afterwards(posted + elsewhere.posted, (*waiting, *elsewhere.waiting))


def _posted(event: Event, at: datetime) -> None:
    """Post an event; what by it leaves the case of what was paid in, is owed to who paid it."""
    with transaction.atomic():
        number = post(event, by=SITE, at=at)
        if event.act.startswith("lift"):
            left = Posting.objects.filter(transaction=number, account__kind="received").aggregate(cents=Sum("cents"))
            if left["cents"]:
                who, key = Party(REFUND, event.subject.id), f"{event.key}/owed"
                post(Event("owe_refund", who, -left["cents"], key, event.body, event.round), by=SITE, at=at)


def _settling(act: str, subject: Party) -> str:
    """Settle anew where the ledger has a settlement already: a direct grant was settled in its decision; a revoked one, to nothing.

    One that was annulled or withdrawn, and of which the grant came back, is settled as if for the first time.
    """
    if act not in ENDING:
        return act
    if standing_of(subject.kind, subject.id).amount("obligation"):
        return "settle" if act == "settle_anew" else act
    return "settle_anew"
