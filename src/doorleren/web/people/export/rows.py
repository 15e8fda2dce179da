"""The rows of the tables as values that JSON knows: what was sealed is opened, other people are never named or numbered."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Model

from doorleren.applications.corrections.sealed import said_in
from doorleren.applications.models import PARTIES, PartyKind
from doorleren.core.refusals import ActRefused
from doorleren.letters.queries import content_of
from doorleren.payments import payees
from doorleren.people.file_keys import Destroyed, DoesNotOpen
from doorleren.people.models import Body, Organisation, Person
from doorleren.people.national_number import NoKeys, keys
from doorleren.people.personal_content import Row, personal_content
from doorleren.web.people.export.me import Me
from doorleren.web.people.export.ways import CODES, WAYS

YOU, ANOTHER, SITE = "you", "someone_else", "the_site"
GONE, UNREADABLE = "destroyed", "not_readable"
NUMBERS = "numbers-of-people"
"""The row of the law that names the fields with a number of a person."""

OPENED: Mapping[tuple[str, str], Callable[[Any], str]] = {
    ("people.NationalNumber", "sealed"): lambda row: keys().opened(row.sealed),
    ("applications.RegisteredPerson", "sealed"): lambda row: keys().opened(row.sealed) if row.sealed else "",
    ("applications.RegisteredPerson", "sealed_name"): lambda row: keys().opened(row.sealed_name),
    ("applications.EnrolledPerson", "sealed"): lambda row: keys().opened(row.sealed) if row.sealed else "",
    ("applications.EnrolledPerson", "sealed_name"): lambda row: keys().opened(row.sealed_name),
    ("payments.PayeeAccount", "sealed"): lambda row: payees.opened(row, keys()).iban,
    ("payments.PayeeAccount", "sealed_name"): lambda row: payees.opened(row, keys()).name,
    ("applications.CorrectionStep", "content"): lambda row: (
        json.dumps(said_in(row), ensure_ascii=False) if row.content else ""
    ),
    ("letters.Letter", "content"): lambda row: content_of(row).subject,
}
"""How a sealed field is read; of a letter the subject, as the letter itself is a file of its own."""


def tables(me: Me) -> dict[str, list[dict[str, Any]]]:
    """Give per table the rows about who asks, each as its fields; a table without rows is there too, empty."""
    return {label: rows_of(label, me) for label in WAYS}


def rows_of(label: str, me: Me) -> list[dict[str, Any]]:
    """Give the rows of one table, the oldest first."""
    found = apps.get_model(label)._default_manager.filter(WAYS[label].find(me)).order_by("pk")
    names = fields_of(label)
    return [{name: _value(label, row, name, me) for name in names} for row in found.iterator()]


def fields_of(label: str) -> tuple[str, ...]:
    """Name the fields that are given of a table: those with something personal but for the codes, and those along with them."""
    kept = [name for row in personal_content().rows for name in row.fields.get(label, ())]
    return tuple(dict.fromkeys([*WAYS[label].also, *(one for one in kept if one not in CODES.get(label, ()))]))


def _value(label: str, row: Model, name: str, me: Me) -> Any:
    if (label, name) in OPENED:
        return _opened(label, row, name)
    if name in _numbers_in(label):
        return _who(row, name, me)
    if label == "applications.Application" and name.removesuffix("_number") in PARTIES:
        return _party(row, name.removesuffix("_number"), me)
    value = getattr(row, name)
    if isinstance(value, Person):
        return YOU if value.pk == me.person else ANOTHER
    if isinstance(value, Body | Organisation):
        return value.name
    if isinstance(value, Model):
        return _plain(value.pk)
    return _plain(value)


def _plain(value: Any) -> Any:
    """Give a value as JSON knows it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | str | list | dict) else str(value)


def _opened(label: str, row: Model, name: str) -> str:
    """Read what was sealed; what is destroyed or does not open says so."""
    if getattr(row, "destroyed_at", None) is not None:
        return GONE
    try:
        return OPENED[label, name](row)
    except Destroyed:
        return GONE
    except (DoesNotOpen, NoKeys, ActRefused):
        return UNREADABLE


def _numbers_in(label: str) -> frozenset[str]:
    rows: tuple[Row, ...] = personal_content().rows
    return frozenset(name for row in rows if row.id == NUMBERS for name in row.fields.get(label, ()))


def _who(row: Model, name: str, me: Me) -> str | None:
    """Say whether a number is that of who asks; never whose it is else."""
    field = row._meta.get_field(name)
    value = getattr(row, getattr(field, "attname", name))
    if value is None:
        return None
    kind = getattr(row, f"{name.removesuffix('_id')}_kind", "person")
    if kind == "site":
        return SITE
    return YOU if kind == "person" and str(value) == str(me.person) else ANOTHER


def _party(row: Model, party: str, me: Me) -> str | None:
    """Say who a party of an application is: oneself, another person, or an organisation by its name."""
    kind, number = getattr(row, f"{party}_kind"), getattr(row, f"{party}_number")
    if not kind or number is None:
        return None
    if kind == PartyKind.ORGANISATION:
        return Organisation.objects.filter(pk=number).values_list("name", flat=True).first()
    return YOU if number == me.person else ANOTHER
