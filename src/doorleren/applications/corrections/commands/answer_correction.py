"""What an official answers: corrected, in part, completed with the person's statement, refused, or the term extended.

A correction never changes a decision: what was submitted is judged as it was submitted (docs/adr/0042).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from doorleren.applications.commands.save_answers import Given, insert
from doorleren.applications.corrections.commands.at_hand import ToSet, at_desk, set_step, words
from doorleren.applications.corrections.law import correction_law
from doorleren.applications.corrections.receivers import receivers
from doorleren.applications.corrections.refusing import (
    EXTENDED,
    NO_EMAIL,
    NO_NAME,
    NO_REFUSAL,
    NOT_ENDED,
    NOTHING_CHANGES,
    TOO_LATE,
    WHO_OR_NOBODY,
    CorrectionRefused,
)
from doorleren.applications.corrections.standing import Standing
from doorleren.applications.corrections.whose import answer_now
from doorleren.applications.models import About, ContactField, CorrectionAct, CorrectionStep, Origin
from doorleren.audit.acts import Detail
from doorleren.core.days import day_of
from doorleren.people.models import Person
from doorleren.people.signed_in import SignedIn
from doorleren.rules.library import Library

_LONGEST_EMAIL = 254
"""The longest address that an account keeps (people.Person.email)."""


@dataclass(frozen=True, slots=True)
class Told:
    """Who was told of the new value, by name; or why nobody needs to know (AVG, art. 19)."""

    who: tuple[str, ...] = ()
    nobody: str = ""

    def checked(self) -> dict[str, Any]:
        """Give it as a step keeps it, every name of it. Raises CorrectionRefused where neither or too much is said."""
        who = [words(one, "told") for one in dict.fromkeys(self.who) if one.strip()]
        nobody = words(self.nobody, "nobody", needed=False)
        if bool(who) == bool(nobody):
            raise CorrectionRefused(WHO_OR_NOBODY, "told")
        return {"told": who, "nobody": nobody}


@dataclass(frozen=True, slots=True)
class New:
    """What is now: `value` as the rules know it for an answer, as text for a field of the account, None for neither.

    `written` is the same in words, for the letter; of what is in no field here it says what was corrected, and where.
    """

    written: str
    value: Any = None


def correct(
    number: int, new: New, told: Told, *, comment: str = "", in_part: bool = False, seen: int, library: Library,
    by: SignedIn, at: datetime,
) -> CorrectionStep:  # fmt: skip
    """Correct, as was asked or in part; in part asks a `comment` with the reason for the rest.

    An answer gets a new row with the request; a field of the account changes; else the words say what was corrected.
    Raises NotAllowed, CorrectionRefused, Destroyed. Ground: law/corrections.toml.
    """
    step = CorrectionAct.IN_PART if in_part else CorrectionAct.CORRECTED
    with transaction.atomic():
        standing = at_desk(number, step, seen=seen, by=by, at=at)
        said = {"new": words(new.written, "new"), "words": words(comment, "words", needed=in_part), **told.checked()}
        changed = change(standing, new, library, by, at)
        details: dict[str, Detail] = {"about": standing.request.about, "changed": changed, "told": len(said["told"])}
        return set_step(standing, ToSet(step, said, details=details), by=by, at=at)


def complete_by_statement(
    number: int, statement: str, told: Told, *, comment: str = "", seen: int, by: SignedIn, at: datetime
) -> CorrectionStep:
    """Put a statement of the person with what is kept. Raises NotAllowed, CorrectionRefused, Destroyed."""
    with transaction.atomic():
        standing = at_desk(number, CorrectionAct.COMPLETED, seen=seen, by=by, at=at)
        said = {
            "new": words(statement, "new"),
            "words": words(comment, "words", needed=False),
            **told.checked(),
        }
        details: dict[str, Detail] = {"about": standing.request.about, "told": len(said["told"])}
        return set_step(standing, ToSet(CorrectionAct.COMPLETED, said, details=details), by=by, at=at)


def refuse_correction(
    number: int, reason: str, comment: str, *, seen: int, by: SignedIn, at: datetime
) -> CorrectionStep:  # fmt: skip
    """Refuse for a reason of the law (its id) and in words. Raises NotAllowed, CorrectionRefused, Destroyed."""
    with transaction.atomic():
        standing = at_desk(number, CorrectionAct.REFUSED, seen=seen, by=by, at=at)
        said = refusal_said(reason, comment)
        return set_step(standing, ToSet(CorrectionAct.REFUSED, said, details={"reason": reason}), by=by, at=at)


def refusal_said(reason: str, comment: str) -> Mapping[str, Any]:
    """Give what a refusal says: the reason of the law, and the official's own. Raises CorrectionRefused."""
    found = correction_law().refusals.get(reason)
    if found is None:
        raise CorrectionRefused(NO_REFUSAL, "reason")
    own = words(comment, "words")
    first = found.texts["nl"]
    return {"reason": reason, "words": f"{first[0].upper()}{first[1:]} ({found.article['nl']}). {own}", "own": own}


def extend_correction(number: int, comment: str, *, seen: int, by: SignedIn, at: datetime) -> CorrectionStep:
    """Extend the term, once and within its first month. Raises NotAllowed, CorrectionRefused, Destroyed."""
    with transaction.atomic():
        standing = at_desk(number, CorrectionAct.EXTENDED, seen=seen, by=by, at=at)
        said = {"words": words(comment, "words")}
        until = extended_until(standing, day_of(at))
        details = {"until": until.isoformat()}
        return set_step(standing, ToSet(CorrectionAct.EXTENDED, said, until, details), by=by, at=at)


def extended_until(standing: Standing, today: date) -> date:
    """Give the last day after an extension. Raises CorrectionRefused where it was extended, or the first month is over."""
    if standing.extended is not None:
        raise CorrectionRefused(EXTENDED)
    if today > standing.request.due_on:
        raise CorrectionRefused(TOO_LATE)
    return correction_law().reckon(day_of(standing.request.asked_at), extended=True).last


def tell_receivers(number: int, told: Told, *, seen: int, by: SignedIn, at: datetime) -> CorrectionStep:
    """Note who else was told, after an answer that changed something. Raises NotAllowed, CorrectionRefused, Destroyed."""
    with transaction.atomic():
        standing = at_desk(number, CorrectionAct.TOLD, seen=seen, by=by, at=at)
        if not standing.changed:
            raise CorrectionRefused(NOT_ENDED)
        said = told.checked()
        derived = set(receivers(standing.request))
        details = {"told": len(said["told"]), "known": sum(one in derived for one in said["told"])}
        return set_step(standing, ToSet(CorrectionAct.TOLD, said, details=details), by=by, at=at)


def change(standing: Standing, new: New, library: Library, by: SignedIn, at: datetime) -> int:
    """Change what is kept, within the transaction of a step; give how many values changed. Raises CorrectionRefused where nothing does."""
    request = standing.request
    if request.about == About.APPLICATION and request.application is not None:
        now = answer_now(request.application, request.fact, library)
        if now is not None and now.value == new.value:
            raise CorrectionRefused(NOTHING_CHANGES, "new")
        given = Given(request.fact, new.value, Origin.OFFICIAL, correction=request.pk)
        return insert(request.application, [given], library=library, by=by.party, at=at)
    if request.about != About.CONTACT:
        return 0
    value = contact_value(request.fact, str(new.value or ""))
    changed = (
        Person.objects.filter(pk=request.person_id).exclude(**{request.fact: value}).update(**{request.fact: value})
    )
    if not changed:
        raise CorrectionRefused(NOTHING_CHANGES, "new")
    return 1


def contact_value(field: str, text: str) -> str:
    """Read a name or an e-mail address. Raises CorrectionRefused for what is none."""
    value = words(text, "new", needed=False)
    if field == ContactField.NAME:
        if not 1 <= len(value) <= 200:
            raise CorrectionRefused(NO_NAME, "new")
        return value
    try:
        validate_email(value)
    except ValidationError as error:
        raise CorrectionRefused(NO_EMAIL, "new") from error
    if len(value) > _LONGEST_EMAIL:
        raise CorrectionRefused(NO_EMAIL, "new")
    return value
