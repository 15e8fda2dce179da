"""The ways a letter leaves the site, pluggable by `DOORLEREN_LETTER_WAYS`: a class per channel with one method.

A folder stands for the message box and the printer until a site names its own: who fetches from there knows a letter by
its name, so that one which is put there twice is one letter, and one that goes again is another.
"""

import os
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override

from doorleren.letters.models import Letter
from doorleren.people.models import Person


class NotSent(Exception):
    """It did not go out; `reason` is a short code, without anything personal."""

    def __init__(self, reason: str) -> None:
        """Take the code."""
        super().__init__(reason)
        self.reason = reason


class Way(Protocol):
    """Brings a letter to whom it is for.

    A way that takes no harm from the same letters again may say in `together` how many are sent in one transaction.
    """

    def send(self, letter: Letter, pdf: bytes, turn: int) -> None:
        """Send it, or raise NotSent. Sending the same letter twice in one turn must come to one letter; a turn more, to one more."""


def file_of(letter: Letter, turn: int = 1) -> str:
    """Name the file of a letter in the outbox: by its number and hash, and from the second turn on by that."""
    return f"{letter.pk}-{letter.digest[:16]}{f'-{turn}' if turn > 1 else ''}.pdf"


class _Folder:
    """Puts the PDF in a folder of the site's outbox, whole or not at all."""

    name, together = "", 100

    def send(self, letter: Letter, pdf: bytes, turn: int) -> None:
        """Write it under its name. Raises NotSent when the folder takes nothing."""
        folder = Path(settings.DOORLEREN_OUTBOX) / self.name
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = folder / f"{letter.pk}.{os.getpid()}.part"
            fresh.write_bytes(pdf)
            fresh.replace(folder / file_of(letter, turn))
        except OSError as fault:
            raise NotSent("folder-not-writable") from fault


class MessageBox(_Folder):
    """The message box of citizens and firms."""

    name = "message-box"


class Printer(_Folder):
    """A batch for who prints and posts."""

    name = "print"


class MailNotice:
    """Tells by e-mail that there is a letter, and nothing of what it says."""

    def send(self, letter: Letter, pdf: bytes, turn: int) -> None:
        """Mail the recipient. Raises NotSent when there is no address or no server."""
        known = letter.recipient_kind == "person" and letter.recipient_id.isdecimal()
        person = Person.objects.filter(pk=letter.recipient_id).first() if known else None
        if person is None or not person.notice_email:
            raise NotSent("no-address")
        with override(letter.language):
            subject, text = (
                _("Er staat een brief voor u klaar"),
                _("Meld u aan om uw brief te lezen, bij Mijn aanvragen."),
            )
        try:
            send_mail(subject, text, None, [person.notice_email])
        except OSError as fault:
            raise NotSent("mail-not-taken") from fault
