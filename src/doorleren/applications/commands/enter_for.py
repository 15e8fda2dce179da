"""Entering an application for somebody who filed on paper, by telephone or at a desk: the same draft, form and chance.

Awb 4:1 and 4:2: an application is in writing and signed. So there is a signed statement before anything is entered, and
it is kept under a mark. Nothing of what the applicant told before is shown to who enters: only what is told now counts.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from doorleren.applications.access import ROLE_TO_FILE
from doorleren.applications.entered_for import body_to_enter_at
from doorleren.applications.late_paper import in_time, takes_late_paper
from doorleren.applications.models import Application, Channel, EnteredFor, PartyKind
from doorleren.applications.one_place import several_in_a_round
from doorleren.applications.parties import Named, parties_of
from doorleren.applications.queries import gate_of, tracks_of
from doorleren.applications.recording import party
from doorleren.applications.refusing import CLOSED, NO_TRACK, ApplicationRefused
from doorleren.audit.acts import Details, record
from doorleren.core.days import day_of
from doorleren.core.refusals import ActRefused
from doorleren.core.texts import Texts
from doorleren.people.access import NotAllowed, Refused
from doorleren.people.commands.know_by_number import know_by_number
from doorleren.people.models import Organisation
from doorleren.people.national_number import NotANationalNumber, checked
from doorleren.people.queries import mandates_in_force
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import Round
from doorleren.rules.versions import Track

KVK_DIGITS = 8
LONGEST = {"name": 200, "address": 300, "kept_as": 200}


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands on the paper, or was told: how and when it came, for whom, and the statement that was signed.

    `national_number` for a person, `kvk` (eight digits) for an organisation; the other is empty.
    """

    channel: str
    received_on: date | None
    name: str
    address: str
    signed_on: date | None
    kept_as: str
    national_number: str = ""
    kvk: str = ""


class EntryRefused(ActRefused):
    """What was given cannot be so; `faults` says it by field of Entry."""

    def __init__(self, faults: dict[str, Texts]) -> None:
        """Keep them; the first is the reason in short."""
        super().__init__(next(iter(faults.values())))
        self.faults = faults


def enter_for(round_: Round, track: str, entry: Entry, *, by: SignedIn, at: datetime) -> Application:
    """Start the draft of somebody else, with who entered it and on what consent. The answers follow in its form.

    Raises NotAllowed (also for oneself), ApplicationRefused for the round or track, EntryRefused by field.
    """
    body = body_to_enter_at(by, round_, at=at)
    chosen = next((one for one in tracks_of(round_) if one.id == track), None)
    if chosen is None or not (chosen.applicant == "person" or chosen.applicant in ROLE_TO_FILE):
        raise ApplicationRefused(NO_TRACK)
    shut, last = gate_of(round_).closed_at is not None, takes_late_paper(round_, at=at)
    if shut and last is None:
        raise ApplicationRefused(CLOSED)
    faults = faults_of(entry, chosen, day_of(at))
    if faults or entry.received_on is None or entry.signed_on is None:
        raise EntryRefused(faults)
    if shut and not in_time(entry.channel, entry.received_on, entry.signed_on, last):
        raise EntryRefused(_too_late(last))
    with transaction.atomic():
        applicant = _applicant(entry, chosen, by, at)
        _refuse_double(applicant, round_, body, chosen, entry.kept_as)
        made = Application.objects.create(
            round=round_, track=chosen.id, key=secrets.token_urlsafe(24), salt=secrets.token_hex(32), started_at=at,
            **parties_of(chosen, applicant).columns(),
        )  # fmt: skip
        EnteredFor.objects.create(
            application=made, body_id=body, channel=entry.channel, received_on=entry.received_on, name=entry.name,
            address=entry.address, signed_on=entry.signed_on, kept_as=entry.kept_as, entered_by_id=by.person,
            entered_at=at, entered_on=day_of(at),
        )  # fmt: skip
        details: Details = {
            "round": round_.pk,
            "body": body,
            "channel": entry.channel,
            "received": str(entry.received_on),
        }
        record("entered_for", party(made), by=by.party, at=at, details=details)
    return made


def faults_of(entry: Entry, track: Track | None, today: date) -> dict[str, Texts]:
    """Say what is wrong with an entry, by field; nothing where it is right. A national number is never repeated.

    Without a track it is not known whose number belongs there, so neither is judged.
    """
    faults: dict[str, Texts] = {}
    if entry.channel not in Channel.values:
        faults["channel"] = CHANNEL
    for name, most in LONGEST.items():
        if not getattr(entry, name).strip():
            faults[name] = EMPTY[name]
        elif len(getattr(entry, name)) > most:
            faults[name] = {
                "nl": f"Dit is te lang: gegeven zijn {len(getattr(entry, name))} tekens, toegestaan zijn er {most}.",
                "en": f"This is too long: given are {len(getattr(entry, name))} characters, {most} are allowed.",
            }
    for name in ("received_on", "signed_on"):
        day: date | None = getattr(entry, name)
        if day is None:
            faults[name] = NO_DAY
        elif day > today:
            faults[name] = {
                "nl": f"Deze dag komt nog: gegeven is {day}, toegestaan is tot en met {today}.",
                "en": f"This day is still to come: given is {day}, up to {today} is allowed.",
            }
    return faults | (_faults_of_applicant(entry, track) if track else {})


def _too_late(last: date | None) -> dict[str, Texts]:
    """Say by when paper for a round that closed must have been there."""
    return {
        "received_on": {
            "nl": f"Dit tijdvak is gesloten. Alleen wat op papier, getekend, tot en met {last} binnenkwam, kan er nog in.",
            "en": f"This round is closed. Only what came in on paper, signed, up to {last} can still be entered.",
        }
    }


def _faults_of_applicant(entry: Entry, track: Track) -> dict[str, Texts]:
    """Say what is wrong with the number of who applies: a person has a BSN, an organisation a KvK number."""
    if track.applicant != "person":
        if entry.national_number:
            return {"national_number": NO_PERSON}
        right = len(entry.kvk) == KVK_DIGITS and entry.kvk.isascii() and entry.kvk.isdecimal()
        return {} if right else {"kvk": KVK}
    if entry.kvk:
        return {"kvk": NO_ORGANISATION}
    try:
        checked(entry.national_number)
    except NotANationalNumber:
        return {"national_number": NUMBER}
    return {}


def _applicant(entry: Entry, track: Track, by: SignedIn, at: datetime) -> Named:
    """Find or make who applies. Raises NotAllowed where that is who enters, or an organisation of theirs."""
    if track.applicant == "person":
        person = know_by_number(entry.national_number, name=entry.name, at=at)
        if person.pk == by.person:
            raise NotAllowed(Refused("oneself"))
        return Named(PartyKind.PERSON, person.pk)
    organisation, _made = Organisation.objects.get_or_create(kvk=entry.kvk, defaults={"name": entry.name})
    if mandates_in_force(by.person, day_of(at)).filter(organisation=organisation).exists():
        raise NotAllowed(Refused("oneself"))
    return Named(PartyKind.ORGANISATION, organisation.pk)


def _refuse_double(applicant: Named, round_: Round, body: int, track: Track, kept_as: str) -> None:
    """Raise EntryRefused where this body entered the same applicant in this round and track before.

    Where one may file several in a round, only the same statement again is the same application.
    """
    before = EnteredFor.objects.filter(
        body=body, application__round=round_, application__track=track.id, application__withdrawn_at__isnull=True,
        application__applicant_kind=applicant.kind, application__applicant_number=applicant.number or 0,
        **({"kept_as": kept_as} if several_in_a_round(track) else {}),
    ).first()  # fmt: skip
    if before is not None:
        field = "national_number" if applicant.kind == PartyKind.PERSON else "kvk"
        raise EntryRefused({
            field: {
                "nl": f"Voor deze aanvrager is aanvraag {before.pk} al ingevoerd. Ga daarmee verder.",
                "en": f"Application {before.pk} was entered for this applicant before. Go on with that one.",
            }
        })  # fmt: skip


CHANNEL: Texts = {
    "nl": "Kies hoe de aanvraag binnenkwam: op papier, per telefoon of aan de balie.",
    "en": "Choose how the application came in: on paper, by telephone or at the desk.",
}
EMPTY: dict[str, Texts] = {
    "name": {"nl": "Vul de naam van de aanvrager in.", "en": "Fill in the name of the applicant."},
    "address": {
        "nl": "Vul het adres in waar de brief heen gaat.", "en": "Fill in the address that the letter goes to."
    },
    "kept_as": {
        "nl": "Vul in waar de getekende verklaring ligt, bijvoorbeeld een dossiernummer.",
        "en": "Fill in where the signed statement is kept, for instance a file number.",
    },
}  # fmt: skip
NO_DAY: Texts = {"nl": "Vul een dag in, zoals 31-1-2026.", "en": "Fill in a day, such as 31-1-2026."}
NUMBER: Texts = {
    "nl": "Dit is geen burgerservicenummer. Het heeft negen cijfers die aan de elfproef voldoen.",
    "en": "This is no national number. It has nine digits that pass the 11-test.",
}
KVK: Texts = {
    "nl": "Vul het KvK-nummer in: acht cijfers.", "en": "Fill in the trade register number: eight digits.",
}  # fmt: skip
NO_PERSON: Texts = {
    "nl": "Hier vraagt een organisatie aan. Laat het burgerservicenummer leeg en vul het KvK-nummer in.",
    "en": "An organisation applies here. Leave the national number empty and fill in the trade register number.",
}
NO_ORGANISATION: Texts = {
    "nl": "Hier vraagt een persoon aan. Laat het KvK-nummer leeg en vul het burgerservicenummer in.",
    "en": "A person applies here. Leave the trade register number empty and fill in the national number.",
}
