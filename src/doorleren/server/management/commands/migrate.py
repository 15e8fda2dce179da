"""Bringing the tables up to date as Django does, in half the time: a constraint makes no model of Python anew.

Django makes the model of a migration anew, and all that are related to it, after every change; for hundreds of constraints that is
most of what a first start takes. The statement that adds one is written from the constraint and its columns, which stay.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db.migrations.state import ProjectState

APPEND = "_append_option"


class Command(migrate.Command):
    """As `migrate` of Django."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Do so."""
        with models_kept():
            super().handle(*args, **options)


@contextmanager
def models_kept() -> Iterator[None]:
    """Let a constraint that is added change what is known of a model, and leave the model as it was made."""
    append = getattr(ProjectState, APPEND)

    def appended(state: ProjectState, app_label: str, model_name: str, option: str, added: object) -> None:
        if option != "constraints":
            append(state, app_label, model_name, option, added)
            return
        known = state.models[app_label, model_name].options
        known[option] = [*known[option], added]

    setattr(ProjectState, APPEND, appended)
    try:
        yield
    finally:
        setattr(ProjectState, APPEND, append)
