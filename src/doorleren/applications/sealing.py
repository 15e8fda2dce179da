"""The token of what stands ready: what the intake may enter for it. The keys are passed in."""

from doorleren.applications.models import Application, Freeze
from doorleren.rounds.tokens import Frozen, sealed_token


def frozen_of(application: Application, freeze: Freeze) -> Frozen:
    """Give what a token of a freeze says."""
    return Frozen(
        round=application.round_id,
        key=application.key,
        person=freeze.person,
        content=freeze.content,
        cents=freeze.cents,
        kind=freeze.kind,
        until=int(freeze.until.timestamp()),
    )


def token_of(application: Application, freeze: Freeze, key: bytes) -> str:
    """Seal the token of a freeze; the same freeze always gives the same token."""
    return sealed_token(frozen_of(application, freeze), key)
