"""A provider, or the lead partner of a partnership, enrols a participant in an activity of its offer: a real person, once in a
round, at no cost to them.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction

from doorleren.applications.answers import track_of
from doorleren.applications.bundles import faults
from doorleren.applications.bundles.checking import day_told, is_name
from doorleren.applications.content import person_hash
from doorleren.applications.form import ROLE, of_track
from doorleren.applications.models import Application, EnrolledPerson, Enrolment, EnrolmentWord, Word
from doorleren.applications.offers import refusing
from doorleren.applications.offers.enrolments import DENIED, ENROL, TAKES_ENROLMENTS, enrolled, enrolments_for
from doorleren.applications.offers.rules import PROVIDER, about_participant
from doorleren.applications.offers.standing import lines_of, with_offer
from doorleren.applications.queries import state_now
from doorleren.applications.recording import party
from doorleren.applications.refusing import ApplicationRefused
from doorleren.applications.sealed_people import sealed_person
from doorleren.audit.acts import Detail, Party, record
from doorleren.audit.holding import hold
from doorleren.core.days import FIRST_YEAR
from doorleren.people.access import NotAllowed, Refused, Thing, ensure
from doorleren.people.national_number import Keys, NotANationalNumber, checked
from doorleren.people.signed_in import SignedIn
from doorleren.register.words.folding import fold
from doorleren.rules.library import Library
from doorleren.rules.profile import Profile
from doorleren.schemes.queries import version_of

BIRTH = "person.birth_date"


@dataclass(frozen=True, slots=True)
class Participant:
    """Who is enrolled; `number` is empty where no national number was given."""

    name: str = field(repr=False)
    born: date = field(repr=False)
    number: str = field(default="", repr=False)


def read_participant(name: str, born: str, number: str, today: date) -> Participant:
    """Read who somebody is. Raises ApplicationRefused by field ("name", "birth_date", "national_number")."""
    if not is_name(name):
        raise ApplicationRefused(faults.NO_NAME.texts, ("name",))
    day = day_told(born)
    if day is None or day > today or day.year < FIRST_YEAR:
        raise ApplicationRefused(faults.NO_BIRTH_DATE.texts, ("birth_date",))
    try:
        return Participant(name, day, checked(number) if number else "")
    except NotANationalNumber as error:
        raise ApplicationRefused(faults.BAD_NUMBER.texts, ("national_number",)) from error


def enrol_participant(
    application: int, activity: int, who: Participant, *, keys: Keys, person_key: bytes, today: date, library: Library,
    by: SignedIn, at: datetime,
) -> Enrolment:  # fmt: skip
    """Enrol somebody once the offer stands ready or was submitted. Raises NotAllowed, DoesNotExist, ApplicationRefused.

    What the scheme's own conditions say no to is refused with their sentence; what they leave open is not asked here.
    """
    with transaction.atomic():
        offer = Application.objects.select_for_update(of=("self",)).select_related("round").get(pk=application)
        thing = Thing("application", str(application), organisation=offer.applicant_number)
        track = track_of(offer)
        ensure(by, ENROL.get(track.applicant, ENROL[PROVIDER]), thing, at=at)
        if not with_offer(application, track) or state_now(offer) not in TAKES_ENROLMENTS:
            raise ApplicationRefused(refusing.NOT_READY)
        line = next((one for one in lines_of(application) if one.activity == activity), None)
        if line is None:
            raise ApplicationRefused(refusing.NOT_IN_OFFER, ("activity",))
        _ensure_fits(offer, {BIRTH: who.born}, today, library)
        if enrolled(application, activity) >= line.participants:
            raise ApplicationRefused(refusing.FULL, ("activity",))
        made = _made(offer, activity, who, keys, person_key, by, at)
        record("enrolled", party(offer), by=by.party, at=at, details={"activity": activity, "enrolment": made.pk})
    return made


def _made(
    offer: Application, activity: int, who: Participant, keys: Keys, person_key: bytes, by: SignedIn, at: datetime
) -> Enrolment:  # fmt: skip
    lookup = keys.hashed(who.number) if who.number else ""
    named = (
        f"number:{lookup}" if lookup else f"enrolled:{offer.applicant_number}:{who.born.isoformat()}:{fold(who.name)}"
    )
    person = person_hash(named, person_key)
    before = Enrolment.objects.filter(round=offer.round_id, person=person)
    turn = before.filter(DENIED).count()
    try:
        with transaction.atomic():
            made = Enrolment.objects.create(
                application=offer, round=offer.round, activity_id=activity, organisation_id=offer.applicant_number,
                person=person, turn=turn, by_id=by.person, at=at,
            )  # fmt: skip
    except IntegrityError as error:
        field_ = "national_number" if lookup else "name"
        raise ApplicationRefused(refusing.ALREADY, (field_,)) from error
    EnrolledPerson.objects.create(
        enrolment=made, **sealed_person(who.name, who.born, who.number, lookup, keys, person_key)
    )
    return made


def _ensure_fits(offer: Application, told: Profile, today: date, library: Library) -> None:
    """Raise ApplicationRefused with the sentence of the first condition on the participant that says no."""
    version = version_of(offer.round.version_id)
    day = max(today, version.starts) if version.ends is None else min(max(today, version.starts), version.ends)
    whole = of_track(version, offer.track, day, library.vocabulary, library.law)
    profile = {**told, ROLE: whole.tracks[0].track.applicant}
    for one in whole.conditions:
        if about_participant(one) and one.ask(profile) is False:
            raise ApplicationRefused(faults.not_met(one.condition, sorted(one.facts)).texts, ("birth_date",))


def answer_enrolment(enrolment: int, word: Word, *, by: SignedIn, at: datetime) -> EnrolmentWord:
    """Keep what the participant says, once. Raises NotAllowed for anybody else, ApplicationRefused when it was said before."""
    ensure(by, "answer_enrolment", Thing("enrolment", str(enrolment), person=by.person), at=at)
    with transaction.atomic():
        hold(Party("enrolment", str(enrolment)))  # said once, by one
        found = enrolments_for(by.person).filter(pk=enrolment).first()
        if found is None:
            raise NotAllowed(Refused("not_yours"))
        if EnrolmentWord.objects.filter(enrolment=found).exists():
            raise ApplicationRefused(refusing.ANSWERED)
        made = EnrolmentWord.objects.create(enrolment=found, word=word, by_id=by.person, at=at)
        details: dict[str, Detail] = {"word": Word(word).value, "enrolment": enrolment}
        record(
            "answered_enrolment", Party("application", str(found.application_id)), by=by.party, at=at, details=details
        )
    return made
