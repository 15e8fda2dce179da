"""The token of what stands ready: what the intake may enter for it. The keys are passed in."""

from doorleren.applications.models import Application, Freeze
from doorleren.rounds.tokens import Frozen, sealed_token


def token_of(application: Application, freeze: Freeze, key: bytes) -> str:
    """Seal the token of a freeze; the same freeze always gives the same token."""
    frozen = Frozen(
        round=application.round_id,
        key=application.key,
        person=freeze.person,
        content=freeze.content,
        cents=freeze.cents,
        kind=freeze.kind,
        until=int(freeze.until.timestamp()),
    )
    return sealed_token(frozen, key)
