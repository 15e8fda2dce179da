"""Which decision and which objection a letter is about, in words: what was decided and on which day, and when the objection came."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from doorleren.cases.models import Case
from doorleren.core.days import written_day
from doorleren.core.texts import Texts, in_language
from doorleren.decisions.joining import joined
from doorleren.decisions.models import Objection
from doorleren.rules.provisions import provision_of, what_is_meant

_MEANT = {
    "refused": "refuse", "revoked": "withdraw", "settled_lower": "settle_lower", "settled_at_nil": "settle_at_nil",
}  # fmt: skip
"""Decisions that are told of before they are taken (rules/provisions.py), by what is meant then."""
_WHAT: Mapping[str, Texts] = {
    "granted": {"nl": "om uw aanvraag toe te kennen", "en": "to grant your application"},
    "partly_granted": {
        "nl": "om uw aanvraag voor een deel toe te kennen",
        "en": "to grant a part of your application",
    },
    "left_out": {"nl": "om uw aanvraag niet te behandelen", "en": "not to treat your application"},
    "amended": {"nl": "om uw {name} te veranderen", "en": "to change your {name}"},
    "budget_reservation_invoked": {
        "nl": "om minder toe te kennen, omdat er te weinig geld op de begroting is",
        "en": "to grant less, because the budget has too little money",
    },
    "settled_as_granted": {"nl": "over het eindbedrag van uw {name}", "en": "on the final amount of your {name}"},
    "recovery_decided": {"nl": "over geld dat u moet terugbetalen", "en": "on money that you must pay back"},
    "payment_suspended": {"nl": "om voorlopig niet te betalen", "en": "to suspend the payment"},
    "payment_released": {"nl": "om weer te betalen", "en": "to pay again"},
    "penalty_fixed": {
        "nl": "over het geld dat u krijgt omdat wij te laat waren",
        "en": "on the money that you receive because we were late",
    },
}
_OUR: Texts = {"nl": "ons besluit van {day} {what}", "en": "our decision of {day} {what}"}
_YOURS: Texts = {"nl": "uw bezwaar van {day}", "en": "your objection of {day}"}
_NUMBER: Texts = {"nl": " (nummer {number})", "en": " (number {number})"}
_AND: Texts = {"nl": ", en ", "en": ", and "}
_AGAINST: Texts = {"nl": "{objection} tegen {decision}", "en": "{objection} to {decision}"}


class Decided(Protocol):
    """An act that decides something, and its day."""

    @property
    def act(self) -> str:
        """Name the act."""

    @property
    def happened_on(self) -> date:
        """Give the day that counts."""


def decision_said(act: Decided, procedure: str, language: str) -> str:
    """Name a decision by its day and by what was decided; which tells it from others of the case.

    Example: "ons besluit van 2 maart 2026 om uw aanvraag af te wijzen". Raises KeyError for an act that one cannot object to.
    """
    if act.act in _MEANT:
        meant = what_is_meant(_MEANT[act.act], procedure, language)
        what = f"om {meant}" if language == "nl" else meant
    else:
        what = in_language(provision_of(procedure).filled(_WHAT[act.act]), language)
    return in_language(_OUR, language).format(day=written_day(act.happened_on, language), what=what)


def objection_said(received_on: date, language: str, number: int = 1) -> str:
    """Name an objection by the day on which it came; by its number too where it is not the first of the case."""
    said = in_language(_YOURS, language).format(day=written_day(received_on, language))
    return said + (in_language(_NUMBER, language).format(number=number) if number > 1 else "")


def against_said(objection: str, decision: str, language: str) -> str:
    """Say of a named objection which decision it is against."""
    return in_language(_AGAINST, language).format(objection=objection, decision=decision)


def of_objection(objection: Objection, case: Case, language: str) -> dict[str, Any]:
    """Give what every letter on an objection names: which one, and all decisions that it goes about (Awb 6:19), the contested one first."""
    acts = (objection.against, *joined([objection]).get(objection.pk, ()))
    named = [decision_said(one, case.procedure, language) for one in acts]
    return {
        "this_objection": objection_said(objection.received_on, language, objection.number),
        "decision": in_language(_AND, language).join(named),
    }
