"""What the person does: asking for a correction, and taking the request back while it has no answer."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from doorleren.applications.access import ensure, may_see_own_correction
from doorleren.applications.corrections.commands.at_hand import ToSet, ensure_open, held, set_step, words
from doorleren.applications.corrections.law import correction_law
from doorleren.applications.corrections.refusing import NO_BODY, NOT_IN_HERE, TOO_MANY, CorrectionRefused
from doorleren.applications.corrections.standing import Standing, open_of
from doorleren.applications.corrections.whose import answers_to_correct, bodies_to_ask, submitted_files_of
from doorleren.applications.models import (
    About,
    Application,
    ContactField,
    CorrectionAct,
    CorrectionRequest,
    CorrectionStep,
)
from doorleren.audit.acts import Party
from doorleren.audit.holding import hold
from doorleren.core.days import day_of
from doorleren.people.access import NotAllowed, Refused, Thing
from doorleren.people.access import ensure as ensure_allowed
from doorleren.people.signed_in import SignedIn
from doorleren.rules.library import Library

ASK = "ask_correction"
MOST_OPEN = 20
"""How many requests of one person can wait at once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: about what, what is wrong there, what it should be, and why.

    `application` (its number) for an answer or a file; `fact` for an answer or a field of the account; `body` (its
    number) for what is about no application, which has its own.
    """

    about: About
    wrong: str
    wished: str
    why: str
    application: int | None = None
    fact: str = ""
    body: int | None = None


def ask_correction(asked: Asked, *, library: Library, by: SignedIn, at: datetime) -> CorrectionRequest:
    """Ask; the term runs from the day of this moment. Raises NotAllowed, also for another's application, CorrectionRefused.

    Ground: AVG (GDPR), art. 16. Nothing changes yet.
    """
    with transaction.atomic():
        ensure_allowed(by, ASK, Thing("account", str(by.person), person=by.person), at=at)
        hold(Party("corrections_of_person", str(by.person)))
        if open_of(by.person).count() >= MOST_OPEN:
            raise CorrectionRefused(TOO_MANY)
        application = _application(asked, by)
        fact = _fact(asked, application, library, by)
        said = {
            "wrong": words(asked.wrong, "wrong"),
            "wished": words(asked.wished, "wished"),
            "why": words(asked.why, "why"),
        }
        request = CorrectionRequest.objects.create(
            person_id=by.person, body_id=_body(asked, application), about=asked.about, application=application, fact=fact,
            asked_at=at, due_on=correction_law().reckon(day_of(at)).last,
        )  # fmt: skip
        told = {"about": str(asked.about), "application": application.pk if application else None}
        set_step(Standing(request, ()), ToSet(CorrectionAct.ASKED, said, details=told), by=by, at=at)
    return request


def take_back_correction(number: int, *, by: SignedIn, at: datetime) -> CorrectionStep:
    """Take a request back. Raises NotAllowed, CorrectionRefused once it was answered, DoesNotExist."""
    with transaction.atomic():
        standing = held(number)
        ensure(may_see_own_correction(by, standing.request, at=at))
        ensure_open(standing)
        return set_step(standing, ToSet(CorrectionAct.TAKEN_BACK, {}), by=by, at=at)


def _application(asked: Asked, by: SignedIn) -> Application | None:
    if asked.about not in (About.APPLICATION, About.CASE):
        return None
    found = submitted_files_of(by.person).filter(pk=asked.application or 0).first()
    if found is None:
        raise NotAllowed(Refused("not_yours"))
    return found


def _fact(asked: Asked, application: Application | None, library: Library, by: SignedIn) -> str:
    if asked.about == About.CONTACT and asked.fact in ContactField.values:
        return asked.fact
    if asked.about == About.APPLICATION and application is not None:
        if asked.fact in {one.fact for one in answers_to_correct(application, by.person, library)}:
            return asked.fact
    elif asked.about != About.CONTACT:
        return ""
    raise CorrectionRefused(NOT_IN_HERE, "fact")


def _body(asked: Asked, application: Application | None) -> int:
    if application is not None:
        return application.round.body_id
    found = bodies_to_ask().filter(pk=asked.body or 0).values_list("pk", flat=True).first()
    if found is None:
        raise CorrectionRefused(NO_BODY, "body")
    return found
