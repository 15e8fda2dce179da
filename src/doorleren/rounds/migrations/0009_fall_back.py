"""Two people may fall back on what was announced for a failed opening: one more act that is proposed and released."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Knows one more act."""

    dependencies: ClassVar = [("rounds", "0008_raise_number")]

    operations: ClassVar = [
        migrations.RemoveConstraint("roundproposal", "rounds_proposal_act_known"),
        migrations.AddConstraint(
            "roundproposal",
            models.CheckConstraint(
                condition=models.Q(
                    ("act__in", ("announce", "open", "close", "reopen", "move_money", "raise_number", "fall_back"))
                ),
                name="rounds_proposal_act_known",
                violation_error_message="Deze handeling bestaat niet.",
            ),
        ),
    ]
