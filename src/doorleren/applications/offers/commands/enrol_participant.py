"""A provider, or the lead partner of a partnership, enrols a participant in an activity of its offer: a real person, once in a
round, at no cost to them. Many at once: enrol_from_file.py, by the same rules.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db import IntegrityError, transaction

from doorleren.applications.answers import track_of
from doorleren.applications.bundles import faults
from doorleren.applications.bundles.checking import Who, read_who
from doorleren.applications.bundles.faults import Fault
from doorleren.applications.bundles.rows import BORN, NAME, NUMBER
from doorleren.applications.commands.count_for import count_enrolment
from doorleren.applications.content import person_hash
from doorleren.applications.form import ROLE, of_track
from doorleren.applications.models import Application, EnrolledPerson, Enrolment, EnrolmentWord, Word
from doorleren.applications.offers import refusing
from doorleren.applications.offers.enrolments import ENROL, GONE, TAKES_ENROLMENTS, enrolled, enrolments_for
from doorleren.applications.offers.rules import PROVIDER, about_participant
from doorleren.applications.offers.standing import lines_of, with_offer
from doorleren.applications.once import scope_of_participants
from doorleren.applications.queries import state_now
from doorleren.applications.recording import party
from doorleren.applications.refusing import ApplicationRefused
from doorleren.applications.sealed_people import sealed_person
from doorleren.audit.acts import Detail, Party, record
from doorleren.audit.holding import hold
from doorleren.people.access import NotAllowed, Refused, Thing, ensure
from doorleren.people.national_number import Keys
from doorleren.people.signed_in import SignedIn
from doorleren.register.words.folding import fold
from doorleren.rules.library import Library
from doorleren.schemes.queries import version_of

BIRTH = "person.birth_date"


def read_participant(name: str, born: str, number: str, today: date) -> Who:
    """Read who somebody is. Raises ApplicationRefused by field ("name", "birth_date", "national_number") with the first fault."""
    who, wrong = read_who({NAME: name, BORN: born, NUMBER: number}, today)
    if who is None:
        raise ApplicationRefused(wrong[0].texts, (wrong[0].field,))
    return who


def enrol_participant(
    application: int, activity: int, who: Who, *, keys: Keys, person_key: bytes, today: date, library: Library,
    by: SignedIn, at: datetime,
) -> Enrolment:  # fmt: skip
    """Enrol somebody once the offer stands ready or was submitted. Raises NotAllowed, DoesNotExist, ApplicationRefused.

    What the scheme's own conditions say no to is refused with their sentence; what they leave open is not asked here. Who
    counts in another round as often as the scheme allows is refused too.
    """
    with transaction.atomic():
        offer = offer_held(application, by=by, at=at)
        line = next((one for one in lines_of(application) if one.activity == activity), None)
        if line is None:
            raise ApplicationRefused(refusing.NOT_IN_OFFER, ("activity",))
        unfit = conditions_on(offer, today, library)(who)
        if unfit is not None:
            raise ApplicationRefused(unfit.texts, ("birth_date",))
        if enrolled(application, activity) >= line.participants:
            raise ApplicationRefused(refusing.FULL, ("activity",))
        made = _made(offer, activity, who, keys, person_key, by, at)
        about = "national_number" if who.number else "name"
        count_enrolment(scope_of_participants(offer, today), made, by=by, at=at, field=about)
        record("enrolled", party(offer), by=by.party, at=at, details={"activity": activity, "enrolment": made.pk})
    return made


def offer_held(application: int, *, by: SignedIn, at: datetime) -> Application:
    """Give an offer in which somebody may enrol now, held until the commit. Raises NotAllowed, DoesNotExist, ApplicationRefused."""
    offer = Application.objects.select_for_update(of=("self",)).select_related("round").get(pk=application)
    thing = Thing("application", str(application), organisation=offer.applicant_number)
    track = track_of(offer)
    ensure(by, ENROL.get(track.applicant, ENROL[PROVIDER]), thing, at=at)
    if not with_offer(application, track) or state_now(offer) not in TAKES_ENROLMENTS:
        raise ApplicationRefused(refusing.NOT_READY)
    return offer


def hashes_of(who: Who, organisation: int, keys: Keys, person_key: bytes) -> tuple[str, str]:
    """Give the keyed hash of a person within a round, and the look-up of the national number ("" without one).

    Without a number the same name and day at the same organisation is one person.
    """
    lookup = keys.hashed(who.number) if who.number else ""
    named = f"number:{lookup}" if lookup else f"enrolled:{organisation}:{who.born.isoformat()}:{fold(who.name)}"
    return person_hash(named, person_key), lookup


def _made(
    offer: Application, activity: int, who: Who, keys: Keys, person_key: bytes, by: SignedIn, at: datetime
) -> Enrolment:  # fmt: skip
    person, lookup = hashes_of(who, offer.applicant_number, keys, person_key)
    before = Enrolment.objects.filter(round=offer.round_id, person=person)
    turn = before.filter(GONE).count()
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


def conditions_on(offer: Application, today: date, library: Library) -> Callable[[Who], Fault | None]:
    """Give what says, of a participant, the first condition of the scheme that says no; None where none does."""
    version = version_of(offer.round.version_id)
    day = max(today, version.starts) if version.ends is None else min(max(today, version.starts), version.ends)
    whole = of_track(version, offer.track, day, library.vocabulary, library.law)
    asked = [one for one in whole.conditions if about_participant(one)]

    def unfit(who: Who) -> Fault | None:
        profile = {BIRTH: who.born, ROLE: whole.tracks[0].track.applicant}
        no = next((one for one in asked if one.ask(profile) is False), None)
        return None if no is None else faults.not_met(no.condition, sorted(no.facts))

    return unfit


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
