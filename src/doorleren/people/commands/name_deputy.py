"""Saying that somebody is away and who takes their cases meanwhile, for oneself or as an administrator; and ending that.

The deputy gets no role by it. What they do with a case of who is away counts for both (cases/access.py), so that what must lie
in different hands does.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.core.days import day_of
from doorleren.core.texts import Texts
from doorleren.people.access import Thing, allowed, ensure
from doorleren.people.commands.authorise import RoleRefused
from doorleren.people.models import Absence, Person, RoleKind
from doorleren.people.queries import roles_in_force
from doorleren.people.signed_in import SignedIn

TREATING = (RoleKind.ASSESSOR, RoleKind.DECIDER, RoleKind.PAYMASTER)
"""Roles in which somebody can be away and be stood in for."""
LONGEST = 366
"""Days that one absence may last, and that it may lie ahead."""


@transaction.atomic
def name_deputy(
    person: int, deputy: int, body: int, *, starts_on: date, ends_on: date, by: SignedIn, at: datetime
) -> Absence:
    """Name who takes somebody's cases of a body on these days. Raises NotAllowed; RoleRefused with what is wrong by field."""
    _ensure(person, body, by, at)
    list(
        Person.objects.select_for_update().filter(pk__in=sorted({person, deputy})).order_by("pk")
    )  # one absence at a time
    faults = _faults(person, deputy, body, starts_on, ends_on, day_of(at))
    if faults:
        raise RoleRefused(faults)
    made = Absence.objects.create(
        body_id=body, person_id=person, deputy_id=deputy, starts_on=starts_on, ends_on=ends_on, made_by_id=by.person, made_at=at,
    )  # fmt: skip
    record("named_deputy", Party("absence", str(made.pk)), by=by.party, at=at, details={
        "person": person, "deputy": deputy, "body": body, "starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat(),
    })  # fmt: skip
    return made


@transaction.atomic
def end_absence(absence: int, *, by: SignedIn, at: datetime) -> Absence:
    """End an absence at once: the cases are those of who was away again. Raises NotAllowed, RoleRefused, DoesNotExist."""
    kept = Absence.objects.select_for_update(of=("self",)).get(pk=absence)
    _ensure(kept.person_id, kept.body_id, by, at)
    if kept.ended_at is not None or kept.ends_on < day_of(at):
        raise RoleRefused({"absence": _said("Deze afwezigheid is al voorbij.", "This absence is over already.")})
    kept.ended_at = at
    kept.save(update_fields=["ended_at"])
    record("ended_absence", Party("absence", str(kept.pk)), by=by.party, at=at, details={"person": kept.person_id})
    return kept


def _ensure(person: int, body: int, by: SignedIn, at: datetime) -> None:
    """Raise NotAllowed unless it is one's own absence, in a body where one works, or one administers that body."""
    thing = Thing("absence", "", body=body)
    if person == by.person and allowed(by, "name_deputy", thing, at=at):
        return
    ensure(by, "name_deputy_for", thing, at=at)


def _faults(person: int, deputy: int, body: int, starts_on: date, ends_on: date, today: date) -> dict[str, Texts]:
    furthest, found = today + timedelta(days=LONGEST), dict[str, Texts]()
    if not _works(person, body, today):
        found["person"] = _said(
            "Deze persoon behandelt geen zaken bij deze instantie.", "This person treats no cases of this body."
        )
    if deputy == person or not _works(deputy, body, today):
        found["deputy"] = _said(
            "Kies een collega die zaken behandelt bij deze instantie.", "Choose a colleague who treats cases of this body.",
        )  # fmt: skip
    if not today <= starts_on <= furthest:
        found["starts_on"] = _said("Kies vandaag of een latere dag, hoogstens een jaar vooruit.",
                                   "Choose today or a later day, at most a year ahead.")  # fmt: skip
    if not starts_on <= ends_on <= furthest:
        found["ends_on"] = _said("De laatste dag ligt niet voor de eerste, en hoogstens een jaar vooruit.",
                                 "The last day is not before the first, and at most a year ahead.")  # fmt: skip
    if found:
        return found
    at_once = Absence.objects.filter(body=body, ended_at=None, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if at_once.filter(person=person).exists():
        found["starts_on"] = _said("In deze dagen is al een vervanger. Beëindig die afwezigheid eerst.",
                                   "There is a deputy on these days already. End that absence first.")  # fmt: skip
    elif at_once.filter(person=deputy).exists():
        found["deputy"] = _said("Deze collega is dan zelf afwezig.", "This colleague is away then.")
    elif at_once.filter(deputy=person).exists():
        found["person"] = _said("Deze persoon vervangt dan zelf een collega. Laat daar eerst een ander voor kiezen.",
                                "This person stands in for a colleague then. Have somebody else chosen for that first.")  # fmt: skip
    return found


def _works(person: int, body: int, day: date) -> bool:
    held = roles_in_force(person, day).filter(body=body, kind__in=TREATING, person__is_active=True)
    return held.exists()


def _said(nl: str, en: str) -> Texts:
    return {"nl": nl, "en": en}
