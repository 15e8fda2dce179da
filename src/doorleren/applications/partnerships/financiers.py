"""Organisations that pay a part of the cost: whether they are named well, which parts are theirs, what they said of them. Reads only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from doorleren.applications.models import (
    ALWAYS_ORGANISATIONS,
    MAY_BE_ORGANISATIONS,
    Divided,
    Division,
    DivisionLine,
    FinancierWord,
)
from doorleren.applications.partnerships.dividing import Part
from doorleren.applications.partnerships.refusing import (
    FINANCIER_KVK,
    FINANCIER_ONCE,
    NAME_LACKS,
    NAME_TOO_LONG,
    NO_ORGANISATION,
    OWN_KVK,
)
from doorleren.applications.refusing import ApplicationRefused
from doorleren.core.texts import Texts

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Pays:
    """A part of the cost as it counts, and the last word of the organisation that pays it (None: nothing yet)."""

    line: DivisionLine
    word: FinancierWord | None


def fault_of(part: Part, own: str) -> tuple[str, Texts] | None:
    """Say what is wrong with how a part names who pays it: the field ("kvk", "name") and why; None where it is right.

    `own` is the KvK number of who applies. Pure.
    """
    if not part.kvk:
        if part.financier in ALWAYS_ORGANISATIONS:
            return "kvk", FINANCIER_KVK
        return ("name", NAME_TOO_LONG) if len(part.name) > LONGEST_NAME else None
    if part.financier not in MAY_BE_ORGANISATIONS:
        return "kvk", NO_ORGANISATION
    if part.kvk == own:
        return "kvk", OWN_KVK
    return None if 0 < len(part.name) <= LONGEST_NAME else ("name", NAME_LACKS)


def ensure_financiers(parts: Sequence[Part], own: str) -> None:
    """Raise ApplicationRefused unless every part names who pays it well, and no organisation stands there twice."""
    for part in parts:
        fault = fault_of(part, own)
        if fault is not None:
            raise ApplicationRefused(fault[1], ("parts",))
    named = [one.kvk for one in parts if one.kvk]
    if len(named) != len(set(named)):
        raise ApplicationRefused(FINANCIER_ONCE, ("parts",))


def paid_by(kvks: Iterable[str]) -> QuerySet[DivisionLine]:
    """Give the parts that these organisations pay, of the financing that counts of each application; the newest first."""
    last = Division.objects.filter(application=OuterRef("division__application"), of=Divided.FINANCING).order_by("-id")
    return (
        DivisionLine.objects.filter(kvk__in=list(kvks), division=Subquery(last.values("pk")[:1]))
        .select_related("division__application__round__version", "division__application__round__gate")
        .order_by("-division__application", "id")
    )


def part_of(application: int, kvk: str) -> Pays | None:
    """Give the part that an organisation pays in an application; None where it pays none."""
    return next((one for one in payers(application) if one.line.kvk == kvk), None) if kvk else None


def payers(application: int) -> list[Pays]:
    """Give who pays what by the financing that counts, each with its word; nothing where no financing was told."""
    division = Division.objects.filter(application=application, of=Divided.FINANCING).order_by("-id").first()
    if division is None:
        return []
    return with_words(DivisionLine.objects.filter(division=division).select_related("division").order_by("id"))


def with_words(lines: Iterable[DivisionLine]) -> list[Pays]:
    """Give parts with the last word that the organisation said of each; a part of the same amount keeps the word."""
    found = list(lines)
    said = FinancierWord.objects.filter(
        line__kvk__in={one.kvk for one in found if one.kvk},
        line__division__application__in={one.division.application_id for one in found},
    )
    words = {
        (one.line.division.application_id, one.line.kvk, one.line.part): one
        for one in said.select_related("line__division").order_by("id")
    }
    return [Pays(one, words.get((one.division.application_id, one.kvk, one.part))) for one in found]
