"""Numbers, prices, hours and durations as people type them, read exactly; what can be read two ways is a fault.

"1.250" is 1250 and "1,250" too, unless the other values of its column show that sign as the decimal sign: then
nobody can say, and the value is refused. A price is with VAT; "gratis" is 0, with a remark by who reads the row; "op
aanvraag" is not told, with a word.
"""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from doorleren.register.intake.currencies import EURO, FOUND, currencies_in, foreign
from doorleren.register.intake.faults import Misread

LARGEST_PRICE = 100_000_000
"""Cents: a training of more than a million euros is a slip of the pen."""
HOURS_PER_ECTS = 28
"""One study point (EC) is 28 hours of study: article 7.4 of the Higher Education and Research Act (WHW)."""
MOST_HOURS = 50_000
MOST_MONTHS = 240

A_PRICE = {
    "nl": "een bedrag met btw in euro's van 0 tot 1.000.000, zoals 1250 of € 1.250,50, of gratis",
    "en": "an amount in euros with VAT from 0 to 1,000,000, such as 1250 or € 1,250.50, or free",
}
A_NUMBER = {"nl": "een getal, zoals 40 of 1.250,5", "en": "a number, such as 40 or 1,250.5"}
NOT_SURE = {
    "nl": "een bedrag dat maar op één manier te lezen is: 1250 of 1,25 in plaats van 1.250",
    "en": "an amount that can be read one way only: 1250 or 1.25 instead of 1.250",
}
HOURS = {
    "nl": f"een aantal uren van 1 tot {MOST_HOURS}, zoals 40 uur",
    "en": f"hours from 1 to {MOST_HOURS}, such as 40",
}
DURATION = {
    "nl": "een duur tot 20 jaar, zoals 6 maanden, 12 weken of P1Y6M",
    "en": "a duration up to 20 years, such as 6 months, 12 weeks or P1Y6M",
}
FREE = frozenset(["gratis", "free", "kosteloos", "gratuit", "gratuito", "kostenlos"]) | {
    "geen kosten", "no cost", "no charge", "free of charge", "kosteloos voor deelnemers", "geen",
}  # fmt: skip
ON_REQUEST = frozenset({
    "op aanvraag", "prijs op aanvraag", "offerte", "op offerte", "on request", "price on request", "tbd", "tba", "varies",
    "nader te bepalen", "nog niet bekend", "contact us", "call", "varieert", "sur devis", "in overleg", "various",
    "poa", "price on application", "auf anfrage", "preis auf anfrage", "nach vereinbarung", "notk", "nader overeen te komen", "op verzoek",
    "prijs volgt", "volgt", "zie website", "see website", "nnb", "nntb", "prix sur demande", "a convenir",
})  # fmt: skip
MONTHS_PER = {
    "year": Decimal(12), "month": Decimal(1), "week": Decimal(12) / 52, "day": Decimal(12) / 365,
}  # fmt: skip
_UNITS = {
    "year": "jaar jaren jr year years yr yrs an ans", "month": "maand maanden mnd month months mo mos mois",
    "week": "week weken wk wks weeks semaine semaines", "day": "dag dagen day days jour jours",
    "hour": "uur uren u hour hours hr hrs h klokuren klokuur studiebelastingsuren sbu heures clock",
}  # fmt: skip
UNITS = {word: unit for unit, words in _UNITS.items() for word in words.split()}

_PLAIN = re.compile(r"[0-9]{1,7}(?:[.,][0-9][0-9]?)?\Z")
_TRAIL = re.compile(
    r"[.,]\s?[-–—]+$|(?:\s*\b(?:p\.?\s?p\.?|per persoon|per deelnemer|incl\.?(?:usief)?\s?btw|incl\.? vat)\s*)+$"
)
_DASH = re.compile(r"([.,])\s?[-–—]+$")
"""No cents, which tells the decimal sign: 1.250,- is twelve hundred and fifty, whatever the column shows."""
_SPACED = re.compile(r"\d{1,3}(?:[ '’\u00a0\u202f]\d{3})+(?![\d])")
_NUMBER = re.compile(r"[0-9.,]{1,30}\Z")
_MEASURE = re.compile(r"([0-9][0-9.,]{0,19})\s*-?\s*([a-z]+)?\.?")
_ISO = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T.*)?\Z", re.I | re.A)
_POINT, _COMMA = re.compile(r"(?<!\d)\d+\.\d{1,2}(?!\d)|,\d{3}\."), re.compile(r"(?<!\d)\d+,\d{1,2}(?!\d)|\.\d{3},")
_LONG_POINT, _LONG_COMMA = re.compile(r"\d{4,}\.\d{3}(?!\d)"), re.compile(r"\d{4,},\d{3}(?!\d)")


def decimal_sign(values: Iterable[str]) -> str:
    """Say what the values of a column show about their decimal sign: "", "." or ","; ".000" and ",000" if with three."""
    kept = [value for value in values if value]
    for sign, some, long in ((".", _POINT, _LONG_POINT), (",", _COMMA, _LONG_COMMA)):
        if any(long.search(value) for value in kept):
            return sign + "000"
        if any(some.search(value) for value in kept):
            return sign
    return ""


def read_number(text: str, sign: str = "") -> Decimal:
    """Read a number exactly; `sign` is what the column shows (see decimal_sign). Raises Misread."""
    text = text.strip()
    if len(text) <= 30 and text.isascii() and text.isdigit():
        return Decimal(text)
    minus = text[:1] in "-−+" and text[:1] != ""
    body = text[1:].strip() if minus else text
    if _SPACED.match(body):
        body = re.sub(r"[ '’\u00a0\u202f](?=\d{3})", "", body)
    if not _NUMBER.match(body) or not any(one.isdigit() for one in body) or not body.isascii():
        raise Misread(A_NUMBER)
    number = Decimal(_plain(body, sign))
    return -number if minus and text[0] != "+" else number


def _plain(body: str, sign: str) -> str:
    """Give digits with at most one point from digits with groups and a decimal sign."""
    last = max(body.rfind("."), body.rfind(","))
    if last < 0:
        return body
    used, other = body[last], "," if body[last] == "." else "."
    whole, rest = body[:last], body[last + 1 :]
    if other in whole and used not in whole:
        return _grouped(whole, other) + "." + (rest or "0")
    if used in whole:
        if other in whole:
            raise Misread(A_NUMBER)
        return _grouped(body, used)
    if len(rest) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0" and sign[:1] != used:
        return whole + rest
    if len(rest) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0" and sign == used:
        raise Misread(NOT_SURE)
    return (whole or "0") + "." + (rest or "0")


def _grouped(text: str, sign: str) -> str:
    first, *others = text.split(sign)
    if not 1 <= len(first) <= 3 or any(len(one) != 3 for one in others):
        raise Misread(A_NUMBER)
    return first + "".join(others)


def says_free(text: str) -> bool:
    """Whether a price is not a number but a word for nothing, such as "gratis"."""
    return len(text) < 40 and " ".join(text.lower().split()).strip(" .!") in FREE


def read_cents(text: str, sign: str = "", currency: str = EURO) -> int:
    """Read a price as whole cents. Raises Misread, also for an amount in another currency than euros, unless it is 0.

    `currency` is the one of amounts that name none.
    """
    if _PLAIN.match(text):
        whole, _, part = text.replace(",", ".").partition(".")
        cents = int(whole) * 100 + int((part + "00")[:2])
        if cents > LARGEST_PRICE:
            raise Misread(A_PRICE)
        return _in_euros(cents, (), currency)
    words = " ".join(text.lower().split())
    if says_free(text):
        return 0
    if words.strip(" .!") in ON_REQUEST or words.replace(".", "") in ON_REQUEST:
        raise Misread(A_PRICE, refuses=False)
    uttered = FOUND.sub(" ", words).strip()
    if dash := _DASH.search(uttered):
        sign = dash[1]
    bare = _TRAIL.sub("", uttered).strip()
    bare = _TRAIL.sub("", bare).strip()
    named = currencies_in(words)
    try:
        number = read_number(bare, sign)
    except Misread as error:
        raise Misread(NOT_SURE if error.allowed is NOT_SURE else A_PRICE) from error
    if number > 0:
        _in_euros(1, named, currency)
    return cents_of(number)


def _in_euros(cents: int, named: Iterable[str], currency: str) -> int:
    """Give an amount that is in euros; nothing is the same in every currency. Raises Misread."""
    for one in set(named) or {currency}:
        if cents and one != EURO:
            raise foreign(one)
    return cents


def cents_of(number: Decimal) -> int:
    """Give euros as whole cents; raises Misread for a negative or absurd amount and for parts of a cent."""
    if not number.is_finite() or number < 0 or number > LARGEST_PRICE // 100:
        raise Misread(A_PRICE)
    cents = number * 100
    if cents != cents.to_integral_value():
        raise Misread(A_PRICE)
    return int(cents)


def read_rate(text: str) -> Decimal | None:
    """Read a rate of VAT in percent; exempt is 0."""
    words = text.strip().lower().rstrip("%").strip()
    if words.startswith(("vrij", "exempt", "btw-vrij", "btw vrij", "geen")):
        return Decimal(0)
    rate = read_number(words, ".000" if "." in words else ",000")
    if 0 < rate < 1:  # as a spreadsheet writes 21%: nobody has a rate below one percent
        rate *= 100
    if not 0 <= rate <= 100 or rate * 100 != (rate * 100).to_integral_value():
        raise Misread(
            {"nl": "een percentage van 0 tot 100, of vrijgesteld", "en": "a percentage from 0 to 100, or exempt"}
        )
    return rate


def with_vat(cents: int, rate: Decimal) -> int:
    """Give a price without VAT as the price with it, in whole cents: the VAT is rounded half up, once."""
    return cents + int((cents * rate / 100).quantize(Decimal(1), ROUND_HALF_UP))


def read_hours(text: str, sign: str = "", times: int = 1) -> int | None:
    """Read a study load as whole hours (rounded half up), a number of `times` hours each; 0 is not told."""
    found = _MEASURE.fullmatch(text.strip().lower().removesuffix(" uren").removesuffix(" hours"))
    if not found or (found[2] and UNITS.get(found[2]) != "hour" and not (times > 1 and found[2] in ("ec", "ects"))):
        raise Misread(HOURS)
    return hours_of(read_number(found[1], sign), times)


def hours_of(number: Decimal, times: int = 1) -> int | None:
    """Give a number of units of `times` hours as whole hours; 0 is not told. Raises Misread."""
    if not number.is_finite() or not 0 <= number <= MOST_HOURS:
        raise Misread(HOURS)
    hours = int(number * times + Decimal("0.5"))
    if hours > MOST_HOURS:
        raise Misread(HOURS)
    return hours or (1 if number else None)


def read_months(text: str, unit: str = "month", sign: str = "") -> Decimal | None:
    """Read a duration as months with two decimals; a bare number is in `unit`, hours are not a duration. 0 is not told."""
    text = text.strip().lower()
    iso = _ISO.match(text)
    if iso and any(iso.groups()):
        named = zip(("year", "month", "week", "day"), iso.groups(), strict=True)
        return months_of({name: Decimal(number) for name, number in named if number})
    told: dict[str, Decimal] = {}
    place = 0
    for found in _MEASURE.finditer(text):
        between = text[place : found.start()].strip(" .,+()")
        called = UNITS.get(found[2], "") if found[2] else unit
        if (
            between not in ("", "en", "and", "et", "ca", "circa", "ongeveer")
            or called not in MONTHS_PER
            or called in told
        ):
            raise Misread(DURATION)
        told[called] = read_number(found[1], sign)
        place = found.end()
    if not told or text[place:].strip(" .)"):
        raise Misread(DURATION)
    return months_of(told)


def months_of(told: dict[str, Decimal]) -> Decimal | None:
    """Give a duration per unit as months with two decimals: {"week": 12} gives 2.77. Raises Misread above 20 years."""
    months = sum((number * MONTHS_PER[unit] for unit, number in told.items()), Decimal(0))
    if not 0 <= months <= MOST_MONTHS:
        raise Misread(DURATION)
    return months.quantize(Decimal("0.01")) or None
