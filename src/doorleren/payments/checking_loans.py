"""Do loans and the ledger say the same? Queries that give where they do not; asked by checking.py."""

from doorleren.payments.checking_runs import Asked

LOANS = (
    Asked("loan_as_decided", "only what was granted to be repaid is lent, and only the case itself repays it", """
        SELECT 'transaction ' || t.id FROM payments_transaction t
        WHERE t.act IN ('lend', 'lend_advanced', 'charge_loan_interest', 'repay', 'repay_again', 'remit', 'remit_again') AND NOT EXISTS (
            SELECT FROM decisions_decision d WHERE t.subject_kind = 'case' AND t.subject_id = d.case_id::text
                AND d.settle_how = 'on_repayment' AND d.kind IN ('granted', 'partly_granted')) ORDER BY t.id"""),
    Asked("loan_repaid_as_noted", "a loan is noted as repaid only where the ledger has repayments and remissions of at least what was lent", """
        SELECT 'case ' || a.case_id FROM cases_caseact a
        LEFT JOIN LATERAL (
            SELECT sum(t.cents) FILTER (WHERE t.act IN ('repay', 'receive_undue', 'remit')) AS repaid FROM payments_transaction t
            WHERE t.subject_kind = 'case' AND t.subject_id = a.case_id::text
        ) there ON true
        WHERE a.act = 'contact_noted' AND a.by_kind = 'site' AND a.details->>'what' = 'loan_repaid'
            AND coalesce(there.repaid, 0) < (a.details->>'cents')::bigint ORDER BY a.id"""),
    Asked("remitted_as_decided", "what is remitted of a loan is what an official decided, in that act", """
        SELECT 'transaction ' || t.id FROM payments_transaction t
        LEFT JOIN cases_caseact a ON t.key = 'remit/' || a.id
        WHERE t.act = 'remit' AND (a.id IS NULL OR t.subject_id <> a.case_id::text OR a.details->>'what' <> 'loan_remitted'
            OR (a.details->>'cents')::bigint <> t.cents) ORDER BY t.id"""),
)  # fmt: skip
