"""How an application is named in the record of acts: its number, never its key or content."""

from doorleren.applications.models import Application
from doorleren.audit.acts import Party

KIND = "application"
"""The kind of subject of acts on an application, and of its case."""


def party(application: Application) -> Party:
    """Give an application as the subject of an act."""
    return Party(KIND, str(application.pk))
