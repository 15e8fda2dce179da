"""What is known of somebody who signed in: plain facts that commands and access start from, without session or request."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from doorleren.audit.acts import Party
from doorleren.people.models import Assurance


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person as signed in now: with which assurance, whether with a second factor, and when this was last proven."""

    person: int
    assurance: Assurance
    second_factor: bool
    proven_at: datetime

    @property
    def party(self) -> Party:
        """Give the actor for the record."""
        return Party("person", str(self.person))


SignInReason = Literal[
    "not_configured", "cancelled", "state", "provider", "token", "claims", "another", "blocked", "not_renewed"
]  # fmt: skip
"""Why a sign-in did not succeed; the words are in web/people/words.py."""


class SignInRefused(Exception):
    """Nobody is signed in. `reason` is for the visitor, the message for the log; neither holds a claim or a token."""

    def __init__(self, reason: SignInReason, message: str = "") -> None:
        """Keep the reason."""
        super().__init__(message or reason)
        self.reason: SignInReason = reason
