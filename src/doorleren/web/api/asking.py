"""What a request asks: its parameters and its body, read exactly. Whatever cannot be read is refused by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.http import HttpRequest

from doorleren.core.days import Asked, NotAMoment, read_asked
from doorleren.rules.faults import ProfileFault
from doorleren.rules.library import Library
from doorleren.rules.profile import Profile, read_json, read_profile
from doorleren.web import known
from doorleren.web.api.problems import Refused, bad_input

LARGEST_BODY = 256 * 1024
LANGUAGES = ("nl", "en")
YEARS = range(1900, 2200)
DAYS = "a day (2020-08-15) or a moment (2023-03-17T10:00, in Amsterdam unless it names its zone) from 1900 to 2199"


@dataclass(frozen=True, slots=True)
class Question:
    """A profile, the day or moment, the schemes that were named (None: all) and the language of the texts."""

    profile: Profile
    asked: Asked
    schemes: tuple[str, ...] | None
    language: str


def read_question(request: HttpRequest, library: Library, fields: tuple[str, ...]) -> Question:
    """Read a body with a profile and what else is allowed beside it. Raises Refused or ProfileFault."""
    only_parameters(request, ())
    content = _content(request)
    for name in content:
        if name not in fields:
            raise bad_input(name, content[name], "a field of the body: " + ", ".join(fields))
    if not isinstance(content.get("profile"), dict):
        raise bad_input(
            "profile", content.get("profile"), 'a table of tables of facts, such as {"training": {"price": "699.95"}}'
        )
    return Question(
        read_profile(content["profile"], library.vocabulary),
        asked_on(content.get("on")),
        _schemes(content.get("schemes"), library),
        language_of(content.get("language")),
    )


def only_parameters(request: HttpRequest, allowed: tuple[str, ...]) -> None:
    """Refuse parameters that mean nothing here, and one that is named twice: neither is silently passed by."""
    for name, values in request.GET.lists():
        if name not in allowed:
            raise bad_input(name, values[0], "a parameter of this address: " + (", ".join(allowed) or "none"))
        if len(values) > 1:
            raise bad_input(name, ", ".join(values), "each parameter once")


def asked_on(given: object) -> Asked:
    """Read the day or moment that was named; today in Amsterdam if none was. Raises Refused."""
    if given is None:
        return Asked(known.today())
    try:
        asked = read_asked(given) if isinstance(given, str) else None
    except (NotAMoment, OverflowError):
        asked = None
    if asked is None or asked.day.year not in YEARS:
        raise bad_input("on", given, DAYS)
    return asked


def language_of(given: object) -> str:
    """Read the language; Dutch if none was named. Raises Refused."""
    return one_of("language", given, LANGUAGES) or "nl"


def one_of(name: str, given: object, allowed: Iterable[str]) -> str | None:
    """Read one of some values; None if there is none. Raises Refused."""
    known_values = tuple(allowed)
    if given is None:
        return None
    if not isinstance(given, str) or given not in known_values:
        raise bad_input(name, given, ", ".join(known_values))
    return given


def nearest(name: str, ids: Iterable[str], what: str) -> str:
    """Say what would be allowed instead of an id that does not exist."""
    close = ", ".join(get_close_matches(name, ids, n=3))
    return f"the id of {what}" + (f", for instance {close}" if close else "")


def bytes_of(request: HttpRequest, largest: int = LARGEST_BODY) -> bytes:
    """Read a body of JSON of at most so many bytes; whatever is larger is refused before it is read. Raises Refused."""
    if request.content_type != "application/json" or request.headers.get("Content-Encoding", "identity") != "identity":
        raise Refused(415, "The body must be JSON, not compressed, with the header Content-Type: application/json.")
    told_length = request.headers.get("Content-Length", "")
    if not told_length:
        raise Refused(411, "The body must come in one piece, with the header Content-Length.")
    too_large = told_length.isdecimal() and int(told_length[:12]) > largest
    body = b"" if too_large else request.read(largest + 1)
    if too_large or len(body) > largest:
        raise Refused(413, f"The body may hold {largest} bytes at most.")
    return body


def _content(request: HttpRequest) -> dict[str, Any]:
    body = bytes_of(request)
    try:
        return read_json(body)
    except ProfileFault as fault:
        if fault.fact == "profile" and fault.given != "named twice":
            raise bad_input("body", fault.given, 'a JSON object such as {"profile": {}}') from fault
        raise
    except (ValueError, ArithmeticError) as error:
        raise bad_input("body", "a number beyond all measure", "numbers that exist") from error


def _schemes(given: object, library: Library) -> tuple[str, ...] | None:
    if given is None:
        return None
    if not isinstance(given, list) or not given:
        raise bad_input("schemes", given, "a list of ids of schemes, or nothing for all")
    for name in given:
        if not isinstance(name, str) or name not in library.places:
            raise bad_input("schemes", name, nearest(str(name), library.places, "a scheme"))
    return tuple(dict.fromkeys(given))
