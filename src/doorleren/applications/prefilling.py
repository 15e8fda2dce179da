"""What is known when a draft starts, so that it is not asked: from the finder, the register and earlier applications.

What comes from the register goes before what was told in the finder, and that before what was told earlier. Facts that
the track does not look at are not taken over, and sensitive ones are nowhere to be taken from.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from doorleren.applications.commands.save_answers import Given
from doorleren.applications.models import COLUMNS, Answer, Freeze, Origin, PartyKind, Subject, TakenFrom
from doorleren.applications.parties import Named
from doorleren.applications.values import UNKNOWN, value_of
from doorleren.rules.faults import ProfileFault
from doorleren.rules.library import Library
from doorleren.rules.profile import Profile
from doorleren.rules.vocabulary import Fact

TOLD_WITHIN = timedelta(days=365)
"""How long what somebody told in an application is taken over in the next. An assumption: no regulation says it."""
OF_ONESELF: Mapping[str, tuple[str, ...]] = {
    PartyKind.PERSON: ("person",), PartyKind.ORGANISATION: ("employer", "partnership", "region"),
}  # fmt: skip
"""Tables of facts that an applicant tells of itself. What an organisation tells of a person is about another one each time."""


def known_at_start(
    applicant: Named, used: frozenset[str], *, told: Profile, registered: Profile, library: Library, at: datetime
) -> list[Given]:  # fmt: skip
    """Put together what is known of the facts that a track uses; a sensitive fact is never kept."""
    known = {one.fact: one for one in told_earlier(applicant, used, library, at)}
    known |= {fact: Given(fact, value, Origin.SELF, TakenFrom.FINDER) for fact, value in told.items()}
    known |= {fact: Given(fact, value, Origin.REGISTER) for fact, value in registered.items()}
    facts = library.vocabulary.facts
    return [
        one for name, one in known.items()
        if name in used and not facts[name].sensitive and not facts[name].assessed and facts[name].table != "asker"
    ]  # fmt: skip


def told_earlier(applicant: Named, used: frozenset[str], library: Library, at: datetime) -> list[Given]:
    """Give what an applicant told of itself within the last year, the last of each fact, with the application it is from.

    Only what stood in an application that was put ready, which says that all of it is right, or was corrected by an
    official: a draft is no application yet. Registrations tell of other people.
    """
    vouched_for = Exists(Freeze.objects.filter(application=OuterRef("application"), at__gte=OuterRef("at")))
    facts = library.vocabulary.facts
    names = [name for name in sorted(used) if _of(facts[name], applicant)]
    rows = (
        Answer.objects.filter(
            Q(correction__isnull=False) | vouched_for,
            application__applicant_kind=applicant.kind, application__applicant_number=applicant.number or 0,
            application__registration=None, subject_kind=Subject.APPLICATION, fact__in=names, taken_from="",
            at__gte=at - TOLD_WITHIN,
        )
        .exclude(origin=Origin.REGISTER)
        .order_by("fact", "-at", "-id")
        .distinct("fact")
        .values("fact", "origin", "application", *COLUMNS)
    )  # fmt: skip
    found = []
    for row in rows:
        value = _value(facts[row["fact"]], row)
        if value is not UNKNOWN:
            found.append(Given(row["fact"], value, Origin(row["origin"]), TakenFrom.EARLIER, row["application"]))
    return found


def _of(fact: Fact, applicant: Named) -> bool:
    return fact.table in OF_ONESELF.get(applicant.kind, ()) and not fact.sensitive and not fact.assessed


def _value(fact: Fact, row: Mapping[str, Any]) -> Any:
    """Read what was told; what the fact no longer allows is not known any more."""
    try:
        return value_of(fact, row)
    except ProfileFault:
        return UNKNOWN
