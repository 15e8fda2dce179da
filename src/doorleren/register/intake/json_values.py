"""Values of a JSON object by their path, read as strictly as those of a CSV; what is wrong is kept, never raised."""

from collections.abc import Callable
from typing import Any

from doorleren.core.texts import Texts
from doorleren.register.intake import checks
from doorleren.register.intake.amounts import A_PRICE, read_cents, read_number, says_free
from doorleren.register.intake.currencies import EURO, in_euros, read_currency
from doorleren.register.intake.faults import Fault, Misread, fault
from doorleren.register.intake.targets import TARGETS
from doorleren.register.intake.texts import DAMAGED, LONGEST_VALUE, calculates, clean, is_formula, is_untold, too_long
from doorleren.register.intake.words import read_language

LANGUAGES = ("nl", "en")
TEXT: Texts = {"nl": "een tekst", "en": "a text"}


class Source:
    """One object that is being read: gives values by path, and collects faults and the fields with formulas."""

    def __init__(self, number: int, value: dict[str, Any], *, damaged: bool = False) -> None:
        """Read `value`, which is object number `number` of its file; `damaged` is a file with wrong bytes."""
        self.number = number
        self.damaged = damaged
        self.value = value
        self.faults: list[Fault] = []
        self.formulas: list[str] = []

    def at(self, path: str) -> Any:
        """Give what stands at a path such as "programSchedule.programRun"; None where nothing does."""
        found: Any = self.value
        for name in path.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        return found

    def wrong(
        self, field: str, given: object, allowed: Texts, *, column: str = "", refuses: bool | None = None
    ) -> None:
        """Keep a fault of a field; without a word it weighs as the field does."""
        weighs = field in TARGETS and TARGETS[field].refuses
        self.faults.append(
            fault(
                self.number, field, given, allowed, refuses=weighs if refuses is None else refuses, column=column, in_object=True
            )
        )  # fmt: skip

    def read(self, field: str, given: object, reader: Callable[[str], Any], *, column: str = "") -> Any:
        """Read a text or number for a field; None where nothing is given or it is wrong."""
        if given is None or given == "":
            return None
        if isinstance(given, bool | dict | list):
            self.wrong(field, given, TEXT, column=column)
            return None
        try:
            if len(text := str(given)) > LONGEST_VALUE and field in TARGETS and not TARGETS[field].most:
                raise too_long(LONGEST_VALUE)
            if self.damaged and "\ufffd" in text:
                raise Misread(DAMAGED, refuses=True)
            return reader(text)
        except Misread as error:
            self.wrong(field, given, error.allowed, column=column, refuses=error.refuses)
            return None

    def text(self, field: str, given: object, *, column: str = "", most: int | None = None) -> str:
        """Read a text for a field, without markup; empty where nothing is told. Marks what looks like a formula."""
        target = TARGETS.get(field)
        limit = most or (target.most if target else 0) or 100_000
        found = self.read(field, given, lambda raw: clean(raw, limit), column=column) or ""
        if is_untold(found):
            return ""
        if is_formula(found) and field not in self.formulas:
            self.formulas.append(field)
            if calculates(found):
                self.faults.append(checks.read_as_text(self.number, field, found, column, in_object=True))
        return str(found)

    def is_in_euros(self, cost: dict[str, Any], amount: object) -> bool:
        """Whether a cost is in euros, which it is where it names no currency; nothing (0) is the same in every one.

        As in a CSV, the row stands without a price that is in another currency, with a remark that names it.
        """
        told = cost.get("currency")
        try:
            currency = EURO if told in (None, "") else read_currency(str(told))
        except Misread as error:
            self.wrong("price.currency", told, error.allowed, column="currency")
            return False
        if currency == EURO or _is_nothing(amount):
            return True
        self.wrong("price.currency", told, in_euros(currency), column="currency")
        return False

    def price(self, given: object, *, column: str) -> int | None:
        """Read a price as `cents`; a word such as "gratis" is 0, with a remark."""
        if isinstance(given, str) and says_free(given):
            self.faults.append(checks.read_as_free(self.number, "price.total", given, column, in_object=True))
            return 0
        return self.cents(given, column=column)

    def cents(self, given: object, *, column: str) -> int | None:
        """Read an amount of a standard, which is always with a point: text or number, in whole cents.

        A text in another currency, or that says "on request", leaves the price out with a remark, as in a CSV.
        """
        free = isinstance(given, str) and says_free(given)  # a word for nothing is a price, and no VAT
        if free or isinstance(given, bool) or given is None or isinstance(given, dict | list):
            self.wrong("price.total", given, A_PRICE, column=column)
            return None
        try:
            return read_cents(str(given), ".000")
        except Misread as error:
            self.wrong("price.total", given, error.allowed, column=column, refuses=error.refuses)
            return None


def _is_nothing(amount: object) -> bool:
    try:
        return not isinstance(amount, bool) and read_number(str(amount), ".000") == 0
    except Misread:
        return False


def objects(value: object) -> list[dict[str, Any]]:
    """Give the objects of a list; what is no list has none, what is no object is passed over."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def strings(value: object) -> list[str]:
    """Give the texts of a list, or a single text as a list."""
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def in_dutch(texts: object) -> object:
    """Choose from texts per language, {"nl": ...} or [{"language": "nl-NL", "value": ...}]: Dutch, English, any."""
    return _picked(texts)[1]


def language_picked(texts: object) -> str:
    """Say in which language the text is that `in_dutch` chooses, as two letters; empty where the file does not say."""
    try:
        return read_language(_picked(texts)[0])
    except Misread:
        return ""


def _picked(texts: object) -> tuple[str, object]:
    """Give the text that is chosen, before it the name of its language as the file has it."""
    if isinstance(texts, dict):
        told = [(str(spoken), value) for spoken, value in texts.items()]
    elif isinstance(texts, list):
        told = [(str(one.get("language", "")), one.get("value")) for one in objects(texts)]
    else:
        return "", texts
    order = {language: place for place, language in enumerate(LANGUAGES)}
    ranked = sorted(told, key=lambda one: order.get(one[0].lower()[:2], len(order)))
    return next((one for one in ranked if one[1]), ("", None))
