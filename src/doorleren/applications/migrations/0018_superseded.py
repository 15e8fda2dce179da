"""What stood ready before and was changed or withdrawn since: from now on its token is refused, as of what is changed later."""

from typing import ClassVar

from django.db import migrations

FILL = """
INSERT INTO rounds_superseded (round_id, content, superseded_at)
SELECT DISTINCT application.round_id, stood.content, now()
FROM applications_freeze AS stood JOIN applications_application AS application ON application.id = stood.application_id
WHERE stood.content <> application.frozen_content AND NOT EXISTS (
    SELECT FROM rounds_ticket AS ticket WHERE ticket.round_id = application.round_id AND ticket.key = application.key
)
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    """Fills the table of rounds; what came in stays as it is."""

    dependencies: ClassVar = [("applications", "0017_counted"), ("rounds", "0011_superseded")]

    operations: ClassVar = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
