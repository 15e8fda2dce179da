"""What an act would do, for who is about to do it: the command itself is run, and undone. Nothing is kept."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from doorleren.cases.models import Case
from doorleren.cases.recording import party_of
from doorleren.decisions.models import Decision, ObjectionDecision
from doorleren.letters.filled import Content
from doorleren.letters.queries import content_of, letters_about


@dataclass(frozen=True, slots=True)
class Tried:
    """What the command would make (a decision, a settlement, an act), and what its letters would say, in order."""

    made: object
    letters: tuple[Content, ...]

    @property
    def decision(self) -> Decision | None:
        """Give the decision that it would be; None where nothing is decided on the application."""
        if isinstance(self.made, ObjectionDecision):
            return self.made.decision
        return self.made if isinstance(self.made, Decision) else None


def tried(case: Case, command: Callable[[], object]) -> Tried:
    """Run a command on a case, look at what it made, and undo it. Raises what the command raises."""
    about = letters_about(party_of(case))
    with transaction.atomic():
        before = set(about.values_list("pk", flat=True))
        made = command()
        letters = tuple(content_of(one) for one in about.exclude(pk__in=before).order_by("pk"))
        transaction.set_rollback(True)
    return Tried(made, letters)
