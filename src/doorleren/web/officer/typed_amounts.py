"""An amount or number as an official types it, in the way of writing of the page."""

import re

from django.utils.translation import gettext as _

from doorleren.core.money import scaled
from doorleren.web.public.answers import decimal_mark

_NUMBER = re.compile(r"((?:\d{1,11}|\d{1,3}(?:\.\d{3}){1,3}))(?:[.,](\d{1,2}))?\Z", re.ASCII)
"""As one is written in Dutch: the point is between thousands only where three digits follow."""
_MOST = 10**11 - 1
_AS_IN_DUTCH = str.maketrans(",.", ".,")


def read_number(text: str, most: int, *, hundredths: bool = False) -> int | None:
    """Read a whole number as the language of the page writes it, or with `hundredths` one in hundredths; None for none, or above `most`.

    Example: "1.500" on a Dutch page, and "1,500" on an English one, is 1500; the other way about is none.
    """
    told = text.strip()
    matched = _NUMBER.match(told if decimal_mark() == "," else told.translate(_AS_IN_DUTCH))
    if matched is None or (matched[2] and not hundredths):
        return None
    found = scaled(f"{matched[1].replace('.', '')}.{matched[2] or 0}", 2 if hundredths else 0)
    return found if found <= most else None


def typed_cents(text: str, most: int = _MOST) -> int | None:
    """Read an amount in euros, in cents, as `read_number` does. Example: "1.250,5" on a Dutch page is 125050; "12,345" is none."""
    return read_number(text.strip().removeprefix("€"), most, hundredths=True)


def written_cents(cents: int) -> str:
    """Write hundredths (cents, or of a percent) so that they are read back. Example: 125050 is "1250,50" on a Dutch page, 100000 "1000"."""
    whole, rest = divmod(cents, 100)
    return f"{whole}{decimal_mark()}{rest:02d}" if rest else str(whole)


def not_an_amount(text: str) -> str:
    """Say what was given, and what is allowed."""
    return _("Vul een bedrag in, zoals 25000, 12.345 of 699,95. Ingevuld is: %(text)s") % {"text": text[:40] or "-"}
