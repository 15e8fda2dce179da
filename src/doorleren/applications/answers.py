"""The answers of an application that count: as told, and as computed from members, a plan or an offer; and its form."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from doorleren.applications.form import Form, form_of, of_track
from doorleren.applications.models import COLUMNS, Application, Divided, Origin, PartyKind, Subject
from doorleren.applications.offers.rules import (
    COMPUTED,
    OFFER,
    RECOGNITION,
    Offer,
    by_members,
    facts_of_offer,
    for_each,
    has_offer,
    left_to_list,
    names_nobody,
    not_typed,
    weighed,
    with_stated_participants,
    without_participants,
)
from doorleren.applications.offers.standing import lines_of, members_by_code, with_offer
from doorleren.applications.one_training import not_asked
from doorleren.applications.other_money import counted, needed_of_other_money
from doorleren.applications.partnerships.standing import joined, planned, standings, told_of
from doorleren.applications.partnerships.totals import (
    COSTS,
    PARTICIPANTS,
    Reads,
    computed_facts,
    reads_of,
    together,
    totals,
)
from doorleren.applications.plans.standing import plan_applied_with
from doorleren.applications.regions import needed_of_region
from doorleren.applications.rules import as_rehearsed, filing_day
from doorleren.applications.several import needed_of_several, with_sum
from doorleren.applications.values import UNKNOWN, value_of
from doorleren.audit.rows import joined as rows_of_tables
from doorleren.core.days import AMSTERDAM, day_of
from doorleren.register.funding.price_group import price_groups_on
from doorleren.rounds.models import Round
from doorleren.rules.faults import ProfileFault
from doorleren.rules.library import Library
from doorleren.rules.profile import Profile
from doorleren.rules.settled import Settled
from doorleren.rules.versions import Track, Version
from doorleren.schemes.queries import version_of

_NAMED = (
    "application_id", "subject_kind", "subject_number", "fact", "id", "origin", "at", "by_kind", "by_id", *COLUMNS, "taken_from",
    "earlier_at",
)  # fmt: skip
_ASKED = (*(f"one.{name}" for name in _NAMED[:-1]), "earlier.started_at")
_ANSWERS = """applications_answer one LEFT JOIN applications_application earlier ON earlier.id = one.earlier_id
WHERE one.application_id = ANY(%s) AND (%s::timestamptz IS NULL OR one.at <= %s)
ORDER BY one.application_id, one.subject_kind, one.subject_number, one.fact, one.id DESC"""


@dataclass(frozen=True, slots=True)
class Counted:
    """One answer that counts; `number` is that of its row: a higher one came later.

    `taken_from` says that it was taken over at the start (models.TakenFrom), `earlier` when that application began.
    """

    number: int
    subject_kind: str
    subject_number: int
    fact: str
    value: Any
    origin: str
    at: datetime
    by: tuple[str, str] = ("", "")
    taken_from: str = ""
    earlier: datetime | None = None


OWN_COST = ("employer.eligible_costs", "training.price")
"""The facts that tell the cost of who applies alone; the first that is known."""


MEMBERS = "members"
"""The origin of what is computed from the members of a partnership; no row has it, nobody typed it."""


PLAN = "plan"
"""The origin of what is computed from the plan of a partnership."""


def counted_answers(application: int, library: Library, until: datetime | None = None) -> list[Counted]:
    """Give the last answer to each fact about each subject, as it was at a moment where one is given.

    One that the vocabulary no longer knows is left out. Where a partnership takes part, its totals are computed from
    its members, and what was ever typed for them does not count; what a list of activities tells goes before both.
    """
    return _with_offer(_before_offer(application, library, until), application, library, until)


def _before_offer(application: int, library: Library, until: datetime | None) -> list[Counted]:
    found, reads = _told(application, library, until), reads_for(application, library)
    return found if reads is None else _with_totals(found, application, reads, library, until)


def counted_together(
    applications: Collection[Application], library: Library, until: Mapping[int, datetime]
) -> dict[int, list[Counted]]:
    """Give for applications (with their rounds) the answers that count, as `counted_answers` does; `until` by application.

    One that `until` does not name has none. What partnerships and offers compute is asked one by one.
    """
    asked = [one for one in applications if one.pk in until]
    found = _told_of([one.pk for one in asked], library, until)
    for one in asked:
        if together(track_of(one)) or has_offer(track_of(one)):
            found[one.pk] = counted_answers(one.pk, library, until[one.pk])
    return found


def _told(application: int, library: Library, until: datetime | None) -> list[Counted]:
    return _told_of((application,), library, {} if until is None else {application: until})[application]


def _told_of(
    applications: Collection[int], library: Library, until: Mapping[int, datetime]
) -> dict[int, list[Counted]]:
    """Give the last answer to each fact about each subject, by application, up to a moment where `until` names one."""
    latest = max(until.values(), default=None)
    told_rows = rows_of_tables({}, _ANSWERS, [list(applications), latest, latest], _ASKED)
    found: dict[int, list[Counted]] = {one: [] for one in applications}
    last: tuple[object, ...] = ()
    for values in told_rows:
        row = dict(zip(_NAMED, values, strict=True))
        number = row["application_id"]
        named = (number, row["subject_kind"], row["subject_number"], row["fact"])
        if named == last or (number in until and row["at"] > until[number]):
            continue
        last = named
        told = _counted(row, library)
        if told is not None:
            found[number].append(told)
    return found


def _counted(row: Mapping[str, Any], library: Library) -> Counted | None:
    """Read a row; None for a fact that the vocabulary no longer knows, or a value that it no longer takes."""
    fact = library.vocabulary.facts.get(row["fact"])
    if fact is None:
        return None
    try:
        value = value_of(fact, row)
    except ProfileFault:
        return None
    subject, by = (row["subject_kind"], row["subject_number"]), (row["by_kind"], row["by_id"])
    return Counted(
        row["id"], *subject, fact.name, value, row["origin"], row["at"], by, row["taken_from"], row["earlier_at"]
    )


def _with_totals(
    told: list[Counted], application: int, reads: Reads, library: Library, until: datetime | None
) -> list[Counted]:  # fmt: skip
    """Put the totals in the place of what was typed for them."""
    computed = computed_facts(library.vocabulary)
    kept = [one for one in told if one.subject_number or one.fact not in computed]
    found = totals(
        joined(standings(application, until), member_profiles(told)), told_of(planned(application, Divided.SHARES, until)),
        told_of(planned(application, Divided.FINANCING, until)), reads=reads, vocabulary=library.vocabulary,
        law=library.law,
    )  # fmt: skip
    last = max((one.at for one in told), default=datetime.min.replace(tzinfo=AMSTERDAM))
    origins = {}
    plan = plan_applied_with(application, until)
    if plan is not None and PARTICIPANTS in library.vocabulary.facts:
        found[PARTICIPANTS], origins[PARTICIPANTS] = plan.sums.fewest, PLAN
    return kept + [
        Counted(0, Subject.APPLICATION, 0, fact, value, origins.get(fact, MEMBERS), last)
        for fact, value in found.items()
    ]


def _with_offer(told: list[Counted], application: int, library: Library, until: datetime | None) -> list[Counted]:
    """Put what an offer tells in the place of what was typed for it; nothing changes where there is no offer."""
    found = Application.objects.select_related("round").get(pk=application)
    track = track_of(found)
    if not with_offer(application, track, until):
        return told
    settled, offer = settled_offer(found, library), _offer_of(found, told, library, until)
    facts = facts_of_offer(offer, settled.facts, library.vocabulary)
    left_out = facts.keys() | (COMPUTED if for_each(track) else frozenset())
    kept = [one for one in told if one.subject_number or one.fact not in left_out]
    last = max((one.at for one in told), default=found.started_at)
    return kept + [
        Counted(0, Subject.APPLICATION, 0, fact, value, OFFER if fact in COMPUTED else Origin.REGISTER, last)
        for fact, value in facts.items()
    ]


def offer_now(application: Application, library: Library) -> Offer | None:
    """Give the offer of an application, weighed by its scheme; None where one cannot apply with an offer."""
    if not has_offer(track_of(application)):
        return None
    return _offer_of(application, _before_offer(application.pk, library, None), library, None)


def _offer_of(application: Application, told: Iterable[Counted], library: Library, until: datetime | None) -> Offer:
    settled, told = settled_offer(application, library), list(told)
    lines, groups, recognised = lines_of(application.pk, until), price_groups_on(library, settled.day), {}
    if lines and by_members(settled.tracks[0].track):
        codes, members = members_by_code(application.pk, until), member_profiles(told)
        known = {code: members.get(number, {}) for code, number in codes.items()}
        recognised = {code: one[RECOGNITION] for code, one in known.items() if RECOGNITION in one}
    return weighed(lines, settled, profile_of(told), groups, recognised)


def settled_offer(application: Application, library: Library) -> Settled:
    """Give the track of an offer, without what it asks of participants, on the day that the round opens."""
    round_ = application.round
    day = filing_day(round_.opens_at, round_.closes_at, day_of(round_.opens_at), version_of(round_.version_id))
    return _kept(round_.version_id, application.track, day, _ById(library), listed=True)


def told_answers(application: int, library: Library) -> list[Counted]:
    """Give what was told and what follows from members, without what is computed from an offer."""
    return _before_offer(application, library, None)


def member_profiles(answers: Iterable[Counted]) -> dict[int, Profile]:
    """Give what is known of each member, by its number."""
    found: dict[int, Profile] = {}
    for one in answers:
        if one.subject_kind == Subject.MEMBER and one.value is not UNKNOWN:
            found.setdefault(one.subject_number, {})[one.fact] = one.value
    return found


def reads_for(application: int, library: Library) -> Reads | None:
    """Give what the rules of an application look at of a partnership; None where none takes part.

    It is read from the version as it is on the day that the round opens.
    """
    found = Application.objects.select_related("round").get(pk=application)
    version = version_of(found.round.version_id)
    track = next((one for one in version.tracks if one.id == found.track), None)
    if track is None or not together(track):
        return None
    round_ = found.round
    day = filing_day(round_.opens_at, round_.closes_at, day_of(round_.opens_at), version)
    reads = reads_of(_kept(round_.version_id, track.id, day, _ById(library)))
    reads = replace(reads, facts=reads.facts | _needed(version, track))
    if for_each(track):  # its list tells participants and money
        return replace(reads, facts=reads.facts - COMPUTED, planned=True)
    return reads if plan_applied_with(application) is None else replace(reads, planned=True)


def profile_of(answers: Iterable[Counted]) -> Profile:
    """Give what is known of the application itself, as the rules take it; "I do not know" is not known."""
    return {
        one.fact: one.value for one in answers if one.subject_kind == Subject.APPLICATION and one.value is not UNKNOWN
    }


def form_for(application: Application, profile: Profile, today: date, library: Library) -> Form:
    """Judge an application for the day on which it can be filed; of its cost only what no other scheme pays counts."""
    round_ = application.round
    day = filing_day(round_.opens_at, round_.closes_at, today, version_of(round_.version_id))
    if round_.rehearsal and day < today:
        profile = as_rehearsed(profile, day, today, library.vocabulary)
    track = track_of(application)
    listed = with_offer(application.pk, track)
    settled = _kept(round_.version_id, application.track, day, _ById(library), listed=listed)
    organisation = application.applicant_kind == PartyKind.ORGANISATION
    financing = told_of(planned(application.pk, Divided.FINANCING)) if organisation else None
    profile = counted(profile, track, settled.version.stacking, financing)
    elsewhere = computed_facts(library.vocabulary) if together(track) else frozenset()
    elsewhere |= not_asked(settled.version, track, settled.facts, chosen=application.activity_id is not None)
    offer = offer_now(application, library) if listed else None
    if offer is None:
        return with_sum(form_of(settled, profile, library.vocabulary, elsewhere, _needed(settled.version, track)))
    elsewhere |= not_typed(track) | left_to_list(track, settled.facts, empty=not offer.lines)
    form = form_of(
        settled, profile, library.vocabulary, elsewhere, needed_of_other_money(track, settled.version.stacking)
    )
    return replace(form, asked=offer.requested)


def used_by(round_: Round, track: Track, today: date, library: Library) -> frozenset[str]:
    """Give the facts that a track of a round looks at, on the day for which an application is judged."""
    day = filing_day(round_.opens_at, round_.closes_at, today, version_of(round_.version_id))
    settled = _kept(round_.version_id, track.id, day, _ById(library), listed=for_each(track))
    return settled.facts | _needed(settled.version, track)


def _needed(version: Version, track: Track) -> frozenset[str]:
    """Name what must be known though no rule of the track may look at it."""
    return needed_of_region(track) | needed_of_several(track) | needed_of_other_money(track, version.stacking)


def track_of(application: Application) -> Track:
    """Give the track of an application as its version wrote it."""
    tracks = version_of(application.round.version_id).tracks
    return next(one for one in tracks if one.id == application.track)


def cost_of(application: int, library: Library) -> int | None:
    """Give the cost that is shared and financed, in cents: the members' together, else one's own; None while unknown."""
    known = profile_of(counted_answers(application, library))
    names = (COSTS,) if reads_for(application, library) is not None else OWN_COST
    found = [known[name] for name in names if name in known]
    return next((one for one in found if isinstance(one, int)), None)


class _ById:
    """A library as a key: the same object is the same key."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def __hash__(self) -> int:
        return id(self.library)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.library is self.library


@lru_cache(maxsize=512)
def _kept(version: int, track: str, day: date, by: _ById, *, listed: bool = False) -> Settled:
    """Settle a track once; `listed`: for who applies with a list of activities, so without what it asks of participants."""
    known, law = by.library.vocabulary, by.library.law
    settled = of_track(version_of(version), track, day, known, law)
    if listed:
        return without_participants(settled, known, law)
    return with_stated_participants(settled, known, law) if names_nobody(settled.tracks[0].track) else settled
