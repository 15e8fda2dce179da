"""What stands in the way of putting an application ready, or of submitting it, besides its answers and verdict. Reads only.

Evidence that the scheme's file wants before one submits, a training of the register that must be chosen, and what the
register says of the one that is named.
"""

from dataclasses import dataclass
from datetime import date, datetime

from doorleren.applications.answers import track_of
from doorleren.applications.evidence.queries import Piece, asked_of, pieces_of
from doorleren.applications.grants import for_one_training
from doorleren.applications.models import Application
from doorleren.applications.offers.proofs import enrolment_confirmed
from doorleren.applications.one_training import is_enrolment
from doorleren.applications.refusing import NO_TRAINING, needs_evidence
from doorleren.applications.registered import Registered, registered_of
from doorleren.core.texts import Texts
from doorleren.rules.library import Library
from doorleren.rules.profile import Profile


@dataclass(frozen=True, slots=True)
class InTheWay:
    """What the register says, and the reasons: a sentence each, with the facts that it is about."""

    registered: Registered | None
    reasons: tuple[tuple[Texts, tuple[str, ...]], ...]


def in_the_way(
    application: Application, profile: Profile, *, today: date, library: Library, at: datetime
) -> InTheWay:  # fmt: skip
    """Look at everything; `profile` are the answers that count."""
    said = registered_of(application, profile, today=today, library=library, at=at)
    lacking = (
        (needs_evidence(one.asked.evidence.text or {"nl": one.asked.evidence.id}), ()) for one in lacks(application)
    )
    unchosen = [(NO_TRAINING, ())] if lacks_training(application, library) else []
    return InTheWay(said, (*unchosen, *(said.in_the_way() if said else ()), *lacking))


def lacks_training(application: Application, library: Library) -> bool:
    """Say whether one training of the register must be chosen, and none is yet."""
    return application.activity_id is None and for_one_training(application.round, track_of(application), library)


def lacks(application: Application) -> list[Piece]:
    """Give the evidence that must be there to submit, and is not: no file that arrived whole, and nobody confirmed it."""
    if not any(one.to_submit for one in asked_of(application)):
        return []
    return [one for one in pieces_of(application) if one.asked.to_submit and not _there(one, application)]


def _there(piece: Piece, application: Application) -> bool:
    if piece.standing in ("uploaded", "waiting"):
        return True
    return is_enrolment(piece.asked.evidence) and enrolment_confirmed(application)
