"""An amount as an official types it."""

import re

from django.utils.translation import gettext as _

from doorleren.core.money import scaled
from doorleren.web.public.answers import decimal_mark

_AMOUNT = re.compile(r"((?:\d{1,11}|\d{1,3}(?:\.\d{3}){1,3}))(?:[.,](\d{1,2}))?\Z", re.ASCII)
"""As one is written in Dutch: the point is between thousands only where three digits follow."""
_MOST = 10**11 - 1
_AS_IN_DUTCH = str.maketrans(",.", ".,")


def typed_cents(text: str, most: int = _MOST) -> int | None:
    """Read an amount in euros, in cents, as the language of the page writes it; None for what is none or above `most`.

    Example: "1.250,5" on a Dutch page, and "1,250.5" on an English one, is 125050; "12,345" in Dutch is none.
    """
    told = text.strip().removeprefix("€").strip()
    matched = _AMOUNT.match(told if decimal_mark() == "," else told.translate(_AS_IN_DUTCH))
    cents = scaled(f"{matched[1].replace('.', '')}.{matched[2] or 0}", 2) if matched else None
    return cents if cents is not None and cents <= most else None


def written_cents(cents: int) -> str:
    """Write an amount as it is typed, so that `typed_cents` reads it. Example: 125050 is "1250,50" on a Dutch page."""
    return f"{cents // 100}{decimal_mark()}{cents % 100:02d}"


def not_an_amount(text: str) -> str:
    """Say what was given, and what is allowed."""
    return _("Vul een bedrag in, zoals 25000, 12.345 of 699,95. Ingevuld is: %(text)s") % {"text": text[:40] or "-"}
