"""A mark on the allocation that a place is yet to follow what was found of completeness, so that nobody looks for it in all rows."""

from typing import ClassVar

from django.db import migrations, models

FILL = """
UPDATE rounds_allocation AS allocation SET unfollowed = true WHERE EXISTS (
    SELECT FROM rounds_completeness AS found JOIN rounds_ticket AS ticket ON ticket.id = found.ticket_id
    WHERE ticket.round_id = allocation.round_id
        AND NOT EXISTS (SELECT FROM rounds_withdrawal WHERE ticket_id = ticket.id)
        AND NOT EXISTS (SELECT FROM rounds_placechange WHERE ticket_id = ticket.id AND follows >= found.turn)
)
"""


class Migration(migrations.Migration):
    """Adds the mark and sets it where something waits."""

    dependencies: ClassVar = [("rounds", "0012_given_back")]

    operations: ClassVar = [
        migrations.AddField("allocation", "unfollowed", models.BooleanField(db_default=False, default=False)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
