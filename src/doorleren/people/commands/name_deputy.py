"""Saying that somebody is away and who takes their cases meanwhile, for oneself or as an administrator; and ending that.

The deputy gets no role by it, and so has one of those of who is away. What they do with a case of who is away counts for both
(cases/access.py), so that what must lie in different hands does.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.core.days import day_of, written_day
from doorleren.core.texts import Texts
from doorleren.people.access import Thing, allowed, ensure
from doorleren.people.commands.authorise import RoleRefused
from doorleren.people.models import Absence, Person, Role, RoleKind
from doorleren.people.queries import in_force
from doorleren.people.signed_in import SignedIn

WITH_DEPUTY = (RoleKind.ASSESSOR, RoleKind.DECIDER, RoleKind.PAYMASTER)
"""Roles in which somebody can be away and be stood in for."""
LONGEST = 366
"""Days that one absence may last, and that it may lie ahead."""


@transaction.atomic
def name_deputy(
    person: int, deputy: int, body: int, *, starts_on: date, ends_on: date, by: SignedIn, at: datetime
) -> Absence:
    """Name who takes somebody's cases of a body on these days. Raises NotAllowed; RoleRefused with what is wrong by field."""
    list(
        Person.objects.select_for_update().filter(pk__in=sorted({person, deputy})).order_by("pk")
    )  # one absence at a time
    ensure_deputy(person, deputy, body, starts_on=starts_on, ends_on=ends_on, by=by, at=at)
    made = Absence.objects.create(
        body_id=body, person_id=person, deputy_id=deputy, starts_on=starts_on, ends_on=ends_on, made_by_id=by.person, made_at=at,
    )  # fmt: skip
    record("named_deputy", Party("absence", str(made.pk)), by=by.party, at=at, details={
        "person": person, "deputy": deputy, "body": body, "starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat(),
    })  # fmt: skip
    return made


def ensure_deputy(
    person: int, deputy: int, body: int, *, starts_on: date, ends_on: date, by: SignedIn, at: datetime
) -> None:
    """Raise NotAllowed, or RoleRefused with what is wrong by field, unless this absence could be kept. Reads only."""
    _ensure(person, body, by, at)
    faults = _faults(person, deputy, body, starts_on, ends_on, day_of(at))
    if faults:
        raise RoleRefused(faults)


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
    if not today <= starts_on <= furthest:
        found["starts_on"] = _said(f"Kies vandaag of een latere dag, uiterlijk {written_day(furthest, 'nl')}. U vulde in: {written_day(starts_on, 'nl')}.",
                                   f"Choose today or a later day, at the latest {written_day(furthest, 'en')}. You gave: {written_day(starts_on, 'en')}.")  # fmt: skip
    if ends_on < starts_on:
        found["ends_on"] = _said(f"De laatste dag ({written_day(ends_on, 'nl')}) ligt voor de eerste ({written_day(starts_on, 'nl')}). Kies de eerste dag of later.",
                                 f"The last day ({written_day(ends_on, 'en')}) is before the first ({written_day(starts_on, 'en')}). Choose the first day or later.")  # fmt: skip
    elif ends_on > furthest:
        found["ends_on"] = _said(f"Kies een laatste dag tot en met {written_day(furthest, 'nl')}. U vulde in: {written_day(ends_on, 'nl')}.",
                                 f"Choose a last day until {written_day(furthest, 'en')}. You gave: {written_day(ends_on, 'en')}.")  # fmt: skip
    away = kinds_throughout(person, body, starts_on, starts_on)
    if not away:
        found["person"] = _said("Deze persoon behandelt dan geen zaken bij deze instantie.",
                                "This person treats no cases of this body then.")  # fmt: skip
    elif deputy == person or not away & kinds_throughout(deputy, body, starts_on, ends_on):
        roles = " of ".join(sorted(RoleKind(one).label for one in away)), " or ".join(sorted(away))
        found["deputy"] = _said(f"Kies een collega die al die dagen bij deze instantie werkt als {roles[0]}, anders blijft het werk liggen.",
                                f"Choose a colleague who is {roles[1]} of this body on all those days, or the work is left undone.")  # fmt: skip
    return found or _at_once(person, deputy, body, starts_on, ends_on)


def _at_once(person: int, deputy: int, body: int, starts_on: date, ends_on: date) -> dict[str, Texts]:
    """Say what of other absences on these days stands in the way: somebody stands in already, is away too, or stands in elsewhere."""
    at_once = Absence.objects.filter(body=body, ended_at=None, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if at_once.filter(person=person).exists():
        return {"starts_on": _said("In deze dagen is al een vervanger. Beëindig die afwezigheid eerst.",
                                   "There is a deputy on these days already. End that absence first.")}  # fmt: skip
    if at_once.filter(person=deputy).exists():
        return {"deputy": _said("Deze collega is dan zelf afwezig.", "This colleague is away then.")}
    if at_once.filter(deputy=person).exists():
        return {"person": _said("Deze persoon vervangt dan zelf een collega. Laat daar eerst een ander voor kiezen.",
                                "This person stands in for a colleague then. Have somebody else chosen for that first.")}  # fmt: skip
    return {}


def kinds_throughout(person: int, body: int, first: date, last: date) -> frozenset[str]:
    """Give in which of these roles somebody treats cases of a body on all days from first to last; none for who is blocked."""
    held = Role.objects.filter(in_force(first), in_force(last), person=person, body=body, kind__in=WITH_DEPUTY)
    return frozenset(held.filter(person__is_active=True).values_list("kind", flat=True).distinct())


def _said(nl: str, en: str) -> Texts:
    return {"nl": nl, "en": en}
