"""Who fixes the scores of a round decides in its cases: they propose and release no payment there, and are not barred elsewhere."""

from pathlib import Path

import pytest

from doorleren.audit.acts import Party
from doorleren.cases.access import hands_of
from doorleren.decisions.commands.decide import grant
from doorleren.decisions.commands.rank_round import rank_waiting
from doorleren.payments.commands.release_run import PAYER
from doorleren.payments.jobs import follow_decisions
from doorleren.people.access import NotAllowed
from doorleren.people.models import RoleKind
from tests.decisions import made
from tests.decisions.made import AT, YES, assessed, by
from tests.decisions.scoring import Scoring, library, official
from tests.payments.paying import IBANS, PAYERS_IBAN, Scene, account, payee_of
from tests.people import made as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def ranked(tmp_path: Path) -> Scene:
    """A round that two deciders fixed, in which a third granted; both fixers are paymasters as well."""
    scoring = Scoring(library(tmp_path), ("Els",))
    scoring.all_give({"Els": (8, 8)})
    scoring.fix()
    assert rank_waiting(now=lambda: AT) == 1
    body, staff, case = scoring.round.body, scoring.staff, scoring.cases["Els"]
    for name in ("decider", "second"):
        people.role(staff[name], RoleKind.PAYMASTER, body=body)
    staff["other"] = official(body, "other", RoleKind.PAYMASTER)
    third = official(body, "Karel", RoleKind.DECIDER)
    assessed(case, scoring.known, staff["assessor"], YES)
    at = made.later()
    grant(case.pk, by=by(third, at), at=at, activities_until=made.UNTIL)
    follow_decisions(lambda: made.later(5))
    account(body, Party(PAYER, str(body.pk)), PAYERS_IBAN, staff)
    account(body, payee_of(case), IBANS[0], staff)
    return Scene(scoring.round, staff, (case,))


def test_who_fixed_the_scores_pays_nothing(ranked: Scene) -> None:
    """Both have a hand in deciding; neither releases a run nor has the case on one of their own, while another paymaster may."""
    (case,) = ranked.cases
    assert {ranked.staff[name].pk for name in ("decider", "second")} < hands_of(case.pk)["decide"]
    for name in ("decider", "second"):
        assert ranked.ahead(name) == {case.pk: "own_case"}
    run = ranked.propose().run
    for name in ("decider", "second"):
        with pytest.raises(NotAllowed, match="decided_it"):
            ranked.release(run, name)
    assert len(ranked.release(run, "other").ordered) == 1
