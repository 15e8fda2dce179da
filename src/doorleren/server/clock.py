"""The clock of the processes that `serve` and `rush` start: the one place under `server` that asks what time it is."""

from datetime import UTC, datetime


def now() -> datetime:
    """Give this moment in UTC."""
    return datetime.now(UTC)
