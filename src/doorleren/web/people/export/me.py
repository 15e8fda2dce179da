"""Who exports, and which applications, registrations and enrolments are about that person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from doorleren.applications.bundles.queries import registrations_for
from doorleren.applications.corrections.whose import files_of
from doorleren.applications.models import Word
from doorleren.applications.offers.enrolments import enrolments_for
from doorleren.audit.acts import Party
from doorleren.people.signed_in import SignedIn


@dataclass(frozen=True, slots=True)
class Me:
    """Who asks and when; `files`: the applications that this person filed or that are for them, by number.

    An application of an organisation is the organisation's: there only what somebody did oneself is theirs. `registered` and
    `enrolled` are those of `registrations` and `enrolments` of which the person did not say "this is not me": what was
    written there with the others may be about somebody else.
    """

    who: SignedIn
    at: datetime
    files: frozenset[int]
    registrations: frozenset[int]
    enrolments: frozenset[int]
    registered: frozenset[int]
    enrolled: frozenset[int]

    @property
    def person(self) -> int:
        """Give the number of the person."""
        return self.who.person

    @property
    def party(self) -> Party:
        """Give the person as the record names them."""
        return self.who.party


def me(who: SignedIn, at: datetime) -> Me:
    """Look up what is about who asks; registrations and enrolments by the national number, as their own pages do."""
    registrations, enrolments = registrations_for(who.person), enrolments_for(who.person)
    another = registrations.filter(confirmation__word=Word.NOT_ME)
    registered = registrations.exclude(pk__in=another.values("pk"))
    enrolled = enrolments.exclude(pk__in=enrolments.filter(said__word=Word.NOT_ME).values("pk"))
    return Me(
        who, at, _numbers(files_of(who.person)), _numbers(registrations), _numbers(enrolments), _numbers(registered), _numbers(enrolled)
    )  # fmt: skip


def _numbers(found: QuerySet[Any]) -> frozenset[int]:
    return frozenset(found.values_list("pk", flat=True))
