"""Add a source, or change one: where it is, how often it is pulled, and what was agreed about its quality.

By an administrator. What is wrong is told per field, all at once; then nothing is written.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from doorleren.core.texts import Texts
from doorleren.register.access import Actor, ensure
from doorleren.register.answers import ActRefused
from doorleren.register.feeds.connecting import SCHEMES
from doorleren.register.feeds.visiting import LOOPBACK
from doorleren.register.intake.faults import Unreadable, shortened
from doorleren.register.intake.mapping import mapping_of
from doorleren.register.models import Source
from doorleren.register.models.delivery import FORMS, SECRET_NAME
from doorleren.register.recording import record_act

PULLED = tuple(form for form in FORMS if form != "form")
"""The forms that can be fetched."""
MOST_HOURS = 366 * 24
MOST_ROWS = 2**31 - 1

Given = Mapping[str, Any]
_WHOLE = {"every_hours": (1, MOST_HOURS), "most_refused_percent": (0, 100), "least_rows": (0, MOST_ROWS)}


class SourceRefused(ActRefused):
    """Values that cannot be kept; `faults` says per field what was given and what is allowed."""

    def __init__(self, faults: Mapping[str, Texts]) -> None:
        """Keep the faults; the sentence is all of them."""
        told = {language: " ".join(one[language] for one in faults.values()) for language in ("nl", "en")}
        super().__init__(told)
        self.faults = dict(faults)


def keep_source(
    *, source: int | None = None, name: str, form: str, address: str = "", every_hours: int | None = None,
    most_refused_percent: int = 10, least_rows: int = 1, mapping: Mapping[str, Any] | None = None,
    provider_kvk: str = "", provider_name: str = "", secret: str = "", by: Actor, at: datetime,
) -> Source:  # fmt: skip
    """Write a source down; `source` is the number of the one that changes, None adds one. All values are given anew.

    Raises Forbidden, ActRefused for a number of no source, SourceRefused with the faults per field. What the values
    mean is said at `models.Source`. It is pulled at the next round of the timetable, not now.
    """
    ensure(by, "keep_source", ())
    given: dict[str, Any] = {
        "name": " ".join(name.split()), "form": form, "address": address.strip(), "every_hours": every_hours,
        "most_refused_percent": most_refused_percent, "least_rows": least_rows, "mapping": dict(mapping or {}),
        "provider_kvk": provider_kvk.strip(), "provider_name": " ".join(provider_name.split()), "secret": secret.strip(),
    }  # fmt: skip
    with transaction.atomic():
        kept = _found(source)
        faults = _faults(given, kept)
        if faults:
            raise SourceRefused(faults)
        for field, value in given.items():
            setattr(kept, field, value)
        try:
            with transaction.atomic():
                kept.save()
        except IntegrityError as error:  # somebody else took the name just now
            raise SourceRefused({"name": _taken(given["name"])}) from error
        details = {"form": form, "every_hours": every_hours, "most_refused_percent": most_refused_percent}
        record_act("kept", "source", kept.pk, by=by, at=at, details=details | {"least_rows": least_rows})
    return kept


def _found(source: int | None) -> Source:
    if source is None:
        return Source()
    found = Source.objects.select_for_update(no_key=True).filter(pk=source).first()
    if found is None:
        raise ActRefused({"nl": f"Bron {source} bestaat niet.", "en": f"Source {source} does not exist."})
    return found


def _faults(given: Given, kept: Source) -> dict[str, Texts]:
    checks: dict[str, Callable[[Given], Texts | None]] = {
        "form": _form, "address": _address, "mapping": _mapping, "provider_kvk": _kvk,
        "provider_name": _provider_name, "secret": _secret,
    }  # fmt: skip
    found = {"name": _name(given["name"], kept), **{field: check(given) for field, check in checks.items()}}
    found |= {field: _whole(field, given[field]) for field in _WHOLE}
    return {field: texts for field, texts in found.items() if texts is not None}


def _name(name: str, kept: Source) -> Texts | None:
    longest = Source._meta.get_field("name").max_length or 0
    if not 0 < len(name) <= longest:
        return _fault("Naam", "Name", name, f"1 tot {longest} tekens", f"1 to {longest} characters")
    return _taken(name) if Source.objects.filter(name=name).exclude(pk=kept.pk).exists() else None


def _taken(name: str) -> Texts:
    return _fault("Naam", "Name", name, "een naam die nog geen bron heeft", "a name that no source has yet")


def _form(given: Given) -> Texts | None:
    allowed = ", ".join(PULLED)
    return None if given["form"] in PULLED else _fault("Vorm", "Form", given["form"], allowed, allowed)


def _address(given: Given) -> Texts | None:
    address, longest = given["address"], Source._meta.get_field("address").max_length or 0
    if not address:
        if given["every_hours"] is None:
            return None
        return _fault("Adres", "Address", "", "een adres, als de bron wordt opgehaald", "an address, if it is pulled")
    if len(address) <= longest and address.isprintable() and (_on_the_web(address) or _is_folder(address)):
        return None
    return _fault(
        "Adres", "Address", address,
        "een adres dat begint met https:// of http://, zonder naam en wachtwoord, of een map die begint met /",
        "an address that starts with https:// or http://, without name and password, or a folder that starts with /",
    )  # fmt: skip


def _on_the_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in SCHEMES and bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return False


def _is_folder(address: str) -> bool:
    return PurePosixPath(address).is_absolute()


def _whole(field: str, value: int | None) -> Texts | None:
    least, most = _WHOLE[field]
    if value is None and field == "every_hours":
        return None
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return None
    nl, en = {
        "every_hours": ("Uren tussen twee keer ophalen", "Hours between two pulls"),
        "most_refused_percent": ("Hoogste percentage geweigerde rijen", "Highest percentage of refused rows"),
        "least_rows": ("Laagste aantal goede rijen", "Lowest number of good rows"),
    }[field]
    return _fault(nl, en, value, f"een getal van {least} tot en met {most}", f"a number from {least} to {most}")


def _mapping(given: Given) -> Texts | None:
    if not given["mapping"]:
        return None
    if given["form"] in PULLED and given["form"] != "csv":
        return _fault("Kolommen", "Columns", given["form"], "kolommen bij een csv alleen", "columns with a csv only")
    try:
        mapping_of(given["mapping"])
    except Unreadable as error:
        return error.text
    return None


def _kvk(given: Given) -> Texts | None:
    kvk = given["provider_kvk"]
    if re.fullmatch("[0-9]{8}", kvk) or not (kvk or given["provider_name"]):
        return None
    return _fault("KvK-nummer", "KvK number", kvk, "acht cijfers", "eight digits")


def _provider_name(given: Given) -> Texts | None:
    name, longest = given["provider_name"], Source._meta.get_field("provider_name").max_length or 0
    if len(name) <= longest and bool(name) >= bool(given["provider_kvk"]):
        return None
    return _fault("Opleider", "Provider", name, f"1 tot {longest} tekens", f"1 to {longest} characters")


def _secret(given: Given) -> Texts | None:
    secret, longest = given["secret"], Source._meta.get_field("secret").max_length or 0
    if not secret:
        return None
    if len(secret) > longest or not re.fullmatch(SECRET_NAME, secret):
        nl, en = (
            "de naam van een bestand: kleine letters, cijfers en streepjes",
            "the name of a file: a-z, 0-9 and dashes",
        )
        return _fault("Geheim", "Secret", secret, nl, en)
    if _on_the_web(given["address"]):
        parts = urlsplit(given["address"])
        if parts.scheme == "https" or parts.hostname in LOOPBACK:
            return None
    nl, en = "een geheim bij een adres met https", "a secret with an address of https"
    return _fault("Geheim", "Secret", given["address"], nl, en)


def _fault(name_nl: str, name_en: str, given: object, nl: str, en: str) -> Texts:
    shown = "" if given is None else shortened(given)
    return {
        "nl": f"{name_nl}: gegeven is “{shown}”, toegestaan is {nl}.",
        "en": f"{name_en}: given “{shown}”, allowed is {en}.",
    }
