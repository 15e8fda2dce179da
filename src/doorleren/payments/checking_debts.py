"""Do set-offs and penalties stand in the ledger as they were decided? Queries that give where they do not; asked by checking.py."""

from doorleren.payments.checking_runs import Asked

DEBTS = (
    Asked("set_off_both", "a set-off between two cases has both its halves, of the same amount, as it was decided", """
        SELECT 'set_off ' || split_part(t.key, '/', 2) FROM payments_transaction t
        LEFT JOIN decisions_recoverystep s ON s.id::text = split_part(t.key, '/', 2) AND s.step = 'set_off'
        WHERE t.act IN ('pay_by_set_off', 'receive_by_set_off')
        GROUP BY split_part(t.key, '/', 2), s.cents
        HAVING count(DISTINCT t.act) <> 2 OR count(*) <> 2 OR min(t.cents) IS DISTINCT FROM s.cents
            OR max(t.cents) IS DISTINCT FROM s.cents ORDER BY 1"""),
    Asked("penalty_as_fixed", "a penalty in the ledger is one that was fixed, on its own case", """
        SELECT 'penalty ' || t.subject_id FROM payments_transaction t
        LEFT JOIN decisions_fixedpenalty f ON t.key = 'penalty/' || f.act_id
        LEFT JOIN decisions_fixedpenalty before ON before.act_id = f.replaces_id
        LEFT JOIN cases_caseact c ON c.id = f.act_id
        WHERE t.act = 'owe_penalty' AND ((t.subject_kind, t.subject_id) IS DISTINCT FROM ('penalty', c.case_id::text)
            OR t.cents IS DISTINCT FROM f.cents - coalesce(before.cents, 0)) ORDER BY t.id"""),
)  # fmt: skip
