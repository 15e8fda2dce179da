"""What pages of a provider call things: a value that changes, how a training stands, how an upload stands."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from doorleren.register.entries import Entry
from doorleren.register.models import upload as states
from doorleren.register.models.upload import Upload
from doorleren.register.queries import is_published
from doorleren.register.uploads.jobs import broke_off
from doorleren.web.provider.fields import FACTS, choices, labels, part_names
from doorleren.web.public.values import euros

_CHOICES = frozenset({*FACTS, "certificate_value", "language", "text_language"})
_DAYS = frozenset({"published_from", "published_until"})


def label_of(name: str) -> str:
    """Name a field."""
    return labels().get(name) or labels().get(name.partition(".")[0]) or name


def value_words(name: str, value: Any) -> str:
    """Say a value of a field, as a preview keeps it."""
    if value is None or value in ("", []):
        return _("niet ingevuld")
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if name == "prices":
        return "; ".join(_price(one) for one in value)
    if name == "runs":
        return "; ".join(_run(one) for one in value)
    if name in _CHOICES:
        return dict(choices(name)).get(str(value), str(value))
    if name in _DAYS:
        return _day(value)
    return "; ".join(value) if isinstance(value, list) else str(value)


def _price(part: Mapping[str, Any]) -> str:
    named = f"{part_names()[part['part']]} {euros(part['cents'])}"
    return named if part["vat"] is None else _("%(part)s (%(rate)s%% btw)") % {"part": named, "rate": part["vat"]}


def _run(run: Mapping[str, Any]) -> str:
    starts = _day(run["starts_on"]) if run["starts_on"] else _("wanneer iemand wil")
    ends = f" – {_day(run['ends_on'])}" if run["ends_on"] else ""
    place = " ".join(filter(None, (run["place"], run["postcode"])))
    enrol = "/".join(_day(run[name]) for name in ("enrol_from", "enrol_until") if run[name])
    return ", ".join(filter(None, (starts + ends, place, enrol)))


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "j F Y")


def published(entry: Entry, on: date) -> dict[str, str]:
    """Say whether a training is to be seen on a day: words, and the colour of their badge."""
    if is_published(entry, on):
        if entry.published_until:
            day = date_format(entry.published_until, "j F Y")
            return {"text": _("te zien tot en met %(day)s") % {"day": day}, "badge": "get"}
        return {"text": _("te zien"), "badge": "get"}
    if entry.published_from and on < entry.published_from:
        return {
            "text": _("te zien vanaf %(day)s") % {"day": date_format(entry.published_from, "j F Y")},
            "badge": "quiet",
        }
    return {"text": _("niet meer te zien"), "badge": "quiet"}


def upload_state(upload: Upload, at: Any) -> str:
    """Say how an upload stands."""
    if upload.delivery is not None and upload.delivery.undone_at is not None:
        return _("teruggedraaid")
    if broke_off(upload, at):
        return _("afgebroken")
    return {
        states.JUDGING: _("wordt gelezen"),
        states.JUDGED: _("wacht op uw akkoord"),
        states.UNREADABLE: _("niet te lezen"),
        states.RECEIVING: _("wordt verwerkt"),
        states.RECEIVED: _("verwerkt"),
        states.DROPPED: _("niet verwerkt"),
    }[upload.state]


def checks_named(names: Iterable[str], claims: Mapping[str, str]) -> str:
    """Name checks by what they claim."""
    return "; ".join(claims.get(name, name) for name in names)
