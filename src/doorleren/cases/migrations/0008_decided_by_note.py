"""A hand in a decision that stands in a case as a note, also of the notes that were made before."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q

NOTED = """
INSERT INTO cases_hand (case_id, duty, person_id, cause)
SELECT case_id, 'decide', by_id::bigint, 'act/' || number FROM cases_caseact
WHERE act = 'contact_noted' AND by_kind = 'person'
    AND (details->>'what' IN ('progress_accepted', 'recovery_waived', 'writ') OR (details->>'what' = 'set_off' AND details ? 'claim'))
ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    """Lets a hand be one in deciding, and keeps those of before."""

    dependencies: ClassVar = [("cases", "0007_more_messages")]
    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="hand", name="cases_hand_duty"),
        migrations.AddConstraint(
            model_name="hand",
            constraint=models.CheckConstraint(
                condition=Q(("duty__in", ["decide", "pay"])), name="cases_hand_duty",
                violation_error_message="Deze taak volgt uit de handeling zelf.",
            ),
        ),
        migrations.RunSQL(NOTED, migrations.RunSQL.noop),
    ]  # fmt: skip
