"""Completing a registration: what the scheme's file asks once a place was reserved for a participant who said yes. Reads only.

Asked is the evidence of the stage at which a reservation is claimed, and the adviser's word for the conditions of the track
that nobody can compute. All of it is in the file of the scheme.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from doorleren.applications.bundles.queries import State
from doorleren.applications.bundles.refusing import COMPLETED, LET_GO, NOT_CONFIRMED, NOT_INSIDE
from doorleren.applications.evidence.queries import given_of
from doorleren.applications.evidence.rules import COMPLETING, Standing, asked_by, lately
from doorleren.applications.evidence.stages import is_completed, is_inside
from doorleren.applications.models import Application, Bundle, BundleRow, Confirmation, Document, Registration, Word
from doorleren.core.texts import Texts
from doorleren.rules.versions import Condition, Evidence
from doorleren.schemes.queries import version_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """What completing takes: files as evidence, and conditions that the adviser vouches for."""

    evidence: tuple[Evidence, ...]
    promises: tuple[Condition, ...]


def wanted_in(version: int, track: str) -> Wanted:
    """Give what a published version (its number) asks in a track to complete a registration."""
    read = version_of(version)
    asked = asked_by(read, track, frozenset({COMPLETING}))
    files = tuple(one.evidence for one in asked if one.evidence.stage == COMPLETING and one.kinds)
    conditions = next((one.conditions for one in read.tracks if one.id == track), ())
    return Wanted(files, tuple(one for one in conditions if one.when is None))


def documents_for(application: int, wanted: Wanted) -> QuerySet[Document]:
    """Give the documents of an application for the evidence that completing takes."""
    rows = Document.objects.filter(application=application, evidence__in=[one.id for one in wanted.evidence])
    return rows.prefetch_related("steps").order_by("id")


def lacking_of(applications: Iterable[int], wanted: Wanted) -> dict[int, list[str]]:
    """Give, by application, the ids of the evidence that is not there yet: sent whole, and checked."""
    numbers, names = list(applications), [one.id for one in wanted.evidence]
    found: defaultdict[tuple[int, str], list[Standing]] = defaultdict(list)
    rows = Document.objects.filter(application__in=numbers, evidence__in=names).prefetch_related("steps")
    for one in rows:
        found[one.application_id, one.evidence].append(given_of(one).standing)
    return {
        number: [name for name in names if lately(found.get((number, name), ())) != "uploaded"] for number in numbers
    }


def lacking_in(bundle: Bundle, rows: Iterable[BundleRow], states: Mapping[int, State]) -> dict[int, list[str]]:
    """Give, by registration, the ids of the evidence that these rows of a bundle still lack; only where they can be completed.

    All registrations of a bundle are in one track.
    """
    found = [one.registration for one in rows if one.registration and states[one.registration.pk].to_complete]
    if not found:
        return {}
    wanted = wanted_in(bundle.round.version_id, found[0].application.track)
    missing = lacking_of([one.application_id for one in found], wanted)
    return {one.pk: missing[one.application_id] for one in found}


def why_not(registration: Registration, application: Application) -> Texts | None:
    """Say why a registration cannot be completed now, whatever was given for it; nothing if it can."""
    if application.withdrawn_at is not None:
        return LET_GO
    if is_completed(application):
        return COMPLETED
    if not Confirmation.objects.filter(registration=registration.pk, word=Word.CONFIRMED).exists():
        return NOT_CONFIRMED
    return None if is_inside(application) else NOT_INSIDE
