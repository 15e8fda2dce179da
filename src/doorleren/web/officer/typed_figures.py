"""Reading the figures that a policy maker types: euros, numbers and percentages. What cannot be read says what is allowed."""

import re
from fractions import Fraction

from django.utils.translation import gettext as _

from doorleren.web.officer.typed_amounts import not_an_amount, typed_cents

MOST_CENTS = 10**14 - 1
_NUMBER = re.compile(r"(?:\d{1,9}|\d{1,3}(?:\.\d{3}){1,2})\Z", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%?\Z", re.ASCII)


class Unread(ValueError):
    """What was typed cannot be read; the message is for who typed it."""


def cents(text: str) -> int:
    """Read euros as whole cents. Raises Unread. Example: "170.000.000" and "699,95"."""
    found = typed_cents(text, MOST_CENTS)
    if found is None:
        raise Unread(not_an_amount(text))
    return found


def plain(hundredths: int) -> str:
    """Write hundredths (cents, or of a percent) as people type them: 69995 gives "699,95", 100000 "1000"."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole},{rest:02d}" if rest else str(whole)


def number(text: str) -> int:
    """Read a whole number. Raises Unread."""
    if _NUMBER.match(text.strip()) is None:
        raise Unread(_("Vul een heel getal in, zoals 1500. Ingevuld is: %(text)s") % {"text": text or "-"})
    return int(text.strip().replace(".", ""))


def share(text: str) -> Fraction:
    """Read a percentage from 0 to 100 as a share of 1. Raises Unread."""
    found = _PERCENT.match(text.strip())
    told = Fraction(f"{found[1]}.{found[2] or 0}") if found else Fraction(101)
    if told > 100:
        words = _("Vul een percentage van 0 tot en met 100 in, zoals 25 of 33,33. Ingevuld is: %(text)s")
        raise Unread(words % {"text": text or "-"})
    return told / 100
