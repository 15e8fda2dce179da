"""The mails of alerts, in the language in which the alert was asked: to confirm, to say that it is on already, and what is new.

Plain text. Every mail can be ended with one click (RFC 8058) and by a link in its text, and has a Message-ID that
follows from what it tells, so that a mail that has to go twice after a failure is the same mail.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from doorleren.core.texts import Texts, in_language
from doorleren.register.alerts import tokens
from doorleren.register.alerts.pages import Pages
from doorleren.register.models import Alert
from doorleren.register.queries import Listing

MOST_WORDS, MOST_TITLE = 60, 120
_SIGNED: Texts = {"nl": "Doorleren", "en": "Doorleren"}

_CONFIRM: Texts = {
    "nl": (
        "Hallo,\n\n"
        "Op {site} is gevraagd om dit adres te mailen als {when}:\n\n"
        "  {words}\n\n"
        "Wilt u dat? Open dan deze pagina en druk op de knop. De link werkt 48 uur.\n\n"
        "  {confirm}\n\n"
        "Vroeg u dit niet zelf? Dan hoeft u niets te doen. Na 48 uur is uw adres hier weg.\n"
        "Of haal het nu al weg:\n\n"
        "  {end}\n\n"
        "{signed}\n"
    ),
    "en": (
        "Hello,\n\n"
        "On {site} somebody asked us to mail this address when {when}:\n\n"
        "  {words}\n\n"
        "Do you want that? Open this page and press the button. The link works for 48 hours.\n\n"
        "  {confirm}\n\n"
        "Did you not ask for this? Then you need not do anything. After 48 hours your address is gone from here.\n"
        "Or remove it now:\n\n"
        "  {end}\n\n"
        "{signed}\n"
    ),
}
_ON: Texts = {
    "nl": (
        "Hallo,\n\n"
        "U vroeg op {site} om een e-mail als {when}:\n\n"
        "  {words}\n\n"
        "Die e-mails stonden al aan. U hoeft niets te doen.\n\n"
        "Wilt u geen e-mails meer? Stop ze hier:\n\n"
        "  {end}\n\n"
        "{signed}\n"
    ),
    "en": (
        "Hello,\n\n"
        "On {site} you asked for an e-mail when {when}:\n\n"
        "  {words}\n\n"
        "These e-mails were on already. You need not do anything.\n\n"
        "No more e-mails? Stop them here:\n\n"
        "  {end}\n\n"
        "{signed}\n"
    ),
}


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the two mails above say of one kind of alert: their subjects, and when a mail comes."""

    confirm: Texts
    on: Texts
    when: Texts


_TRAININGS = _Kind(
    confirm={"nl": "Bevestig uw e-mails over nieuwe opleidingen", "en": "Confirm your e-mails about new training"},
    on={"nl": "U krijgt al e-mails over deze zoekvraag", "en": "You already get e-mails for this search"},
    when={
        "nl": "er nieuwe opleidingen zijn bij deze zoekvraag",
        "en": "there is new training for this search",
    },
)
_ROUNDS = _Kind(
    confirm={
        "nl": "Bevestig uw e-mails over nieuwe tijdvakken",
        "en": "Confirm your e-mails about new application rounds",
    },
    on={"nl": "U krijgt al e-mails over deze regeling", "en": "You already get e-mails about this scheme"},
    when={
        "nl": "u weer kunt aanvragen bij deze regeling",
        "en": "one can apply for this scheme again",
    },
)
_NEW_SUBJECT: Texts = {"nl": "Nieuwe opleidingen ({count}): {words}", "en": "New training ({count}): {words}"}
_NEW: Texts = {
    "nl": (
        "Hallo,\n\n"
        "Nieuw in het register bij uw zoekvraag:\n\n"
        "  {words}\n\n"
        "{list}\n"
        "{rest}"
        "Alle opleidingen bij deze zoekvraag:\n\n"
        "  {results}\n\n"
        "Geen e-mails meer over deze zoekvraag? Stop ze hier. Uw adres is dan meteen weg:\n\n"
        "  {end}\n\n"
        "{signed}\n"
    ),
    "en": (
        "Hello,\n\n"
        "New in the register for your search:\n\n"
        "  {words}\n\n"
        "{list}\n"
        "{rest}"
        "All training for this search:\n\n"
        "  {results}\n\n"
        "No more e-mails for this search? Stop them here. Your address is then gone at once:\n\n"
        "  {end}\n\n"
        "{signed}\n"
    ),
}
_REST: Texts = {
    "nl": "En nog {more}. Die vindt u via de link hieronder.\n\n",
    "en": "And {more} more. You find these with the link below.\n\n",
}


def invitation(alert: Alert, pages: Pages) -> EmailMessage:
    """Write the mail that asks to confirm; to who confirmed before, that it is on already."""
    kind, language = _ROUNDS if alert.scheme else _TRAININGS, alert.language
    subject, text = (kind.on, _ON) if alert.confirmed_at else (kind.confirm, _CONFIRM)
    confirm = pages.confirming(tokens.confirming(alert.pk, alert.asked_at), language)
    told = in_language(text, language).format(
        confirm=confirm, when=in_language(kind.when, language), **frame(alert, pages)
    )
    return message(alert, pages, in_language(subject, language), told, f"asked {alert.asked_at.isoformat()}")


def new_trainings(alert: Alert, pages: Pages, some: Sequence[Listing], total: int) -> EmailMessage:
    """Write the mail about trainings that are new, of which `some` are named and `total` were found."""
    told_to, language = frame(alert, pages), alert.language
    rest = in_language(_REST, language).format(more=total - len(some)) if total > len(some) else ""
    told = in_language(_NEW, language).format(
        list="\n".join(_item(one, pages, language) for one in some),
        rest=rest,
        results=pages.results(alert.search, language),
        **told_to,
    )
    subject = in_language(_NEW_SUBJECT, language).format(count=total, words=_short(told_to["words"], MOST_WORDS))
    return message(alert, pages, subject, told, f"new {alert.seen_until.isoformat()}")


def frame(alert: Alert, pages: Pages) -> dict[str, str]:
    """Give what every mail tells: where it comes from, which search or scheme, how to end it, and who signs."""
    spoken = alert.language
    words = pages.scheme_name(alert.scheme, spoken) if alert.scheme else pages.words(alert.search, spoken)
    return {
        "site": pages.site,
        "words": one_line(words),
        "end": pages.ending(tokens.ending(alert.pk), alert.language),
        "signed": in_language(_SIGNED, alert.language),
    }


def _item(one: Listing, pages: Pages, language: str) -> str:
    place = f", {one_line(one.provider.place)}" if one.provider.place else ""
    title, provider = _short(one.entry.title, MOST_TITLE), _short(one.provider.name, MOST_TITLE)
    return f"- {title}\n  {provider}{place}\n  {pages.training(one.key, language)}\n"


def message(alert: Alert, pages: Pages, subject: str, text: str, about: str) -> EmailMessage:
    """Make a mail of an alert; `about` is what it tells, from which its name follows."""
    end = pages.ending(tokens.ending(alert.pk), alert.language)
    return EmailMessage(
        subject=one_line(subject),
        body=text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[alert.address],
        headers={
            "Message-ID": _message_id(alert, about, pages.site),
            "List-Unsubscribe": f"<{end}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Content-Language": alert.language,
            "Auto-Submitted": "auto-generated",
        },
    )


def _message_id(alert: Alert, about: str, site: str) -> str:
    """Name the mail by what it is about: the same alert and moment give the same name."""
    named = blake2b(f"{alert.pk} {about}".encode(), digest_size=12, key=settings.SECRET_KEY.encode()[:64]).hexdigest()
    return f"<alert-{named}@{urlsplit(site).hostname}>"


def _short(text: str, most: int) -> str:
    line = one_line(text)
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def one_line(text: str) -> str:
    """Give a text on one line, without signs that a mail program or a header would read as something else."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
