"""An amount as an official types it."""

import re

from doorleren.core.money import scaled

_AMOUNT = re.compile(r"((?:\d{1,9}|\d{1,3}(?:\.\d{3}){1,3}))(?:[.,](\d{1,2}))?\Z", re.ASCII)
"""The point is between thousands only where three digits follow."""


def typed_cents(text: str) -> int | None:
    """Read an amount in euros, in cents; None for what is none. Example: "1.250,5" is 125050."""
    matched = _AMOUNT.match(text.strip())
    return scaled(f"{matched[1].replace('.', '')}.{matched[2] or 0}", 2) if matched else None
