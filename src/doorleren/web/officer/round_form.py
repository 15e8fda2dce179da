"""The forms with which an act on a round is proposed: their fields, and reading what was typed."""

import re
from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext as _

from doorleren.core.days import AMSTERDAM
from doorleren.register.intake.days import Calendar
from doorleren.register.intake.faults import Misread
from doorleren.rounds.models import PotPart, Round
from doorleren.rounds.queries import announced_for
from doorleren.web.officer.asked import field
from doorleren.web.officer.official import Official
from doorleren.web.officer.round_words import part_name
from doorleren.web.officer.typed_amounts import not_an_amount, typed_cents
from doorleren.web.rounds.written import name_of

MOST_DIGITS = 12

_TIME = re.compile(r"(\S.*?)[T\s,]+(\d{1,2})[:.](\d{2})(?:\s*uur)?\Z", re.ASCII)


def fields(act: str, row: Round, told: dict[str, str], errors: dict[str, str]) -> list[dict[str, Any]]:
    """Give the fields of a form, with what was typed and what is wrong with it."""
    found = []
    if act == "reopen":
        found.append(
            field(
                "until",
                "line",
                _("Tot wanneer is het open?"),
                told,
                help=_("Bijvoorbeeld 31-1-2027 17:00."),
                short=True,
            )
        )
    if act == "fall_back":
        found += _of_a_failed_opening(row, told)
    if act == "move_money":
        own, all_ = _parts(row, other=False), _parts(row, other=True)
        found += [
            field("part", "choice", _("Uit welk deel van dit tijdvak?"), told, options=own, needed=True),
            field("to", "choice", _("Naar welk deel?"), told, options=all_, needed=True),
            field(
                "amount", "line", _("Hoeveel euro?"), told, help=_("Bijvoorbeeld 25000,00."), needed=True, short=True
            ),
        ]
    if act == "raise_number":
        found += [
            field("part", "choice", _("In welk deel van dit tijdvak?"), told, options=_numbered(row), needed=True),
            field("number", "line", _("Hoeveel plaatsen komen erbij?"), told, help=_("Bijvoorbeeld 500."), needed=True, short=True),
        ]  # fmt: skip
    public = act == "fall_back"
    reads = (
        _("Iedereen leest dit op de pagina van het tijdvak. Noem geen namen.") if public else _("Uw collega leest dit.")
    )
    found.append(field("reason", "text", _("Waarom?"), told, help=reads, needed=True))
    return [one | {"error": errors.get(one["name"], "")} for one in found]


def read(act: str, row: Round, told: dict[str, str], asking: Official) -> tuple[dict[str, Any], dict[str, str]]:
    """Read a form: the details of the act as propose_act takes them, and what is wrong, by field."""
    errors: dict[str, str] = {}
    details: dict[str, Any] = {}
    if not told.get("reason"):
        errors["reason"] = _("Vul een reden in.")
    if act == "reopen":
        details["until"] = _moment("until", told, asking, errors)
    if act == "fall_back":
        details = {one["name"]: _moment(one["name"], told, asking, errors) for one in _of_a_failed_opening(row, told)}
    if act == "move_money":
        details = _move(row, told, errors)
    if act == "raise_number":
        details = _raise(row, told, errors)
    return details, errors


def _of_a_failed_opening(row: Round, told: dict[str, str]) -> list[dict[str, Any]]:
    """Ask the moments that were left open in what was announced for a failed opening."""
    rule, found = announced_for(row).fallback, []
    if rule is not None and rule.then != "extend":
        least = _("Ten minste %(hours)s uur nadat uw collega het vrijgeeft. Bijvoorbeeld 31-1-2027 10:00.")
        help_ = least % {"hours": rule.notice_hours}
        found.append(
            field("opens", "line", _("Wanneer gaat het opnieuw open?"), told, help=help_, needed=True, short=True)
        )
    help_ = _("Niet eerder dan was bekendgemaakt. Bijvoorbeeld 31-1-2027 17:00.")
    needed = row.closes_at is not None
    found.append(field("until", "line", _("Tot wanneer is het open?"), told, help=help_, needed=needed, short=True))
    return found


def _moment(name: str, told: dict[str, str], asking: Official, errors: dict[str, str]) -> str | None:
    text = told.get(name, "")
    if not text:
        return None
    matched = _TIME.match(text)
    try:
        if matched is None or int(matched[2]) > 23 or int(matched[3]) > 59:
            errors[name] = _("Vul een dag en een tijd in, zoals 31-1-2027 17:00.")
            return None
        day = Calendar(asking.today).read(matched[1])
    except Misread:
        errors[name] = _("Vul een dag en een tijd in, zoals 31-1-2027 17:00.")
        return None
    return datetime.combine(day, time(int(matched[2]), int(matched[3])), AMSTERDAM).isoformat()


def _move(row: Round, told: dict[str, str], errors: dict[str, str]) -> dict[str, Any]:
    details: dict[str, Any] = {}
    for name, options in (("part", _parts(row, other=False)), ("to", _parts(row, other=True))):
        if told.get(name) not in dict(options):
            errors[name] = _("Kies een deel uit de lijst.")
    cents = typed_cents(told.get("amount", ""))
    if cents is None:
        errors["amount"] = not_an_amount(told.get("amount", ""))
    else:
        details["cents"] = cents
    if not errors.keys() & {"part", "to", "amount"}:
        details["part"] = told["part"].partition(":")[2]
        to_round, _colon, details["to_part"] = told["to"].partition(":")
        details["to_round"] = int(to_round)
    return details


def _raise(row: Round, told: dict[str, str], errors: dict[str, str]) -> dict[str, Any]:
    if told.get("part") not in dict(_numbered(row)):
        errors["part"] = _("Kies een deel uit de lijst.")
    number = told.get("number", "").replace(".", "")
    if not (number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS):
        errors["number"] = _("Vul een heel aantal in, zoals 500.")
    if errors.keys() & {"part", "number"}:
        return {}
    return {"part": told["part"].partition(":")[2], "number": int(number)}


def _numbered(row: Round) -> list[tuple[str, str]]:
    """Give the parts of this round with a ceiling in number."""
    parts = PotPart.objects.filter(round=row, ceiling_number__isnull=False).order_by("part")
    return [(f"{row.pk}:{one.part}", part_name(one.part)) for one in parts]


def _parts(row: Round, *, other: bool) -> list[tuple[str, str]]:
    """Give the parts with a ceiling in money: of this round, or of all rounds of its body."""
    found = (
        PotPart.objects.filter(ceiling_cents__isnull=False).select_related("round__version").order_by("round", "part")
    )
    found = found.filter(round__body=row.body_id) if other else found.filter(round=row)
    return [(f"{one.round_id}:{one.part}", f"{name_of(one.round)}: {part_name(one.part)}") for one in found]
