"""Reading the figures that a policy maker types: euros, numbers and percentages. What cannot be read says what is allowed."""

from fractions import Fraction

from django.utils.translation import gettext as _

from doorleren.web.officer.typed_amounts import not_an_amount, read_number, typed_cents

MOST_CENTS = 10**14 - 1
MOST_NUMBER = 10**9 - 1
WHOLE = 10_000
"""All of something, in hundredths of a percent."""


class Unread(ValueError):
    """What was typed cannot be read; the message is for who typed it."""


def cents(text: str) -> int:
    """Read euros as whole cents. Raises Unread. Example: "170.000.000" and "699,95"."""
    found = typed_cents(text, MOST_CENTS)
    if found is None:
        raise Unread(not_an_amount(text))
    return found


def number(text: str) -> int:
    """Read a whole number. Raises Unread."""
    found = read_number(text, MOST_NUMBER)
    if found is None:
        raise Unread(_("Vul een heel getal in, zoals 1500. Ingevuld is: %(text)s") % {"text": text or "-"})
    return found


def share(text: str) -> Fraction:
    """Read a percentage from 0 to 100 as a share of 1. Raises Unread."""
    found = read_number(text.strip().removesuffix("%"), WHOLE, hundredths=True)
    if found is None:
        words = _("Vul een percentage van 0 tot en met 100 in, zoals 25 of 33,33. Ingevuld is: %(text)s")
        raise Unread(words % {"text": text or "-"})
    return Fraction(found, WHOLE)
