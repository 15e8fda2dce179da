"""E-mail addresses as people type them: checked, and written one way."""

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from doorleren.core.texts import Texts
from doorleren.register.models.alert import LONGEST_ADDRESS

_VALID = EmailValidator()

_WRONG: Texts = {
    "nl": "Vul een e-mailadres in zoals naam@voorbeeld.nl.",
    "en": "Enter an e-mail address like name@example.org.",
}


class BadAddress(ValueError):
    """What was typed is no e-mail address; `texts` says what is allowed."""

    def __init__(self) -> None:
        """Say it without repeating the address, which belongs in no log."""
        super().__init__("address: allowed is an e-mail address on one line")
        self.texts = _WRONG


def well_written(typed: str) -> str:
    """Give an address without spaces around it and with its domain in small letters. Raises BadAddress.

    A domain may have letters of any language; a mail to it goes to its ASCII form. Nothing that could begin another
    line of a header passes.
    """
    name, _, domain = typed.strip(" ").rpartition("@")
    address = f"{name}@{domain.lower()}"
    if len(address) > LONGEST_ADDRESS or not address.isprintable():
        raise BadAddress
    try:
        _VALID(address)
        domain.encode("idna")
    except (ValidationError, UnicodeError) as fault:
        raise BadAddress from fault
    return address
