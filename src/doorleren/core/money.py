"""Exact amounts: whole cents and decimals, never binary floating point. Rounding is half up, in one place."""

from decimal import Decimal, InvalidOperation
from fractions import Fraction

LARGEST_EUROS = 10**12
LONGEST_FRACTION = 1000
"""Decimals beyond this are refused unread, so that no text makes us count for minutes."""


class NotExact(ValueError):
    """The text is not a number that can be held exactly; the message says what is allowed."""


def scaled(value: object, decimals: int) -> int:
    """Read a number or text exactly as a whole number of 10^-decimals (2 for cents).

    Raises NotExact for text that is no number, for more decimals than allowed and for sizes above 10^12.
    """
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise NotExact(f"a number with at most {decimals} decimals")
    try:
        number = Decimal(value.strip()) if isinstance(value, str) else Decimal(value)
    except InvalidOperation as error:
        raise NotExact(f"a number with at most {decimals} decimals, such as 699.95") from error
    if not number.is_finite() or number.copy_abs() > LARGEST_EUROS:
        raise NotExact(f"a number between -{LARGEST_EUROS} and {LARGEST_EUROS}")
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -LONGEST_FRACTION:
        raise NotExact(f"at most {decimals} decimals")
    whole = Fraction(number) * Fraction(10**decimals)
    if whole.denominator != 1:
        raise NotExact(f"at most {decimals} decimals")
    return whole.numerator


def half_up(value: Fraction) -> int:
    """Round to a whole number, halves towards plus infinity: 2.5 gives 3, -2.5 gives -2."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def comes_off(open_cents: int, cents: int) -> tuple[int, int]:
    """Divide what comes off a claim: what of it was open, and what is over, which lowers nothing that is charged later.

    The ledger and the reads of a debt count with this one rule. Example: 120 that comes off 100: 100, and 20 over.
    """
    off = max(0, min(open_cents, cents))
    return off, cents - off


def euros(cents: int) -> str:
    """Write cents as euros with two decimals and a point, as the contract prints them: 70000 gives "700.00"."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def in_words(cents: int) -> dict[str, str]:
    """Write cents as euros in a sentence, by language: 123456 gives "€ 1.234,56" in Dutch and "€ 1,234.56" in English."""
    english = f"€ {cents // 100:,}.{cents % 100:02d}"
    return {"nl": english.translate(str.maketrans(",.", ".,")), "en": english}
