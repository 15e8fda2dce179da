"""Codes with a shape of their own: KvK number, postcode, web address, ESCO id, the code of a row."""

import re

from doorleren.register.intake.faults import Misread

_KVK = re.compile(r"(?:kvk|k\.v\.k\.|coc)?[\s:.\-]*((?:\d[ .]?){7}\d)\Z", re.I | re.A)
_POSTCODE = re.compile(r"([1-9]\d{3})\s?([a-z]{2})?\Z", re.I | re.A)
_URL = re.compile(r"https?://[^\s/?#<>\"@]+\.[^\s/?#<>\"@]+(?:[/?#][^\s<>\"]*)?\Z", re.I | re.A)
_HOST = re.compile(r"(?:[a-z0-9\-]{1,63}\.){1,8}[a-z]{2,24}(?:[/?#][^\s<>\"]*)?\Z", re.I | re.A)
_ESCO = re.compile(
    r"(?:https?://data\.europa\.eu/esco/(?:occupation|skill)/)?([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\Z", re.I
)

_EMAIL = re.compile(r"[^\s@<>\"(),:;]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}\Z", re.I | re.A)
_PHONE = re.compile(r"(?:\+|00)?\(?[0-9](?:[ ()\-.]{0,2}[0-9]){7,14}\Z", re.A)

A_KVK = {"nl": "een KvK-nummer van acht cijfers", "en": "a KvK number of eight digits"}
A_POSTCODE = {
    "nl": "een Nederlandse postcode, zoals 1234 AB of 1234",
    "en": "a Dutch postcode, such as 1234 AB or 1234",
}
AN_EMAIL = {"nl": "een e-mailadres, zoals info@school.nl", "en": "an e-mail address, such as info@school.nl"}
A_PHONE = {
    "nl": "een telefoonnummer, zoals 0612345678 of +31 6 1234 5678",
    "en": "a telephone number, such as 0612345678 or +31 6 1234 5678",
}
A_URL = {
    "nl": "een webadres dat begint met https:// of http://",
    "en": "a web address that begins with https:// or http://",
}


def read_kvk(text: str) -> str:
    """Read a KvK number: eight digits, spaces and points among them allowed. A lost zero is not guessed back."""
    found = _KVK.match(text.strip())
    if not found:
        raise Misread(A_KVK)
    return re.sub(r"\D", "", found[1])


def read_postcode(text: str) -> str:
    """Read a Dutch postcode as "1234 AB", or its four digits alone."""
    found = _POSTCODE.match(text.strip())
    if not found:
        raise Misread(A_POSTCODE)
    return f"{found[1]} {found[2].upper()}" if found[2] else found[1]


def read_url(text: str, most: int = 1000) -> str:
    """Read a web address; one without a scheme gets https. No other scheme passes, so none can run in a page."""
    text = text.strip()
    if _HOST.match(text):
        text = "https://" + text
    if len(text) > most or not _URL.match(text) or not text.isprintable():
        raise Misread(A_URL)
    return text


def read_email(text: str) -> str:
    """Read an e-mail address, at most 200 signs."""
    text = text.strip()
    if len(text) > 200 or not _EMAIL.match(text):
        raise Misread(AN_EMAIL)
    return text


def read_phone(text: str) -> str:
    """Read a telephone number of eight to fifteen digits, as it is written; brackets, points and dashes are allowed."""
    text = text.strip()
    if len(text) > 30 or not _PHONE.match(text.replace("(0)", "0", 1)):
        raise Misread(A_PHONE)
    return text


def read_esco(text: str) -> tuple[str, ...]:
    """Read ESCO ids or addresses, apart by a comma, semicolon, bar, space or line: their ids, each once."""
    found: dict[str, None] = {}
    for part in re.split(r"[\s,;|]+", text.strip()):
        one = _ESCO.match(part)
        if not one:
            raise Misread({
                "nl": "een of meer ids of adressen van ESCO, gescheiden door een puntkomma",
                "en": "one or more ids or addresses of ESCO, apart by a semicolon",
            })  # fmt: skip
        found[one[1].lower()] = None
    return tuple(found)
