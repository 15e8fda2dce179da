"""A hand in deciding for the two who fixed the scores of a round, also of the rounds that were ranked before."""

from typing import ClassVar

from django.db import migrations

RANKED = """
INSERT INTO cases_hand (case_id, duty, person_id, cause)
SELECT one.case_id, 'decide', who.person_id, 'ranking/' || made.id
FROM decisions_ranking made
JOIN decisions_ranked one ON one.ranking_id = made.id
CROSS JOIN LATERAL (VALUES (made.proposed_by_id), (made.fixed_by_id)) who (person_id)
WHERE made.fixed_at IS NOT NULL
ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    """Keeps those hands; no table changes."""

    dependencies: ClassVar = [("decisions", "0020_lapsing"), ("cases", "0008_decided_by_note")]
    operations: ClassVar = [migrations.RunSQL(RANKED, migrations.RunSQL.noop)]
