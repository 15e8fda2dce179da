"""How letters come: somebody chooses for themselves, and an administrator for a body."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.core.refusals import ActRefused
from doorleren.core.texts import Texts
from doorleren.people.access import Thing, ensure
from doorleren.people.models import Body, LetterWay, Person
from doorleren.people.signed_in import SignedIn

CHOICES = ("", *LetterWay.values)
LONGEST = 254
"""Characters of an address."""


class WayRefused(ActRefused):
    """A way that cannot be chosen; `field` is what was filled in wrong."""

    def __init__(self, texts: Texts, field: str) -> None:
        """Keep the sentence and the field."""
        super().__init__(texts)
        self.field = field


@transaction.atomic
def choose_letters(way: str, address: str, *, by: SignedIn, at: datetime) -> Person:
    """Choose for oneself: the message box, word by e-mail at an address, or (empty) as the body does. An empty address is forgotten.

    Raises NotAllowed; WayRefused (with the field "way" or "address").
    """
    ensure(by, "choose_letters", Thing("account", str(by.person), person=by.person), at=at)
    _known(way, CHOICES)
    told = address.replace("\x00", "").strip()
    if told or way == LetterWay.E_MAIL:
        try:
            validate_email(told)
            MaxLengthValidator(LONGEST)(told)
        except ValidationError as error:
            raise WayRefused({
                "nl": "Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl.",
                "en": "Give an e-mail address, such as name@example.org.",
            }, "address") from error  # fmt: skip
    person = Person.objects.select_for_update().get(pk=by.person)
    person.letters_by, person.notice_email = way, told
    person.save(update_fields=["letters_by", "notice_email"])
    record(
        "chose_letters",
        Party("person", str(person.pk)),
        by=by.party,
        at=at,
        details={"way": way, "address": bool(told)},
    )
    return person


@transaction.atomic
def set_letters_of_body(body: int, way: str, *, by: SignedIn, at: datetime) -> Body:
    """Choose how a body sends letters to who chose nothing. Raises NotAllowed, WayRefused, DoesNotExist."""
    kept = Body.objects.select_for_update().get(pk=body)
    ensure(by, "set_letters_of_body", Thing("body", str(body), body=body), at=at)
    _known(way, tuple(LetterWay.values))
    kept.letters_by = way
    kept.save(update_fields=["letters_by"])
    record("chose_letters", Party("body", str(body)), by=by.party, at=at, details={"way": way})
    return kept


def _known(way: str, allowed: tuple[str, ...]) -> None:
    if way not in allowed:
        raise WayRefused({"nl": "Kies hoe brieven komen.", "en": "Choose how letters come."}, "way")
