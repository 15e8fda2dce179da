"""How long a case is kept after it was closed: what its scheme sets itself goes before its framework of law. Reads only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from django.db.models import Exists, OuterRef, Q

from doorleren.cases.frameworks import frameworks, law_of_terms
from doorleren.cases.models import Case
from doorleren.core.days import midnight
from doorleren.core.term_steps import Length
from doorleren.rules.handling import retention, retentions
from doorleren.schemes.models import PublishedVersion
from doorleren.schemes.queries import version_of

OF_SCHEME = "retention-of-scheme"
"""The name of a term that the scheme's own file sets."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long, by which term (law/terms.toml, or `OF_SCHEME`), and where that stands."""

    term: str
    length: Length
    source: str

    @property
    def of_scheme(self) -> bool:
        """Say whether the scheme itself sets it."""
        return self.term == OF_SCHEME


def retention_of(case: Case) -> Retention:
    """Give how long a case is kept, by the day on which it came in."""
    own = retention(version_of(case.version_id), case.received_on) if _sets_its_own(case.version_id) else None
    if own is not None:
        return Retention(OF_SCHEME, own, own.source)
    framework = frameworks()[case.framework]
    return Retention(framework.retention, law_of_terms().kinds[framework.retention].length, framework.retention_source)


def long_closed(on: date) -> Q:
    """Narrow to cases that were closed so long ago that their retention may have ended before a day."""
    held, found = Q(pk__in=[]), Q(pk__in=[])
    for came_in, length in _of_schemes():
        held |= came_in
        found |= came_in & Q(closed_at__lt=latest_begun(length, on))
    for one in frameworks().values():
        latest = latest_begun(law_of_terms().kinds[one.retention].length, on)
        found |= Q(framework=one.id, closed_at__lt=latest) & ~held
    return found


def _of_schemes() -> Iterator[tuple[Q, Length]]:
    """Give which cases a scheme itself says it of, with the length; a version without a case is not read."""
    of_cases = PublishedVersion.objects.filter(Exists(Case.objects.filter(version=OuterRef("pk"))))
    for number in of_cases.order_by("pk").values_list("pk", flat=True):
        if _sets_its_own(number):
            for value, length in retentions(version_of(number)):
                until = Q() if value.ends is None else Q(received_on__lte=value.ends)
                yield Q(version=number, received_on__gte=value.starts) & until, length


@cache
def _sets_its_own(version: int) -> bool:
    """Say whether a published version, which never changes, sets it itself; few do, so that few are kept read."""
    return bool(version_of(version).handling.retention)


def latest_begun(length: Length, on: date) -> datetime:
    """Give the moment before which that began of which this length ended before a day."""
    return midnight(length.before(on)) + timedelta(days=1)
