"""Handing a mail to the mail server, and telling apart what is wrong with one address from a server that is away."""

import smtplib
from types import TracebackType
from typing import Self

from django.core.mail import BadHeaderError, EmailMessage, get_connection


class AddressRefused(Exception):
    """This mail cannot go to this address; others can still go."""


class ServerAway(Exception):
    """No mail can go out now; try again later."""


class Post:
    """One conversation with the mail server, for some mails; begun with the first."""

    def __init__(self) -> None:
        """Begin nothing yet."""
        self._connection = get_connection()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, _kind: type[BaseException] | None, _fault: object, _trace: TracebackType | None) -> None:
        """End the conversation; a server that went away needs no farewell."""
        try:
            self._connection.close()
        except (smtplib.SMTPException, OSError):
            return

    def send(self, message: EmailMessage) -> None:
        """Hand over a mail. Raises AddressRefused or ServerAway; without either the server has taken it."""
        try:
            self._connection.open()
            self._connection.send_messages([message])
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, BadHeaderError, ValueError) as fault:
            raise AddressRefused(type(fault).__name__) from fault
        except (smtplib.SMTPException, OSError) as fault:
            raise ServerAway(f"{type(fault).__name__}: {_without_addresses(fault)}") from fault


def _without_addresses(fault: Exception) -> str:
    """Say what went wrong without the words of the server, which may repeat an address."""
    if isinstance(fault, smtplib.SMTPResponseException):
        return str(fault.smtp_code)
    return (fault.strerror or "") if isinstance(fault, OSError) else ""
