"""Organisations that pay a part of the cost: whether they are named well, which parts are theirs, what they said of them. Reads only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from doorleren.applications.models import (
    ALWAYS_ORGANISATIONS,
    LONGEST_NAME,
    MAY_BE_ORGANISATIONS,
    Application,
    Divided,
    Division,
    DivisionLine,
    FinancierWord,
)
from doorleren.applications.own_case import case_of
from doorleren.applications.partnerships.dividing import Part
from doorleren.applications.partnerships.refusing import (
    DECIDED,
    FINANCIER_KVK,
    FINANCIER_ONCE,
    FORWARDED,
    NAME_LACKS,
    NAME_TOO_LONG,
    NO_ORGANISATION,
    OWN_KVK,
)
from doorleren.applications.refusing import WITHDRAWN, ApplicationRefused
from doorleren.core.texts import Texts
from doorleren.rounds.models import Ticket


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


def why_closed(application: Application) -> Texts | None:
    """Say why nobody says anything of its part any more: withdrawn, decided on, or forwarded to another authority; None while one may.

    A case is closed after one of these only, so it needs no sentence of its own.
    """
    if application.withdrawn_at is not None:
        return WITHDRAWN
    case = case_of(application)
    if case is None:
        return None
    moments = ((case.decided_at, DECIDED), (case.withdrawn_at, WITHDRAWN), (case.forwarded_at, FORWARDED))
    return next((texts for at, texts in moments if at is not None), None)


def paid_by(kvks: Iterable[str]) -> QuerySet[DivisionLine]:
    """Give the parts that these organisations pay, of the financing that counts of each application; the newest first.

    An application that was withdrawn before it was submitted is nobody's business any more but the applicant's.
    """
    last = Division.objects.filter(application=OuterRef("division__application"), of=Divided.FINANCING).order_by("-id")
    return (
        DivisionLine.objects.filter(_still_told(), kvk__in=list(kvks), division=Subquery(last.values("pk")[:1]))
        .select_related("division__application__round__version", "division__application__round__gate")
        .order_by("-division__application", "id")
    )


def part_of(application: int, kvk: str) -> Pays | None:
    """Give the part that an organisation pays in an application; None where it pays none, or none that it is told of any more."""
    told = paid_by([kvk]).filter(division__application=application) if kvk else ()
    return next(iter(with_words(told)), None)


def _still_told() -> Q:
    submitted = Ticket.objects.filter(
        round=OuterRef("division__application__round"), key=OuterRef("division__application__key")
    )
    return Q(division__application__withdrawn_at=None) | Q(Exists(submitted))


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
