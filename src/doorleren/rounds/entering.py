"""The statements that enter tickets through the gate of their round, and keep the signed root of a batch.

Written as SQL because the lean intake knows no Django (docs/adr/0020); a test holds the columns against the models.
Whoever enters changes the gate's row and holds it until the commit, so that numbers follow the order of commits. What was
changed since it stood ready is not entered (commands/supersede.py).
"""

NUMBER_BITS = 32
"""A ticket's id is its round's, moved up by so many bits, plus its number: sorted by id is in the order of arrival."""

HOLD = "SELECT 1 FROM rounds_gate WHERE round_id = %(round)s FOR NO KEY UPDATE"
"""Before a ticket is entered that may have been changed: the statement after it sees all that was superseded until then.

Whoever supersedes holds the gate too. Without this the wait for them would be within the statement that enters, which looks
at the rows as they were when it began.
"""

ENTER = """
WITH gate AS (
    UPDATE rounds_gate SET batches = batches + 1, tickets = tickets + %(size)s
    WHERE round_id = %(round)s AND opened_at IS NOT NULL AND closed_at IS NULL
    RETURNING (round_id << 32) + batches AS batch, (round_id << 32) + tickets - %(size)s AS before
), entered AS (
    INSERT INTO rounds_ticket (id, round_id, key, person, content, cents, kind, batch, arrived_at)
    SELECT gate.before + t.place, %(round)s, t.key, t.person, t.content, t.cents, t.kind, gate.batch, %(at)s
    FROM gate, unnest(%(keys)s::text[], %(persons)s::text[], %(contents)s::text[], %(cents)s::bigint[], %(kinds)s::text[])
        WITH ORDINALITY AS t (key, person, content, cents, kind, place)
    WHERE NOT EXISTS (
        SELECT FROM rounds_superseded AS gone WHERE gone.round_id = %(round)s AND gone.content = t.content
    )
    ON CONFLICT DO NOTHING
    RETURNING id
), ids AS (SELECT array_agg(id ORDER BY id) AS entered FROM entered)
SELECT gate.batch, gate.before, CASE WHEN cardinality(ids.entered) = %(size)s THEN NULL ELSE coalesce(ids.entered, '{}') END
FROM gate, ids
"""
"""One row with the ids of the tickets entered, NULL where that is all of them; no row where the gate is closed."""

OPEN, SHUT = "closed_at IS NULL", "closed_at IS NOT NULL"
ENTER_LATE = ENTER.replace(OPEN, SHUT)
"""The same through a gate that was shut: for paper that came in before (applications/commands/submit_late_paper.py)."""

SIGN = "INSERT INTO rounds_batch (id, at, size, root, signature) VALUES (%s, %s, %s, %s, %s)"
