"""Do the parts of advances and the ledger say the same? Queries that give where they do not; asked by checking.py."""

from doorleren.payments.checking_runs import Asked

ADVANCES = (
    Asked("advance_plan_whole", "the parts of an advance add up to it, to the cent", """
        SELECT 'decision ' || d.id FROM decisions_advancepart p JOIN decisions_decision d ON d.id = p.decision_id
        GROUP BY d.id HAVING sum(p.cents) <> coalesce(d.advance_cents, 0) ORDER BY d.id"""),
    Asked("advance_part_once", "a part of an advance is in the ledger as it was followed: in its own case, for no more than it is", """
        SELECT t.key FROM payments_transaction t
        LEFT JOIN decisions_advancepart p ON t.key = 'advance/' || p.id
        LEFT JOIN decisions_decision d ON d.id = p.decision_id
        LEFT JOIN payments_followedadvance f ON f.part_id = p.id
        WHERE t.key LIKE 'advance/%' AND (p.id IS NULL OR f.part_id IS NULL OR t.act <> 'grant_advance' OR t.cents > p.cents
            OR (t.subject_kind, t.subject_id) <> ('case', d.case_id::text)) ORDER BY t.id"""),
    Asked("advance_not_early", "no part of an advance is followed before its day, or before the report that it waits for was accepted", """
        SELECT 'advance/' || p.id FROM payments_followedadvance f JOIN decisions_advancepart p ON p.id = f.part_id
        JOIN decisions_decision d ON d.id = p.decision_id
        WHERE (f.at AT TIME ZONE 'Europe/Amsterdam')::date < p.due_on OR (p.due_on IS NULL AND NOT EXISTS (
            SELECT FROM cases_caseact a WHERE a.case_id = d.case_id AND a.act = 'contact_noted'
                AND a.details->>'what' = 'progress_accepted' AND a.at <= f.at)) ORDER BY p.id"""),
)  # fmt: skip
