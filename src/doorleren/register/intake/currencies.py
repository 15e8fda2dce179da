"""In which currency amounts are: the register holds euros, converts nothing, and never takes a dollar for a euro.

A sign in a cell counts for that cell; a column of currencies for its row; the name of a column ("Cost (USD)") and the
signs of other rows for the amounts that say nothing themselves. Where nothing in the file says so, amounts are euros;
in a file that looks American, or is in English, that is said once (see `unsaid`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from doorleren.core.texts import Texts
from doorleren.register.intake.faults import Misread

EURO = "EUR"
_SIGNS = {
    "€": EURO, "euro": EURO, "euros": EURO, "$": "USD", "us$": "USD", "usd$": "USD", "dollar": "USD", "dollars": "USD", "c$": "CAD",
    "ca$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "£": "GBP", "pond": "GBP", "pound": "GBP", "pounds": "GBP", "¥": "JPY",
    "₹": "INR", "₺": "TRY", "₽": "RUB", "₩": "KRW", "zł": "PLN", "kč": "CZK", "fr.": "CHF", "kr": "kr", "kr.": "kr",
}  # fmt: skip
_CODES = "eur usd gbp chf sek nok dkk pln czk huf ron bgn isk rub uah cad aud nzd jpy cny hkd sgd inr krw zar brl mxn ils aed"
NAMES = _SIGNS | {code: code.upper() for code in _CODES.split()}
"""What people write for a currency, in small letters, to its code of ISO 4217; "kr" is of three countries."""

_WORDS = "|".join(
    sorted((re.escape(name) for name in NAMES if name[0].isalpha() and name[-1].isalpha()), key=len, reverse=True)
)
FOUND = re.compile(rf"(?:(?<![a-z])[a-z]{{1,3}})?\$|[€£¥₹₺₽₩]|(?<![a-zà-ž])(?:fr\.|(?:{_WORDS})\.?)(?![a-zà-ž])")
"""A currency within an amount in small letters."""
A_CURRENCY = {"nl": "een munteenheid, zoals EUR", "en": "a currency, such as EUR"}


def foreign(currency: str) -> Misread:
    """Say that an amount is in another currency: the row stands without a price."""
    return Misread(in_euros(currency), refuses=False)


def in_euros(currency: str) -> Texts:
    """Say what is allowed instead of an amount in another currency."""
    return {
        "nl": f"een bedrag in euro's met btw; bedragen in {currency} rekenen wij niet om",
        "en": f"an amount in euros with VAT; we do not convert amounts in {currency}",
    }


def currencies_in(text: str) -> list[str]:
    """Give the currencies that an amount in small letters names: "$ 5" gives USD, "5" nothing."""
    return [NAMES.get(found, NAMES.get(found.rstrip("."), found.upper())) for found in FOUND.findall(text)]


def read_currency(text: str) -> str:
    """Read a cell of a column of currencies as a code. Raises Misread."""
    word = text.strip().lower()
    if word in NAMES:
        return NAMES[word]
    if len(word) == 3 and word.isascii() and word.isalpha():
        return word.upper()
    raise Misread(A_CURRENCY, refuses=False)


def usual(names: Iterable[str], amounts: Iterable[str]) -> str:
    """Give the currency of amounts that name none: by the names of their columns, else by the amounts that do name one.

    Empty where neither says so: one sign among many amounts without one counts for its own cell alone.
    """
    told = {named for name in names if (named := named_in(name))}
    if told:
        return told.pop() if len(told) == 1 else EURO
    something = [amount for amount in amounts if any(one in "123456789" for one in amount)]
    counted = Counter(one for amount in something for one in set(currencies_in(amount.lower())))
    if counted[EURO]:
        return EURO
    return next((one for one, times in counted.items() if 2 * times > len(something)), "")


def named_in(header: str) -> str:
    """Give the one currency that the name of a column names: "Cost (USD)" gives USD; empty for none, or more than one."""
    told = set(currencies_in(header.lower()))
    return told.pop() if len(told) == 1 else ""


def notes(currency: str, columns: Mapping[str, str], *, american: bool) -> list[Texts]:
    """Say of a whole file what became of its prices: left out, or taken for euros though nothing says so.

    `columns` are targets by name of column; `american` says that the file looks as if it comes from there, or is in English.
    """
    prices = [
        target
        for target in columns.values()
        if target.startswith("price.") and not target.endswith((".vat", ".currency"))
    ]
    if not prices or "price.currency" in columns.values():
        return []
    if currency not in ("", EURO):
        return [{
            "nl": f"De bedragen staan in {currency}. Wij rekenen niet om: de prijzen zijn weggelaten.",
            "en": f"The amounts are in {currency}. We do not convert: the prices were left out.",
        }]  # fmt: skip
    if currency or not american:
        return []
    return [{
        "nl": "Bij de prijzen staat geen munteenheid: zij zijn gelezen als euro's. Klopt dat niet, noem de munteenheid dan in het bestand.",
        "en": "No currency given: the prices were taken as euros. If that is wrong, name the currency in the file.",
    }]  # fmt: skip
