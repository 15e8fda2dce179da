"""The table of acts. It is only ever added to, and the database says so.

The table is made by hand in the first migration, with triggers that refuse UPDATE, DELETE and TRUNCATE. Django does
not manage it, so that its `flush` (which empties tables between some tests) leaves it alone too.
"""

from typing import ClassVar

from django.db import models


class Act(models.Model):
    """One act: a past participle done by an actor to a subject. `details` holds ids, codes and amounts, never content.

    `previous` is the hash of the act before, empty for the first; `hash` covers everything else in the row.
    """

    at = models.DateTimeField()
    actor_kind = models.TextField()
    actor_id = models.TextField()
    act = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.TextField()
    details = models.JSONField(default=dict)
    previous = models.TextField()
    hash = models.TextField()

    class Meta:
        managed = False
        db_table = "audit_act"
        default_permissions = ()
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        """Write it as a line of a log."""
        return (
            f"{self.at.isoformat()} {self.actor_kind} {self.actor_id} {self.act} {self.subject_kind} {self.subject_id}"
        )
