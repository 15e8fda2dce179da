"""How an application is named in the record of acts: its number, never its key or content."""

from doorleren.applications.models import Application
from doorleren.audit.acts import Party


def party(application: Application) -> Party:
    """Give an application as the subject of an act."""
    return Party("application", str(application.pk))
