"""Who may act on a round: officials of the body that executes it (people/acts.py says with which role and proof)."""

from datetime import datetime

from doorleren.people.access import NotAllowed, Refused, Thing, allowed, ensure
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import RoundProposal

PROPOSE, RELEASE, VIEW = "propose_round_act", "release_round_act", "view_rounds"
FORECAST = "forecast_rounds"


def thing_of(body: int, round_: int | None = None) -> Thing:
    """Name a round as access knows it: it belongs to its body."""
    return Thing("round", "" if round_ is None else str(round_), body=body)


def ensure_may(who: SignedIn | None, act: str, body: int, round_: int | None = None, *, at: datetime) -> SignedIn:
    """Give who asks back if the act is allowed on rounds of that body. Raises NotAllowed with the reason."""
    return ensure(who, act, thing_of(body, round_), at=at)


def may(who: SignedIn | None, act: str, body: int, *, at: datetime) -> bool:
    """Say whether it is allowed, if need be after proving again who one is."""
    answer = allowed(who, act, thing_of(body), at=at)
    return bool(answer) or (isinstance(answer, Refused) and answer.reason == "renewal")


def ensure_another(who: SignedIn, proposal: RoundProposal) -> None:
    """Raise NotAllowed where somebody would release what they proposed themselves."""
    if who.person == proposal.proposed_by_id:
        raise NotAllowed(Refused("oneself"))
