"""The tables of applications, a module per subject."""

from doorleren.applications.models.application import (
    COLUMNS,
    PARTIES,
    Absent,
    Answer,
    Application,
    Freeze,
    Origin,
    PartyKind,
    Subject,
)

__all__ = ["COLUMNS", "PARTIES", "Absent", "Answer", "Application", "Freeze", "Origin", "PartyKind", "Subject"]
