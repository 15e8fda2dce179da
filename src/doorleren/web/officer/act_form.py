"""The form of a decision as an official types it: read field by field; what cannot be read stays, with what is allowed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from doorleren.register.intake.amounts import LARGEST_PRICE
from doorleren.register.intake.days import Calendar
from doorleren.register.intake.faults import Misread, shortened
from doorleren.register.quality import CHECKS
from doorleren.web.officer.typed_amounts import not_an_amount, typed_cents
from doorleren.web.public.questions import in_language

LONGEST_REASON = 4000
MOST_GRANTS = 1_000_000
NEEDS_REASON = frozenset({"refused", "suspended", "removed"})
LATER = frozenset({"admitted", "suspended", "removed"})
"""Acts that may take effect on a later day; a refusal is of today."""


@dataclass
class Typed:
    """What was typed, by the name of the field, the checks that were ticked, what it says, and what is wrong per field.

    `effective_on` None is today; `grants_a_year` None is no most.
    """

    texts: Mapping[str, str]
    checks: tuple[str, ...] = ()
    effective_on: date | None = None
    grants_a_year: int | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """Give the reason."""
        return self.texts.get("reason", "").replace("\r\n", "\n").strip()


def as_typed(posted: QueryDict) -> Typed:
    """Take what was posted as it stands, unread."""
    names = {check.name for check in CHECKS}
    checks = tuple(dict.fromkeys(name for name in posted.getlist("checks") if name in names))
    texts = {
        name: posted.get(name, "").replace("\x00", "") for name in ("effective_on", "grants_a_year", "reason", "seen")
    }
    return Typed(texts, checks)


def read(typed: Typed, act: str, *, today: date, with_cap: bool) -> None:
    """Read everything that an act takes; what is wrong is in `typed.errors`."""
    if act == "refused" and not typed.checks:
        typed.errors["checks"] = _("Noem de toets waaraan niet is voldaan.")
    if act in LATER:
        typed.effective_on = read_day(typed, "effective_on", today)
    if act == "suspended" and not typed.texts.get("effective_on", "").strip():
        typed.errors["effective_on"] = _("Vul in vanaf welke dag de schorsing geldt.")
    if typed.effective_on is not None and typed.effective_on < today:
        typed.errors["effective_on"] = _("Een besluit werkt niet terug. Kies vandaag of een latere dag.")
    if act == "admitted" and with_cap:
        typed.grants_a_year = _read_cap(typed)
    if act in NEEDS_REASON and not typed.reason:
        typed.errors["reason"] = _("Geef de reden van dit besluit.")
    elif len(typed.reason) > LONGEST_REASON:
        typed.errors["reason"] = _("De reden heeft %(given)s tekens. Toegestaan is: ten hoogste %(most)s.") % {
            "given": len(typed.reason), "most": LONGEST_REASON,
        }  # fmt: skip


def read_day(typed: Typed, name: str, today: date) -> date | None:
    """Read a day; None is not told, or wrong and noted."""
    text = typed.texts.get(name, "").strip()
    if not text:
        return None
    try:
        return Calendar(today).read(text)
    except Misread as wrong:
        typed.errors[name] = not_read(text, in_language(wrong.allowed))
        return None


def read_cents(typed: Typed, name: str) -> int | None:
    """Read a price in whole cents; None is not told, or wrong and noted."""
    text = typed.texts.get(name, "").strip()
    cents = typed_cents(text, LARGEST_PRICE)
    if text and cents is None:
        typed.errors[name] = not_an_amount(text)
    return cents


def not_read(given: str, allowed: str) -> str:
    """Say what was given and what is allowed."""
    return _("Gegeven is “%(given)s”. Toegestaan is: %(allowed)s.") % {"given": shortened(given), "allowed": allowed}


def _read_cap(typed: Typed) -> int | None:
    text = typed.texts.get("grants_a_year", "").strip()
    if not text:
        return None
    if text.isascii() and text.isdecimal() and len(text) < 8 and 1 <= int(text) <= MOST_GRANTS:
        return int(text)
    allowed = _("een heel getal van 1 tot en met %(most)s, of niets") % {"most": MOST_GRANTS}
    typed.errors["grants_a_year"] = not_read(text, allowed)
    return None
