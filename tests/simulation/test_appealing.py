"""Whole lives with many appeals: what holds of cases and money holds too where a court annuls decisions, answers to objections and debts."""

import pytest

from doorleren.cases.appeals import appeals_running, to_appeal
from doorleren.cases.commands.note_appeal import ENDS, note_appeal, note_judgment
from doorleren.cases.models import Case
from doorleren.cases.terms.appealing import ANNULLED
from doorleren.simulation import running
from doorleren.simulation.moves import next_act
from doorleren.simulation.preparing import PREPARES
from doorleren.simulation.world import Act, World
from tests.simulation.conftest import DIES_OPEN, not_seen

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600), DIES_OPEN]
STEPS, COURT = 700, 0.15
"""So long is a season here, and how often in it something goes to court, or comes back from there."""


def to_court(world: World, case: Case) -> Act:
    """Note an appeal against what was decided last, or how one ended: half of them in an annulment."""
    by, at = world.official(*PREPARES), world.at
    running_now = appeals_running(case)
    if running_now:
        judgment = ANNULLED if world.maybe(0.5) else world.chance.choice(ENDS)
        which = running_now[0].number
        return Act("note_judgment", lambda: note_judgment(case.pk, judgment, by=by, at=at, appeal=which), case.pk)
    against = to_appeal(case)[0].number
    return Act("note_appeal", lambda: note_appeal(case.pk, against, by=by, at=at), case.pk)


def with_appeals(world: World) -> Act:
    """Draw what is done, often in a case in which one can appeal or an appeal runs; most of all where an objection was answered."""
    if world.maybe(COURT):
        rows = Case.objects.filter(pk__in=world.season.cases, decided_at__isnull=False).order_by("pk")
        found = [one for one in rows if appeals_running(one) or to_appeal(one)]
        answered = [one for one in found if one.objection_decided_at]
        if found:
            return to_court(world, world.chance.choice(answered or found))
    return next_act(world)


def test_all_holds_where_courts_annul(monkeypatch: pytest.MonkeyPatch) -> None:
    """Decisions are annulled and taken again, objections are answered again, and nothing that must be true is broken."""
    monkeypatch.setattr(running, "next_act", with_appeals)
    monkeypatch.setattr(running, "SEASON_STEPS", STEPS)
    assert not not_seen(("judgment_noted", "appeal_ended", "objection_taken_up"), "court", STEPS)
