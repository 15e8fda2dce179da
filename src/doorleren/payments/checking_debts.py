"""Do set-offs, refunds, penalties and what fell away of recoveries stand in the ledger as they were decided? Queries that give where they do not; asked by checking.py."""

from doorleren.payments.checking_runs import Asked

DEBTS = (
    Asked("set_off_both", "a set-off between two cases has both its halves, of the same amount, as it was decided", """
        SELECT 'set_off ' || split_part(t.key, '/', 2) FROM payments_transaction t
        LEFT JOIN decisions_recoverystep s ON s.id::text = split_part(t.key, '/', 2) AND s.step = 'set_off'
        WHERE t.act IN ('pay_by_set_off', 'receive_by_set_off')
        GROUP BY split_part(t.key, '/', 2), s.cents
        HAVING count(DISTINCT t.act) <> 2 OR count(*) <> 2 OR min(t.cents) IS DISTINCT FROM s.cents
            OR max(t.cents) IS DISTINCT FROM s.cents ORDER BY 1"""),
    Asked("refund_both", "what was paid too much leaves its case and is owed back for the same amount, to the same case", """
        SELECT 'case ' || coalesce(one.subject_id, owed.subject_id) FROM (SELECT * FROM payments_transaction WHERE act = 'refund') one
        FULL JOIN (SELECT * FROM payments_transaction WHERE act = 'owe_refund' AND key NOT LIKE 'lift%') owed ON owed.key = one.key || '/owed'
        WHERE one.id IS NULL OR owed.id IS NULL OR one.cents <> owed.cents OR one.subject_kind <> 'case'
            OR owed.subject_kind <> 'refund' OR one.subject_id <> owed.subject_id ORDER BY 1"""),
    Asked("lifted_paid_back", "what was paid in on a claim that fell away leaves its case and is owed to who paid it, for the same amount", """
        SELECT 'case ' || coalesce(one.subject_id, owed.subject_id) FROM (
            SELECT t.key, t.subject_id, -sum(p.cents) AS cents FROM payments_transaction t
            JOIN payments_posting p ON p.transaction_id = t.id JOIN payments_account a ON a.id = p.account_id AND a.kind = 'received'
            WHERE t.act IN ('lift_recovery', 'lift_interest', 'lift_costs', 'lift_write_off') GROUP BY t.id
        ) one
        FULL JOIN (SELECT * FROM payments_transaction WHERE act = 'owe_refund' AND key LIKE 'lift%') owed ON owed.key = one.key || '/owed'
        WHERE one.cents IS DISTINCT FROM owed.cents OR owed.subject_kind <> 'refund' OR one.subject_id <> owed.subject_id ORDER BY 1"""),
    Asked("kept_at_closing", "what cannot be asked back any more is taken off only where the site closed the case in the same moment", """
        SELECT 'case ' || t.subject_id FROM payments_transaction t
        WHERE t.act = 'let_keep' AND NOT EXISTS (
            SELECT FROM cases_caseact a WHERE t.subject_kind = 'case' AND a.case_id::text = t.subject_id AND a.act = 'closed'
                AND a.by_kind = 'site' AND a.at = t.at) ORDER BY t.id"""),
    Asked("penalty_as_fixed", "a penalty in the ledger is one that was fixed, on its own case", """
        SELECT 'penalty ' || t.subject_id FROM payments_transaction t
        LEFT JOIN decisions_fixedpenalty f ON t.key = 'penalty/' || f.act_id
        LEFT JOIN decisions_fixedpenalty before ON before.act_id = f.replaces_id
        LEFT JOIN cases_caseact c ON c.id = f.act_id
        WHERE t.act = 'owe_penalty' AND ((t.subject_kind, t.subject_id) IS DISTINCT FROM ('penalty', c.case_id::text)
            OR t.cents IS DISTINCT FROM f.cents - coalesce(before.cents, 0)) ORDER BY t.id"""),
    Asked("lifted_as_decided", "of a recovery falls away in the ledger what was decided: of the claim, and of what was given up", """
        SELECT 'case ' || t.subject_id FROM payments_transaction t
        LEFT JOIN decisions_recoverystep s ON s.step = 'lifted' AND t.key IN ('lift/' || s.id, 'lift_write_off/' || s.id)
        LEFT JOIN decisions_recovery r ON r.id = s.recovery_id
        WHERE t.act IN ('lift_recovery', 'lift_write_off')
        AND ((t.subject_kind, t.subject_id) IS DISTINCT FROM ('case', r.case_id::text)
            OR t.cents IS DISTINCT FROM CASE t.act WHEN 'lift_recovery' THEN s.cents ELSE s.waived_cents END) ORDER BY t.id"""),
    Asked("written_off_as_waived", "what is written off is what was waived, less what of that fell away with its recovery", """
        SELECT 'case ' || due.case_id FROM (
            SELECT one.case_id, sum(greatest(one.cents, 0)) AS cents FROM (
                SELECT r.id, r.case_id, sum(CASE s.step WHEN 'waived' THEN s.cents ELSE -s.waived_cents END) AS cents
                FROM decisions_recovery r JOIN decisions_recoverystep s ON s.recovery_id = r.id
                JOIN payments_transaction k
                    ON k.key = CASE s.step WHEN 'waived' THEN 'waiver/' || s.id WHEN 'lifted' THEN 'lift_write_off/' || s.id END
                GROUP BY r.id, r.case_id
            ) one GROUP BY one.case_id
        ) due
        LEFT JOIN LATERAL (
            SELECT sum(p.cents) AS cents FROM payments_transaction t JOIN payments_posting p ON p.transaction_id = t.id
            JOIN payments_account a ON a.id = p.account_id AND a.kind = 'written_off'
            WHERE t.subject_kind = 'case' AND t.subject_id = due.case_id::text
        ) there ON true
        WHERE due.cents <> coalesce(there.cents, 0) ORDER BY due.case_id"""),
)  # fmt: skip
