"""Between what a provider types and an entry: reads with the readers of the importers, and keeps what was typed.

So a price, a day or a level means the same on the page as in a file, and is refused with the same words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from doorleren.core.money import euros
from doorleren.register.entries import PRICE_PARTS, Entry, PricePart, Run
from doorleren.register.intake import checks
from doorleren.register.intake.columns import reader
from doorleren.register.intake.days import Calendar
from doorleren.register.intake.faults import Fault, Misread, shortened
from doorleren.register.intake.targets import TARGETS
from doorleren.register.intake.texts import slug
from doorleren.web.provider.fields import RUN_FIELDS
from doorleren.web.provider.occupations import labels_of, read_occupations
from doorleren.web.public.answers import decimal_mark
from doorleren.web.public.questions import in_language, language

MOST_RUNS = 200
ANY_TIME = "any_time"
_LISTS = frozenset({"learning_outcomes", "occupations", "skills"})
_PLAIN = tuple(one.name for one in fields(Entry) if one.name not in ("provider", "code", "prices", "runs"))


@dataclass
class Typed:
    """A form as it was typed: the texts by the name of their field, the number of runs, and what is wrong by name."""

    texts: dict[str, str]
    runs: int
    errors: dict[str, str] = field(default_factory=dict)
    entry: Entry | None = None


def of_entry(entry: Entry) -> Typed:
    """Write an entry as somebody would type it."""
    texts = {name: _written(getattr(entry, name)) for name in _PLAIN} | {"code": entry.code}
    texts["occupations"] = "\n".join(labels_of(entry.occupations))
    for part in entry.prices:
        texts[f"price.{part.part}"] = _written(Decimal(euros(part.cents)))
        texts[f"vat.{part.part}"] = _written(part.vat)
    for place, run in enumerate(entry.runs):
        texts |= {f"run-{place}.{name}": _written(getattr(run, name)) for name in RUN_FIELDS}
        texts[f"run-{place}.{ANY_TIME}"] = "" if run.starts_on else "yes"
    return Typed(texts, len(entry.runs))


def of_post(posted: Mapping[str, str]) -> Typed:
    """Take what was posted as it stands."""
    count = posted.get("runs", "0")
    runs = min(int(count), MOST_RUNS) if count.isdecimal() and len(count) < 5 else 0
    return Typed({name: str(posted[name]).replace("\r\n", "\n") for name in posted}, runs)


def without_run(typed: Typed, gone: int) -> Typed:
    """Take one run away; those behind it move up."""
    left = [place for place in range(typed.runs) if place != gone]
    texts = {name: text for name, text in typed.texts.items() if not name.startswith("run-")}
    for new, old in enumerate(left):
        for name in (*RUN_FIELDS, ANY_TIME):
            texts[f"run-{new}.{name}"] = typed.texts.get(f"run-{old}.{name}", "")
    return Typed(texts, len(left))


def read(typed: Typed, *, provider: str, code: str, today: date) -> None:
    """Read everything typed: `typed.entry` is the entry, or None with what is wrong per field in `typed.errors`.

    `code` is that of an activity that exists already; for a new one it is typed, or made from the title.
    """
    reading = _Reading(typed, Calendar(today))
    told: dict[str, Any] = {name: reading.value(name) for name in _PLAIN}
    told = {name: value for name, value in told.items() if value not in (None, "")}
    code = code or reading.value("code") or slug(told.get("title", ""), 150)
    if "title" not in told and "title" not in typed.errors:
        typed.errors["title"] = _("Vul een titel in.")
    elif not code:
        typed.errors.setdefault("code", _("Vul een code in: letters of cijfers waarmee u de opleiding herkent."))
    told["prices"], told["runs"] = tuple(reading.prices()), tuple(reading.runs())
    for wrong in checks.of_values(1, told | {"code": code or "-", "title": "-"}, _SOMEBODY):
        reading.note(wrong.field, wrong)
    for wrong in checks.of_sum(1, sum(one.cents for one in told["prices"])):
        reading.note("price.tuition", wrong)
    if not typed.errors:
        typed.entry = Entry(provider, code, **told)


class _Reading:
    """Reads one field after another, and notes what is wrong with it."""

    def __init__(self, typed: Typed, calendar: Calendar) -> None:
        self.typed, self.calendar = typed, calendar

    def text(self, name: str) -> str:
        return self.typed.texts.get(name, "").strip()

    def value(self, name: str, target: str = "") -> Any:
        """Read a field; None is not told, or wrong and noted."""
        text = self.text(name)
        if not text:
            return None
        try:
            if name == "occupations":
                return read_occupations(text)
            return reader(TARGETS[target or name], self.calendar, decimal_mark())(text)
        except Misread as error:
            self.typed.errors[name] = _sentence(text, error.allowed)
            return None

    def note(self, name: str, wrong: Fault) -> None:
        """Note a fault that several values have together."""
        self.typed.errors.setdefault(name, _sentence(wrong.given, wrong.allowed))

    def prices(self) -> Iterator[PricePart]:
        for part in PRICE_PARTS:
            cents = self.value(f"price.{part}")
            rate = self.value(f"vat.{part}", "price.vat")
            if cents is not None:
                yield PricePart(part, cents, rate)
            elif rate is not None and not self.text(f"price.{part}"):
                self.typed.errors[f"price.{part}"] = _("Er staat wel btw, maar geen bedrag. Vul het bedrag in, of 0.")

    def runs(self) -> Iterator[Run]:
        for place in range(self.typed.runs):
            names = {name: f"run-{place}.{name}" for name in RUN_FIELDS}
            told = {name: self.value(full, f"run.{name}") for name, full in names.items()}
            any_time = bool(self.text(f"run-{place}.{ANY_TIME}"))
            if not any_time and not any(self.text(full) for full in names.values()):
                continue
            if not any_time and not self.text(names["starts_on"]):
                self.typed.errors[names["starts_on"]] = _(
                    "Vul een dag in, of kruis aan dat iemand altijd kan beginnen."
                )
            run = Run(**{name: value for name, value in told.items() if value is not None})
            for wrong in checks.of_run(1, run):
                self.note(names[wrong.field.removeprefix("run.")], wrong)
            yield run


_SOMEBODY: Any = object()
"""Whoever signed in is the provider; the check of a row need not look for one."""


def _sentence(given: str, allowed: Mapping[str, str]) -> str:
    return _("Gegeven is “%(given)s”. Toegestaan is: %(allowed)s.") % {
        "given": shortened(given), "allowed": in_language(dict(allowed)),
    }  # fmt: skip


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return date_format(value, "j-n-Y")
    if isinstance(value, tuple):
        return "\n".join(value)
    if isinstance(value, Decimal):
        plain = f"{value:f}" if value != value.to_integral_value() else f"{value:.0f}"
        plain = plain.rstrip("0") if "." in plain and len(plain.partition(".")[2]) > 2 else plain
        return plain if language() == "en" else plain.replace(".", ",")
    return str(value)
