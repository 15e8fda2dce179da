"""The table of acts and the log of who viewed. They are only ever added to, and the database says so.

The tables are made by hand in the migrations, with triggers that refuse UPDATE, DELETE and TRUNCATE (a view may go once
it is old enough). Django does not manage them, so that its `flush` (which empties tables between some tests) leaves
them alone too.
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


class View(models.Model):
    """One look: somebody saw on a page (by the name of its address) what belongs to a subject. Holds ids, never content.

    Not chained: it is written for every look, and rows go when `law/log-of-views.toml` says so.
    """

    at = models.DateTimeField()
    viewer_kind = models.TextField()
    viewer_id = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.TextField()
    page = models.TextField()

    class Meta:
        managed = False
        db_table = "audit_view"
        default_permissions = ()
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        """Write it as a line of a log."""
        return f"{self.at.isoformat()} {self.viewer_kind} {self.viewer_id} viewed {self.subject_kind} {self.subject_id}"
