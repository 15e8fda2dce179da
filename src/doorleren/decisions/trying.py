"""What a decision or notice would be, for who is about to take it: the command itself is run, and undone. Nothing is kept."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from doorleren.cases.models import CaseAct
from doorleren.decisions.models import ActLetter, Decision
from doorleren.letters.filled import Content
from doorleren.letters.queries import content_of


@dataclass(frozen=True, slots=True)
class Tried:
    """The decision as it would be (None: a notice decides nothing), and what its letter would say."""

    decision: Decision | None
    letter: Content


def tried(command: Callable[[], Decision | CaseAct]) -> Tried:
    """Run a command of this package, look at what it made, and undo it. Raises what the command raises."""
    with transaction.atomic():
        made = command()
        act = made.act if isinstance(made, Decision) else made
        letter = content_of(ActLetter.objects.select_related("letter").get(act=act).letter)
        transaction.set_rollback(True)
    return Tried(made if isinstance(made, Decision) else None, letter)
