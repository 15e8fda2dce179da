"""The register's own terms, as its outlets write them beside a standard's fields and in the lists of its open data.

They come in as strictly as anything else: closed words, days that exist, amounts that can be. A text stands as it was
written, because it was read or typed here before; pages and outlets guard what they show.

In a standard the own terms are what the standard cannot say or says more coarsely. Where somebody changed the standard's
own fields after we wrote them, those count: `kept` compares what the file says with what we would have written.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from doorleren.register.entries import PRICE_PARTS, Entry, Location, PricePart, ProviderEntry, Recognition, Run
from doorleren.register.intake import codes, words
from doorleren.register.intake.amounts import A_PRICE, DURATION, HOURS, LARGEST_PRICE, MOST_HOURS, MOST_MONTHS
from doorleren.register.intake.faults import Misread
from doorleren.register.intake.json_values import Source
from doorleren.register.intake.targets import TARGETS
from doorleren.register.intake.texts import LONGEST_TEXT, too_long

MOST_LISTED = 1000
"""Items of one list that are read."""

A_LIST = {"nl": f"een lijst van ten hoogste {MOST_LISTED} dingen", "en": f"a list of at most {MOST_LISTED} items"}
A_TEXT = {"nl": "een tekst zonder NUL-tekens", "en": "a text without NUL"}
A_DAY = {"nl": "een dag, zoals 2026-09-01", "en": "a day, such as 2026-09-01"}
A_RATE = {"nl": "een percentage van 0 tot 100", "en": "a percentage from 0 to 100"}
AN_OBJECT = {"nl": "een object met de namen van het register", "en": "an object with the names of the register"}

Reader = Callable[[Any], Any]


def as_it_stands(given: object, most: int = LONGEST_TEXT) -> str:
    """Give a text of at most `most` signs unchanged; raises Misread for what is none, or what no database can hold."""
    if not isinstance(given, str) or "\x00" in given or any("\ud800" <= sign <= "\udfff" for sign in given):
        raise Misread(A_TEXT, refuses=True)
    if len(given) > most:
        raise too_long(most)
    return given


def exact_day(given: object) -> date:
    """Read a day as ISO 8601 writes it, however far away; raises Misread."""
    try:
        found = date.fromisoformat(given) if isinstance(given, str) and len(given) == 10 else None
    except ValueError:
        found = None
    if found is None:
        raise Misread(A_DAY)
    return found


def exact_months(given: object) -> Decimal:
    """Read months with all their decimals: "4.5" is 4.5, whatever the other values of a column look like. Raises Misread."""
    found = _decimal(given, DURATION)
    if not 0 <= found <= MOST_MONTHS:
        raise Misread(DURATION)
    return found


def _decimal(given: object, allowed: dict[str, str]) -> Decimal:
    plain = isinstance(given, str | int | Decimal) and not isinstance(given, bool) and len(str(given)) < 30
    try:
        found = Decimal(str(given)) if plain else None
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite():
        raise Misread(allowed)
    return found


def exact_rate(given: object) -> Decimal:
    """Read a rate of VAT in percent, exactly: "0.5" is half a percent. Raises Misread."""
    found = _decimal(given, A_RATE)
    if not 0 <= found <= 100:
        raise Misread(A_RATE, refuses=True)
    return found


def _whole(least: int, most: int, allowed: dict[str, str]) -> Reader:
    def read(given: Any) -> int:
        if not isinstance(given, int) or isinstance(given, bool) or not least <= given <= most:
            raise Misread(allowed)
        return given

    return read


def _truth(given: Any) -> bool:
    if not isinstance(given, bool):
        raise Misread(words.YES_NO)
    return given


def _text(most: int) -> Reader:
    return lambda given: as_it_stands(given, most)


def _by(reader: Callable[[str], Any]) -> Reader:
    """Read with a reader of texts, which is handed nothing else."""
    return lambda given: reader(as_it_stands(given, 2000))


def _listed(read: Reader) -> Reader:
    """Read a list, each item with `read`."""

    def found(given: Any) -> tuple[Any, ...]:
        if not isinstance(given, list) or len(given) > MOST_LISTED:
            raise Misread(A_LIST)
        return tuple(read(one) for one in given)

    return found


def _record(kind: type, readers: Mapping[str, Reader]) -> Reader:
    """Read an object as a record; a name that the record does not have is a fault, never passed over."""

    def found(given: Any) -> Any:
        if not isinstance(given, dict) or not given.keys() <= readers.keys():
            raise Misread(AN_OBJECT)
        try:
            return kind(**{name: readers[name](value) for name, value in given.items() if value is not None})
        except TypeError as error:  # a part or a route that is missing
            raise Misread(AN_OBJECT) from error

    return found


def _part(given: Any) -> str:
    if given not in PRICE_PARTS:
        raise Misread({"nl": "een van: " + ", ".join(PRICE_PARTS), "en": "one of: " + ", ".join(PRICE_PARTS)})
    return str(given)


def _prices(given: Any) -> tuple[PricePart, ...]:
    """Read the parts of a price, each once; one that stands twice adds up, as in EDU-DEX."""
    told: tuple[PricePart, ...] = _listed(_record(PricePart, _PRICE))(given)
    if sum(one.cents for one in told) > LARGEST_PRICE:
        raise Misread(A_PRICE)
    found = []
    for part in PRICE_PARTS:
        same = [one for one in told if one.part == part]
        rates = {one.vat for one in same}
        if same:
            found.append(PricePart(part, sum(one.cents for one in same), rates.pop() if len(rates) == 1 else None))
    return tuple(found)


_PRICE = {"part": _part, "cents": _whole(0, LARGEST_PRICE, A_PRICE), "vat": exact_rate}
_RUN = dict.fromkeys(("starts_on", "ends_on", "enrol_from", "enrol_until"), exact_day) | {
    "place": _text(100), "postcode": _by(codes.read_postcode),
}  # fmt: skip
_RECOGNITION = {
    "route": _by(lambda text: words.read_word("recognition", text)), "proof": _text(300), "starts_on": exact_day, "ends_on": exact_day,
}  # fmt: skip
_LOCATION = {"name": _text(200), "street": _text(200), "place": _text(100), "postcode": _by(codes.read_postcode)}
_ADDRESS = _by(lambda text: codes.read_url(text, 500))

read_runs = _listed(_record(Run, _RUN))
"""Read a list of runs; raises Misread."""
read_recognitions = _listed(_record(Recognition, _RECOGNITION))
"""Read a list of recognitions; raises Misread."""
read_locations = _listed(_record(Location, _LOCATION))
"""Read a list of locations; raises Misread."""

texts_of = _listed(_text(LONGEST_TEXT))
"""Read a list of texts as they stand; raises Misread."""

_WORDS = ("kind", "route", "goal", "level", "intensity", "delivery", "sector", "certificate_value")
_TRUTHS = (
    "independent_of_time", "independent_of_place", "evening", "combinable_with_work", "combinable_with_care", "modular",
    "guidance", "prior_learning_shortens",
)  # fmt: skip
_STEP = _whole(1, 8, {"nl": "een niveau van 1 tot en met 8", "en": "a level from 1 to 8"})


def _word(name: str) -> Reader:
    return _by(lambda text: words.read_word(name, text))


def _esco(given: Any) -> str:
    return codes.read_esco(as_it_stands(given, 200))[0]


_OF_ENTRY: dict[str, Reader] = {
    "provider": _text(100), "code": _text(200), "title": _text(500), "description": _text(LONGEST_TEXT),
    "learning_outcomes": _listed(_text(LONGEST_TEXT)), "nlqf_level": _STEP, "eqf_level": _STEP,
    "study_hours": _whole(0, MOST_HOURS, HOURS), "duration_months": exact_months,
    "entry_requirements": _text(LONGEST_TEXT), "certificate": _text(300), "url": _by(codes.read_url),
    "occupations": _listed(_esco), "skills": _listed(_esco), "prices": _prices, "runs": read_runs,
    "published_from": exact_day, "published_until": exact_day,
    **{name: _by(words.read_language) for name in ("language", "text_language")},
    **{name: _word(name) for name in _WORDS}, **dict.fromkeys(_TRUTHS, _truth),
}  # fmt: skip
_OF_PROVIDER: dict[str, Reader] = {
    "code": _text(100), "name": _text(300), "kvk": _by(codes.read_kvk), "website": _ADDRESS, "street": _text(200),
    "postcode": _by(codes.read_postcode), "place": _text(100), "email": _by(codes.read_email), "phone": _by(codes.read_phone),
    "recognitions": read_recognitions, "locations": read_locations,
}  # fmt: skip


def empty(kind: type) -> dict[str, Any]:
    """Give the fields of Entry or ProviderEntry with nothing told; the language too, which is Dutch for what is typed."""
    told = {one.name: "" if one.default is MISSING else one.default for one in fields(kind)}
    return told | ({"language": ""} if kind is Entry else {})


def read_entry(source: Source, told: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Give the fields of an entry that own terms tell; what cannot be read is a fault. `where` is the path in the file."""
    return _read(source, told, where, _OF_ENTRY, "")


def read_provider(source: Source, told: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Give the fields of a provider that own terms tell; what cannot be read is a fault."""
    return _read(source, told, where, _OF_PROVIDER, "provider.")


def _read(
    source: Source, told: Mapping[str, Any], where: str, readers: Mapping[str, Reader], prefix: str
) -> dict[str, Any]:
    found = {}
    for name, read in readers.items():
        if told.get(name) is None:
            continue
        try:
            found[name] = read(told[name])
        except Misread as error:
            target = TARGETS.get(prefix + name)
            refuses = (target.refuses if target else name == "prices") if error.refuses is None else error.refuses
            source.wrong(prefix + name, told[name], error.allowed, column=f"{where}.{name}", refuses=refuses)
    return found


def kept(
    told: Mapping[str, Any], said: Mapping[str, Any], ours: Mapping[str, Any], kind: type, left_out: tuple[str, ...] = ()
) -> dict[str, Any]:  # fmt: skip
    """Give the values that count: own terms (`told`), unless the standard's fields say something else than we wrote.

    `said` is what the standard's fields say, `ours` what they said when we wrote them from `told`. What own terms leave to
    the standard, they left out when we wrote them (`left_out`), and then it counts as it is said.
    """
    nothing = empty(kind)
    found = {}
    for name, none in nothing.items():
        now, before = said.get(name, none), ours.get(name, none)
        changed = not _is_part(now, before)
        found[name] = now if changed or (name in left_out and name not in told) else told.get(name, none)
    return found


def forget_ours(source: Source, again: Source) -> None:
    """Take back the faults that what we wrote ourselves has as well, such as a day that lies too far ahead for others."""
    source.faults[:] = [one for one in source.faults if one not in again.faults]


def _is_part(now: Any, before: Any) -> bool:
    """Whether the file says no more than we wrote; of a list a part may lack, such as runs that have gone by."""
    if isinstance(now, tuple) and isinstance(before, tuple) and all(isinstance(one, Run) for one in (*now, *before)):
        return set(now) <= set(before)
    return bool(now == before) or (now in (None, "", ()) and before not in (None, "", ()))


def provider_of(values: Mapping[str, Any]) -> ProviderEntry:
    """Make the provider from its fields."""
    return ProviderEntry(**values)
