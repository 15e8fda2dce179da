"""The work list of admission: providers and activities by how they stand, the longest waiting first, page after page.

Read by the pages of officials. Nothing is counted beyond MOST_COUNTED, and a page costs the same wherever it begins.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from doorleren.register.models import AdmissionDecision, Provider

STANDINGS_ASKED = ("applied", "announced", "admitted", "refused", "suspended", "removed")
"""What the list can be asked for: "applied" waits for a decision, "announced" has one that takes effect on a later day."""

KINDS = ("provider", "activity")
MOST_COUNTED = 1000
PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for: a standing, a kind ("" for both), part of a provider's name or its KvK number or code,
    a sector ("" for all; activities only), and the number of the decision after which the page begins.
    """  # fmt: skip

    standing: str = "applied"
    kind: str = ""
    provider: str = ""
    sector: str = ""
    after: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row: the decision that makes it stand so, and what it is about."""

    decision: int
    kind: str
    number: int
    title: str
    provider: str
    sector: str | None
    act: str
    decided_at: datetime
    effective_on: date


@dataclass(frozen=True, slots=True)
class Worklist:
    """A page of the list: rows, how many there are (None: more than MOST_COUNTED), and where the next page begins (0: no)."""

    rows: tuple[Waiting, ...]
    count: int | None
    after: int


def worklist(wanted: Wanted, on: date) -> Worklist:
    """Give a page of the list as it stands on a day. Raises ValueError for a standing or kind that there is not."""
    if wanted.standing not in STANDINGS_ASKED or wanted.kind not in ("", *KINDS):
        raise ValueError(f"standing is one of {', '.join(STANDINGS_ASKED)}; kind is one of {', '.join(KINDS)} or empty")
    found = _chosen(_standing_so(wanted.standing, on), wanted)
    counted = len(found.order_by().values_list("pk", flat=True)[: MOST_COUNTED + 1])
    rows = _after(found, wanted.after).order_by("decided_at", "id").values_list(
        "id", "provider_id", "activity_id", "provider__name", "activity__current__title", "activity__provider__name",
        "activity__current__sector", "act", "decided_at", "effective_on",
    )[: PAGE + 1]  # fmt: skip
    made = tuple(_row(*row) for row in rows)
    following = made[PAGE - 1].decision if len(made) > PAGE else 0
    return Worklist(made[:PAGE], counted if counted <= MOST_COUNTED else None, following)


def _row(
    key: int, provider: int | None, activity: int | None, name: str | None, title: str | None, owner: str | None,
    sector: str | None, act: str, decided_at: datetime, effective_on: date,
) -> Waiting:  # fmt: skip
    if activity is None:
        return Waiting(key, "provider", provider or 0, name or "", name or "", None, act, decided_at, effective_on)
    return Waiting(key, "activity", activity, title or "", owner or "", sector, act, decided_at, effective_on)


def _standing_so(asked: str, on: date) -> QuerySet[AdmissionDecision]:
    """Give the decisions that make their subject stand so: those with no later one, in force by the day where it says so.

    How somebody stands on a day is the act decided last among those in effect by then: that is what
    `admission.standing` gives, for a later decision takes away only what would have had effect after it.
    """
    if asked == "applied":
        return _last(AdmissionDecision.objects.filter(act="applied"), Q())
    if asked == "announced":
        return _last(AdmissionDecision.objects.filter(effective_on__gt=on), Q())
    return _last(AdmissionDecision.objects.filter(act=asked, effective_on__lte=on), Q(effective_on__lte=on))


def _last(found: QuerySet[AdmissionDecision], among: Q) -> QuerySet[AdmissionDecision]:
    later = Q(decided_at__gt=OuterRef("decided_at")) | Q(decided_at=OuterRef("decided_at"), id__gt=OuterRef("id"))
    others = AdmissionDecision.objects.filter(among & later)
    return found.exclude(activity__isnull=False, activity__current__isnull=True).filter(
        ~Exists(others.filter(provider=OuterRef("provider"))), ~Exists(others.filter(activity=OuterRef("activity")))
    )


def _chosen(found: QuerySet[AdmissionDecision], wanted: Wanted) -> QuerySet[AdmissionDecision]:
    if wanted.kind == "provider" and wanted.sector:
        return found.none()
    if wanted.kind:
        found = found.filter(**{f"{wanted.kind}__isnull": False})
    if wanted.provider:
        named = Q(name__icontains=wanted.provider) | Q(kvk=wanted.provider) | Q(code=wanted.provider)
        numbers = Provider.objects.filter(named).values("pk")
        found = found.filter(Q(provider__in=numbers) | Q(activity__provider__in=numbers))
    return found.filter(activity__current__sector=wanted.sector) if wanted.sector else found


def _after(found: QuerySet[AdmissionDecision], after: int) -> QuerySet[AdmissionDecision]:
    """Give what comes after a decision in the order of the list; everything where there is no such decision."""
    moment = AdmissionDecision.objects.filter(pk=after).values_list("decided_at", flat=True).first() if after else None
    if moment is None:
        return found
    return found.filter(Q(decided_at__gt=moment) | Q(decided_at=moment, id__gt=after))
