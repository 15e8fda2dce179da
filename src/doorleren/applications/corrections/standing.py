"""How a request stands: its steps, what ended it, the day by which it is answered, and lists of requests. Reads only."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from doorleren.applications.corrections.law import correction_law
from doorleren.applications.models import (
    CHANGES,
    ENDS,
    OBJECTION_ENDS,
    UPHOLDS,
    CorrectionAct,
    CorrectionRequest,
    CorrectionStep,
)
from doorleren.core.days import day_of
from doorleren.core.terms import Reckoned


@dataclass(frozen=True, slots=True)
class Standing:
    """A request with its steps, in their order."""

    request: CorrectionRequest
    steps: tuple[CorrectionStep, ...]

    @property
    def asked(self) -> CorrectionStep:
        """Give the first step, with what was asked."""
        return self.steps[0]

    @property
    def last(self) -> int:
        """Give the number of the last step."""
        return self.steps[-1].number

    @property
    def extended(self) -> CorrectionStep | None:
        """Give the step that extended the term; None while none did."""
        return next((one for one in self.steps if one.step == CorrectionAct.EXTENDED), None)

    @property
    def end(self) -> CorrectionStep | None:
        """Give the step that ended it; None while it is open."""
        return next((one for one in self.steps if one.step in ENDS), None)

    @property
    def objected(self) -> CorrectionStep | None:
        """Give the step by which somebody objected to the answer; None while nobody did."""
        return next((one for one in self.steps if one.step == CorrectionAct.OBJECTED), None)

    @property
    def objection_end(self) -> CorrectionStep | None:
        """Give the step that ended the objection; None while it is open, or there is none."""
        return next((one for one in self.steps if one.step in OBJECTION_ENDS), None)

    @property
    def contested(self) -> bool:
        """Say whether an objection waits for a decision."""
        return self.objected is not None and self.objection_end is None

    @property
    def waits(self) -> bool:
        """Say whether the authority must do something yet: answer, or decide on an objection."""
        return self.end is None or self.contested

    @property
    def changed(self) -> bool:
        """Say whether something was corrected or completed, which others may have to know."""
        answers = (self.end, self.objection_end)
        return any(one is not None and one.step in (*CHANGES, *UPHOLDS) for one in answers)

    @property
    def term(self) -> Reckoned:
        """Count the term for the answer, with each step of the calculation."""
        return correction_law().reckon(day_of(self.request.asked_at), extended=self.extended is not None)

    @property
    def due_on(self) -> date:
        """Give the day by which it must be answered, or decided on the objection."""
        return next((one.until for one in reversed(self.steps) if one.until is not None), self.request.due_on)


def standing_of(request: CorrectionRequest) -> Standing:
    """Read how a request stands."""
    return Standing(request, tuple(request.steps.select_related("request").order_by("number")))


def standings_of(requests: Iterable[CorrectionRequest]) -> list[Standing]:
    """Read how several stand, with one question."""
    some = list(requests)
    steps: dict[int, list[CorrectionStep]] = {one.pk: [] for one in some}
    for step in CorrectionStep.objects.filter(request__in=steps).select_related("request").order_by("number"):
        steps[step.request_id].append(step)
    return [Standing(one, tuple(steps[one.pk])) for one in some]


def requests() -> QuerySet[CorrectionRequest]:
    """Give all requests with what a page shows of them."""
    return CorrectionRequest.objects.select_related(
        "person", "body", "application__round__version", "application__activity"
    )


def open_at(bodies: Collection[int]) -> QuerySet[CorrectionRequest]:
    """Give the requests to these bodies that wait for an answer or a decision on an objection, by the day it is due (`due`)."""
    dated = (
        CorrectionStep.objects.filter(request=OuterRef("pk"), until__isnull=False).order_by("-number").values("until")
    )
    found = requests().filter(_waits(), body__in=bodies).annotate(due=Coalesce(Subquery(dated[:1]), F("due_on")))
    return found.order_by("due", "pk")


def open_page(bodies: Collection[int], after: int | None, size: int) -> tuple[list[CorrectionRequest], int | None]:
    """Give a page of the open requests after one (its number), and the number to go on after (None: there is no more)."""
    found: QuerySet[Any] = open_at(bodies)
    due = found.filter(pk=after or 0).values_list("due", flat=True).first()
    if due is not None:
        found = found.filter(Q(due__gt=due) | Q(due=due, pk__gt=after))
    rows = list(found[: size + 1])
    return rows[:size], rows[size - 1].pk if len(rows) > size else None


def ended_at(bodies: Collection[int]) -> QuerySet[CorrectionRequest]:
    """Give the requests to these bodies that were answered or taken back and wait for nothing, the newest first."""
    return requests().filter(~_waits(), body__in=bodies).order_by("-pk")


def open_of(person: int) -> QuerySet[CorrectionRequest]:
    """Give somebody's requests that wait for an answer or a decision on an objection."""
    return CorrectionRequest.objects.filter(_waits(), person=person)


def open_about() -> QuerySet[CorrectionRequest]:
    """Give all requests that wait for an answer or a decision on an objection."""
    return CorrectionRequest.objects.filter(_waits())


def _waits() -> Q:
    return ~_has(*ENDS) | (_has(CorrectionAct.OBJECTED) & ~_has(*OBJECTION_ENDS))


def _has(*steps: CorrectionAct) -> Q:
    return Q(Exists(CorrectionStep.objects.filter(request=OuterRef("pk"), step__in=steps)))
