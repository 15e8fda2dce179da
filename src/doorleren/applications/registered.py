"""What the register says of the training that an application names: may one apply for it, is it full, at which price.

Asked where an application is shown, put ready and submitted. The rules themselves are the register's
(register/admission.py); here they get what they ask for: days, a count, a price. Reads only.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from doorleren.applications.access import applicant_of
from doorleren.applications.answers import Counted, track_of, used_by
from doorleren.applications.grants import grants_for, is_bound
from doorleren.applications.models import Application, Origin
from doorleren.applications.once import told_of_grants
from doorleren.applications.one_training import GRANTS
from doorleren.applications.queries import gate_of, ticket_of
from doorleren.core.days import day_of
from doorleren.core.texts import Texts
from doorleren.register.admission import admission, below_cap, price_within_registered, right_of_application, standing
from doorleren.register.answers import Answer
from doorleren.register.models import Activity
from doorleren.register.queries import listings
from doorleren.register.standings import decisions_of
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.rules.profile import Profile

PRICE = "training.price"
FULL: Texts = {"nl": "Deze opleiding is vol voor dit jaar.", "en": "This training is full for this year."}


@dataclass(frozen=True, slots=True)
class Registered:
    """What the register says: three answers, each None where it is not asked; `kept`: a right that stays although it ended."""

    title: str
    right: Answer | None = None
    room: Answer | None = None
    price: Answer | None = None
    kept: bool = False

    def in_the_way(self) -> Iterator[tuple[Texts, tuple[str, ...]]]:
        """Give what stands in the way of applying, in a sentence that names the training, and the facts it is about."""
        for answer, facts in ((self.right, ()), (self.room, ()), (self.price, (PRICE,))):
            if answer is not None and answer.holds is False:
                yield {language: f"{self.title}: {text}" for language, text in answer.texts.items()}, facts


def registered_of(
    application: Application, profile: Profile, *, today: date, library: Library, at: datetime
) -> Registered | None:  # fmt: skip
    """Say how the training of an application stands; None where it names none.

    Admission and the most grants bind a track that is bound to the register; the price binds whoever names a training
    that has one. `profile` are the answers that count, `today` the day on which it would be filed.
    """
    activity = application.activity_id
    if activity is None:
        return None
    listed = listings([activity]).get(activity)
    title = listed.entry.title if listed else Activity.objects.values_list("code", flat=True).get(pk=activity)
    within = price_of(activity, profile)
    if not is_bound(application.round, track_of(application), library):
        return Registered(title, price=within)
    own, provider = decisions_of(activity=activity), decisions_of(provider=_provider(activity))
    filed, opened = filed_at(application), _opened_for(application)
    right = now = admission(own, provider, today)
    if filed is not None and opened is not None and not now.holds:
        since = max(filed, opened)
        right = right_of_application(
            own, provider, filed_on=day_of(since), round_opened_on=day_of(opened), on=max(today, day_of(since)),
            filed_at=since,
        )  # fmt: skip
    most = standing(own, today if filed is None else day_of(filed)).grants_a_year
    room = room_for(most, grants_for(application.round, [activity], library=library, at=at)[activity])
    return Registered(title, right, room, within, kept=bool(right.holds) and not now.holds)


def room_for(most: int | None, granted: int) -> Answer:
    """Say whether an activity has room for one more grant this year, or that it is full."""
    room = below_cap(most, granted)
    return room if room.holds else Answer(False, {one: f"{FULL[one]} {text}" for one, text in room.texts.items()})


def price_of(activity: int | None, profile: Profile) -> Answer | None:
    """Say whether the price in an application is no higher than that of its activity; None where either is not told."""
    asked = profile.get(PRICE)
    if activity is None or not isinstance(asked, int):
        return None
    listed = listings([activity]).get(activity)
    return price_within_registered(asked, listed.entry.price_cents if listed else None)


def told_anew(
    application: Application, answers: Iterable[Counted], *, library: Library, at: datetime
) -> dict[str, int]:  # fmt: skip
    """Give what the register tells otherwise now than the draft has it: its price, and the grants so far where rules look at it.

    Of the training, and of an employer where its scheme counts trajectories. Only a price that the register itself told; what
    somebody typed, or a provider confirmed, is theirs to change.
    """
    activity, known = application.activity_id, {one.fact: one for one in answers if not one.subject_number}
    track, round_ = track_of(application), application.round
    if activity is None and track.once is None:
        return {}
    used = used_by(round_, track, day_of(at), library)
    found = told_of_grants(round_, track, applicant_of(application), used, at=at)
    if activity is not None:
        found |= _told_of(activity, round_, known, used, library=library, at=at)
    return {name: value for name, value in found.items() if name not in known or known[name].value != value}


def _told_of(
    activity: int, round_: Round, known: Mapping[str, Counted], used: frozenset[str], *, library: Library, at: datetime
) -> dict[str, int]:  # fmt: skip
    """Give what the register tells of a training now."""
    found = {}
    listed, price = listings([activity]).get(activity), known.get(PRICE)
    if listed and listed.entry.price_cents is not None and price is not None and price.origin == Origin.REGISTER:
        found[PRICE] = listed.entry.price_cents
    if GRANTS in used:
        found[GRANTS] = grants_for(round_, [activity], library=library, at=at).get(activity, 0)
    return found


def filed_at(application: Application) -> datetime | None:
    """Give the moment at which an application was first put ready, or came in; None while it was neither.

    Submitting is one act on what stands ready, and the intake asks nobody: so who had put it ready is in the round.
    """
    first = application.freezes.order_by("id").values_list("at", flat=True).first()
    ticket = ticket_of(application)
    moments = [one for one in (first, ticket.arrived_at if ticket else None) if one is not None]
    return min(moments, default=None)


def _opened_for(application: Application) -> datetime | None:
    """Give when its round opened; a ticket of before a new opening came in while the round was open (rounds/commands/fall_back.py)."""
    opened, ticket = gate_of(application.round).opened_at, ticket_of(application)
    return opened if ticket is None else min(opened or ticket.arrived_at, ticket.arrived_at)


def _provider(activity: int) -> int:
    return Activity.objects.values_list("provider_id", flat=True).get(pk=activity)
