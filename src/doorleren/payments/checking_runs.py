"""Do decisions, payments and the ledger say the same? Queries that give where they do not; asked by checking.py.

What waits to be followed (jobs.follow_decisions) is no break: the ledger is held to what it has followed.
"""

from dataclasses import dataclass

from doorleren.cases.access import BARRED, DUTIES, PEOPLE_IN_DETAILS


@dataclass(frozen=True, slots=True)
class Asked:
    """An invariant that is asked in SQL: its name, what it says, and a query that gives where it does not hold."""

    name: str
    says: str
    breaks: str


_DUTIES = ", ".join(f"'{one}'" for one in BARRED["pay"])
_ACTS = ", ".join(f"'{act}'" for act, duty in DUTIES.items() if duty in BARRED["pay"])
_PEOPLE = ", ".join(f"c.details->>'{one}'" for one in PEOPLE_IN_DETAILS)
"""What who pays did not do in the case before, and which details of an act name a person who did."""

_CASES = """
WITH standing AS (
    SELECT t.subject_id, sum(p.cents) FILTER (WHERE a.kind = 'reserved') AS reserved,
        sum(p.cents) FILTER (WHERE a.kind = 'obligation') AS obligation,
        sum(p.cents) FILTER (WHERE a.kind = 'settled') AS settled,
        coalesce(max(t.turn) FILTER (WHERE t.act IN ('settle', 'settle_anew') OR t.key LIKE 'revocation/%'), 0)
            > coalesce(max(t.turn) FILTER (WHERE t.act = 'restore'), 0) AS ended
    FROM payments_transaction t
    JOIN payments_posting p ON p.transaction_id = t.id JOIN payments_account a ON a.id = p.account_id
    WHERE t.subject_kind = 'case' GROUP BY t.subject_id
), cases AS (
    SELECT c.id, coalesce(s.reserved, 0) AS reserved, coalesce(s.obligation, 0) AS obligation,
        coalesce(s.settled, 0) AS settled, coalesce(s.ended, false) AS ended, s.subject_id IS NOT NULL AS posted,
        d.amount_cents AS amount, d.id AS decision
    FROM cases_case c
    LEFT JOIN standing s ON s.subject_id = c.id::text
    LEFT JOIN LATERAL (
        SELECT d.id, d.amount_cents FROM decisions_decision d JOIN payments_followeddecision f ON f.decision_id = d.id
        WHERE d.case_id = c.id ORDER BY d.number DESC LIMIT 1
    ) d ON true
)
"""

_LINES = """
WITH told AS (
    SELECT l.id, l.run_id, l.case_id, l.what, l.cents, replace(l.id::text, '-', '') AS name,
        bool_or(e.event = 'ordered') AS ordered, bool_or(e.event = 'confirmed') AS confirmed,
        bool_or(e.event = 'failed') AS failed, bool_or(e.event = 'returned') AS returned, count(e.id) AS events
    FROM payments_paymentline l LEFT JOIN payments_paymentevent e ON e.line_id = l.id GROUP BY l.id
)
"""


def _posted(verb: str, event: str) -> Asked:
    return Asked(f"payment_{event}_is_posted", f"a payment was {event} exactly where the ledger has it, for the same amount", f"""
        {_LINES} SELECT 'payment ' || coalesce(l.name, t.key) FROM (SELECT * FROM told WHERE {event}) l
        FULL JOIN (SELECT * FROM payments_transaction WHERE key LIKE '{verb}:payment/%') t
            ON t.key = '{verb}:payment/' || l.name
        WHERE l.id IS NULL OR t.id IS NULL OR t.act <> '{verb}_payment' OR t.cents <> l.cents
            OR (t.subject_kind, t.subject_id) <> (l.what, l.case_id::text)
        ORDER BY 1""")  # fmt: skip  # noqa: S608


FOLLOWING = (
    Asked("granted_as_decided", "a case has the obligation of its last decision, or settled at most that, and nothing reserved",
          f"""{_CASES} SELECT 'case ' || id FROM cases WHERE decision IS NOT NULL AND (reserved <> 0
              OR (NOT ended AND obligation <> amount) OR (ended AND (obligation <> 0 OR settled > amount))) ORDER BY id"""),  # noqa: S608
    Asked("nothing_without_a_decision", "a case without a decision has at most what its place in the round reserves",
          f"""{_CASES} SELECT 'case ' || c.id FROM cases c
              LEFT JOIN cases_case k ON k.id = c.id AND k.subject_kind = 'application'
              LEFT JOIN applications_application a ON a.id::text = k.subject_id
              LEFT JOIN rounds_ticket t ON t.round_id = a.round_id AND t.key = a.key
              LEFT JOIN rounds_place p ON p.ticket_id = t.id
              LEFT JOIN LATERAL (SELECT turn, cents FROM rounds_placechange x WHERE x.ticket_id = t.id
                                 ORDER BY turn DESC LIMIT 1) y ON true
              WHERE c.decision IS NULL AND c.posted AND (c.obligation <> 0 OR c.settled <> 0
                  OR (EXISTS (SELECT FROM payments_transaction z
                              WHERE z.key = 'place:ticket/' || t.id || '/' || coalesce(y.turn, 0))
                      AND c.reserved <> coalesce(y.cents, p.cents, 0))) ORDER BY c.id"""),  # noqa: S608
    Asked("ceiling_as_announced", "no round has more granted and reserved by its own ceiling than its parts have", """
        SELECT 'round ' || r.id FROM rounds_round r
        JOIN (SELECT round_id, sum(ceiling_cents) AS cents FROM rounds_potpart GROUP BY round_id
              HAVING bool_and(part <> '' OR ceiling_cents IS NOT NULL)) part ON part.round_id = r.id
        JOIN (SELECT a.round_id, sum(p.cents) AS cents FROM payments_account a JOIN payments_posting p ON p.account_id = a.id
              WHERE a.kind IN ('reserved', 'obligation', 'settled', 'released', 'above_ceiling') GROUP BY a.round_id) used
            ON used.round_id = r.id
        WHERE EXISTS (SELECT FROM payments_followeddecision f JOIN decisions_decision d ON d.id = f.decision_id
                      WHERE d.round_id = r.id) AND used.cents > part.cents ORDER BY r.id"""),
)  # fmt: skip

RUNS = (
    Asked("run_whole", "a run has the lines and the sum that were proposed: no line is lost, none is double", """
        SELECT 'run ' || r.id FROM payments_paymentrun r
        LEFT JOIN payments_paymentline l ON l.run_id = r.id GROUP BY r.id
        HAVING count(l.id) <> r.lines OR coalesce(sum(l.cents), 0) <> r.cents
            OR count(DISTINCT (l.case_id, l.what)) <> count(l.id) ORDER BY r.id"""),
    Asked("run_decided_whole", "every line of a released run was ordered or left out, and none of another", f"""
        {_LINES} SELECT DISTINCT 'run ' || r.id FROM payments_paymentrun r JOIN told l ON l.run_id = r.id
        WHERE (r.released_at IS NULL AND l.events > 0) OR (r.released_at IS NOT NULL AND l.events = 0)"""),  # noqa: S608
    Asked("run_file", "a released run has a file of exactly what was ordered, and no other run has one", f"""
        {_LINES} SELECT 'run ' || r.id FROM payments_paymentrun r
        LEFT JOIN payments_paymentfile f ON f.run_id = r.id
        LEFT JOIN (SELECT run_id, count(*) AS lines, sum(cents) AS cents FROM told WHERE ordered GROUP BY run_id) o
            ON o.run_id = r.id
        WHERE (coalesce(f.lines, 0), coalesce(f.cents, 0)) <> (coalesce(o.lines, 0), coalesce(o.cents, 0)) ORDER BY r.id"""),  # noqa: S608
    Asked("case_on_one_list", "no case waits on two runs", """
        SELECT 'case ' || l.case_id FROM payments_paymentline l JOIN payments_paymentrun r ON r.id = l.run_id
        WHERE r.released_at IS NULL AND r.withdrawn_at IS NULL GROUP BY l.case_id HAVING count(DISTINCT l.run_id) > 1"""),
    _posted("order", "ordered"),
    _posted("confirm", "confirmed"),
    _posted("fail", "failed"),
    _posted("return", "returned"),
    Asked("run_other_hands", "who proposed or released a run neither assessed nor decided in a case that was paid", f"""
        WITH ordered AS (
            SELECT DISTINCT r.id, r.proposed_by_id, r.released_by_id, r.released_at, l.case_id
            FROM payments_paymentrun r JOIN payments_paymentline l ON l.run_id = r.id
            JOIN payments_paymentevent e ON e.line_id = l.id AND e.event = 'ordered'
        ), hands AS (
            SELECT o.id FROM ordered o JOIN cases_caseact c ON c.case_id = o.case_id AND c.at <= o.released_at AND c.act IN ({_ACTS})
            WHERE ARRAY[CASE c.by_kind WHEN 'person' THEN c.by_id::text END, {_PEOPLE}]
                && ARRAY[o.proposed_by_id::text, o.released_by_id::text]
            UNION SELECT o.id FROM ordered o JOIN cases_hand h ON h.case_id = o.case_id AND h.duty IN ({_DUTIES})
                AND h.person_id IN (o.proposed_by_id, o.released_by_id)
        ) SELECT 'run ' || id FROM hands ORDER BY id"""),  # noqa: S608
)  # fmt: skip
