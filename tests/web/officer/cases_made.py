"""Cases for the tests of officials' pages: submitted applications with their case, through the product's own commands."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from doorleren.cases.models import Case, CaseAct
from doorleren.cases.references import reference_of
from doorleren.core.days import day_of
from doorleren.people.models import Body, Person, RoleKind
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.web import known
from doorleren.web.surroundings import now
from tests.decisions import made
from tests.web.officer.desk import Desk, with_role

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@contextmanager
def scheme_known(settings: Any, folder: Path, text: str = made.HARD) -> Iterator[Library]:
    """A site that knows a trial scheme; give its library."""
    settings.DOORLEREN_SCHEMES = (folder / "schemes",)
    library = made.library(folder, text)
    known.library.cache_clear()
    try:
        yield library
    finally:
        known.library.cache_clear()


class Bureau:
    """A body with its round, and somebody of each kind at a desk. `case` is one that Nadia applied for."""

    def __init__(self, known: Library, round_: Round) -> None:
        self.known, self.round, self.body = known, round_, round_.body
        self.fatima = self.desk(RoleKind.ASSESSOR, "Fatima")
        self.joost = self.desk(RoleKind.DECIDER, "Joost")
        self.pim = self.desk(RoleKind.PAYMASTER, "Pim")
        self.eva = self.desk(RoleKind.AUDITOR, "Eva")
        self.case = made.a_case(known, round_)
        self.at = f"/officer/cases/{self.case.reference}"

    def desk(self, kind: RoleKind, name: str, body: Body | None = None) -> Desk:
        """Give somebody at a desk."""
        return Desk(with_role(kind, name, body or self.body))

    def again(self) -> Case:
        """Give the case as it is now."""
        self.case.refresh_from_db()
        return self.case

    def acts(self) -> list[str]:
        """Name the acts on the case."""
        return list(CaseAct.objects.filter(case=self.case).order_by("number").values_list("act", flat=True))


def many(like: Case, number: int, *, to: Sequence[Person | None] = (None,), start: int = 1000) -> list[Case]:
    """Put cases into the table at once, for lists: received and due on days apart, given to these people in turn."""
    today = day_of(now())
    rows = []
    for place in range(number):
        who = to[place % len(to)]
        rows.append(Case(
            id=like.pk + start + place, reference=reference_of(like.pk + start + place), version_id=like.version_id,
            scheme=like.scheme, body_id=like.body_id, framework=like.framework, procedure=like.procedure,
            subject_kind="matter", subject_id=f"m{start + place}", received_on=today - timedelta(days=place % 50),
            decision_term=like.decision_term, due_on=_due(today, place), due_term="decision" if _due(today, place) else "",
            assigned_to=who, assigned_at=LONG_AGO if who else None, opened_at=LONG_AGO, last_act_at=LONG_AGO,
        ))  # fmt: skip
    return Case.objects.bulk_create(rows)


def _due(today: date, place: int) -> date | None:
    return None if place % 10 == 9 else today + timedelta(days=place % 30 - 5)
