"""The mail to who asked for it: a round of a scheme was announced, or is open. Plain text, in the language of the asking."""

from collections.abc import Sequence
from typing import Protocol

from django.core.mail import EmailMessage

from doorleren.core.texts import Texts, in_language
from doorleren.register.alerts.mail import frame, message, one_line
from doorleren.register.alerts.pages import Pages
from doorleren.register.models import Alert
from doorleren.rounds.models import Round

_SUBJECT: Texts = {"nl": "U kunt aanvragen: {words}", "en": "You can apply: {words}"}
_SUBJECT_AHEAD: Texts = {"nl": "Nieuw tijdvak: {words}", "en": "A new round: {words}"}
_TEXT: Texts = {
    "nl": (
        "Hallo,\n\n"
        "U vroeg om een e-mail over deze regeling:\n\n"
        "  {words}\n\n"
        "{list}\n"
        "{prepare}"
        "Geen e-mails meer over deze regeling? Stop ze hier. Uw adres is dan meteen weg:\n\n"
        "  {end}\n\n"
        "{signed}\n"
    ),
    "en": (
        "Hello,\n\n"
        "You asked for an e-mail about this scheme:\n\n"
        "  {words}\n\n"
        "{list}\n"
        "{prepare}"
        "No more e-mails about this scheme? Stop them here. Your address is then gone at once:\n\n"
        "  {end}\n\n"
        "{signed}\n"
    ),
}
_OPEN: Texts = {"nl": "U kunt nu aanvragen.", "en": "You can apply now."}
_AHEAD: Texts = {"nl": "U kunt aanvragen vanaf {opens}.", "en": "You can apply from {opens}."}
_PREPARE: Texts = {
    "nl": "Maakt u uw aanvraag vooraf klaar? Dan is indienen op de dag zelf één knop.\n\n",
    "en": "Prepare your application beforehand? Then submitting is one button on the day itself.\n\n",
}
"""Said where a round is yet to open."""


class RoundPages(Pages, Protocol):
    """What these mails need beside what every alert needs: how a round is called, when it opens, and its page."""

    def round_name(self, row: Round, language: str) -> str:
        """Name a round."""

    def opens(self, row: Round, language: str) -> str:
        """Write when a round opens."""

    def round_page(self, row: Round, language: str) -> str:
        """Give the address of the page of a round."""


def new_rounds(alert: Alert, pages: RoundPages, rounds: Sequence[Round]) -> EmailMessage:
    """Write the mail about rounds that were announced or opened; the gate of each is known."""
    told_to, language = frame(alert, pages), alert.language
    subject = _SUBJECT if any(is_open(one) for one in rounds) else _SUBJECT_AHEAD
    prepare = "" if all(is_open(one) for one in rounds) else in_language(_PREPARE, language)
    told = in_language(_TEXT, language).format(
        list="\n".join(_item(one, pages, language) for one in rounds), prepare=prepare, **told_to
    )
    about = "rounds " + " ".join(f"{one.pk}{'+' if is_open(one) else ''}" for one in rounds)
    words = in_language(subject, language).format(words=told_to["words"])
    return message(alert, pages, words, told, f"{about} {alert.seen_until.isoformat()}")


def is_open(row: Round) -> bool:
    """Say whether one can file in a round now; its gate is known."""
    return row.gate.opened_at is not None and row.gate.closed_at is None


def _item(row: Round, pages: RoundPages, language: str) -> str:
    told = in_language(_OPEN if is_open(row) else _AHEAD, language).format(opens=pages.opens(row, language))
    return f"- {one_line(pages.round_name(row, language))}\n  {told}\n  {pages.round_page(row, language)}\n"
