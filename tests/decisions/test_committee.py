"""A committee from appointment to places: what is declared, given, hidden, fixed by two, ranked; and who decides after it."""

from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection

from doorleren.applications.commands.withdraw_application import withdraw_application
from doorleren.applications.late_paper import takes_late_paper
from doorleren.audit.acts import SITE, checked
from doorleren.audit.models import Act
from doorleren.cases.access import hands_in, hands_of
from doorleren.cases.commands.note_dispatch import note_dispatch
from doorleren.cases.models import CaseAct
from doorleren.core.days import day_of
from doorleren.decisions.commands.act_by_letter import ask_by_letter
from doorleren.decisions.commands.appoint_scorer import appoint_scorer, end_scorer
from doorleren.decisions.commands.decide import grant, leave_out, refuse
from doorleren.decisions.commands.declare_interest import declare_interest
from doorleren.decisions.commands.fix_scores import fix_scores, propose_scores, withdraw_scores
from doorleren.decisions.commands.give_scores import give_scores
from doorleren.decisions.commands.rank_round import rank_round, rank_waiting
from doorleren.decisions.commands.receive_objection import receive_objection
from doorleren.decisions.committee.scores import interest_of, motivations_of
from doorleren.decisions.models import ActLetter, CommitteeMember, ConflictDeclaration, Ranked, Ranking, ScoreSheet
from doorleren.decisions.refusing import DecisionRefused
from doorleren.letters.queries import content_of
from doorleren.people.access import NotAllowed
from doorleren.people.models import Person, RoleKind
from doorleren.rounds.commands.fill_freed import fill_freed
from doorleren.rounds.days import LATE_DAYS
from doorleren.rounds.models import Allocation, Gate, Place
from doorleren.rounds.queries import place_now
from tests.decisions import made
from tests.decisions.made import AT, YES, assessed, by, later
from tests.decisions.scoring import BEST_FIRST, BY_CRITERIA, Scoring, library, official
from tests.people import made as people

NAMES = ("Els", "Finn", "Gea", "Hugo", "Ilse")
POINTS = {"Els": (6, 6), "Finn": (9, 9), "Gea": (4, 10), "Hugo": (7, 6), "Ilse": (5, 5)}
"""Best first: Finn, Hugo, Els, Ilse; Gea is below the threshold of quality although her sum is that of Els."""


@pytest.fixture
def scoring(tmp_path: Path, db: None) -> Scoring:
    """A round with five cases and two members."""
    return Scoring(library(tmp_path), NAMES)


@pytest.fixture
def small(tmp_path: Path, db: None) -> Scoring:
    """The same with two cases."""
    return Scoring(library(tmp_path), NAMES[:2])


def ranked_round(scoring: Scoring) -> Ranking:
    """Score, fix and rank."""
    scoring.all_give(POINTS)
    ranking = scoring.fix()
    assert rank_waiting(now=lambda: AT) == 1
    return ranking


def places(scoring: Scoring) -> dict[str, tuple[int, str, int]]:
    """Give position, outcome and cents by name."""
    rows = {one.ticket_id: one for one in Place.objects.all()}
    found = {name: rows[scoring.of(name).ticket.pk] for name in scoring.names}
    return {name: (one.position, one.outcome, one.cents) for name, one in found.items()}


def test_from_scores_to_places_and_a_decision(scoring: Scoring) -> None:
    """The best two fit, the third gets what is left, the fourth and who is not good enough stand outside; then somebody else decides."""
    assert not Place.objects.exists()
    ranked_round(scoring)
    assert places(scoring) == {
        "Finn": (1, "inside", 69995), "Hugo": (2, "inside", 69995), "Els": (3, "inside", 10010),
        "Ilse": (4, "outside", 0), "Gea": (5, "outside", 0),
    }  # fmt: skip
    assert list(Ranked.objects.order_by("rank").values_list("rank", "numerator", "denominator", "drawn")) == [
        (1, 27, 1, False), (2, 20, 1, False), (3, 18, 1, False), (4, 15, 1, False), (None, 18, 1, False),
    ]  # fmt: skip
    assert [rank_waiting(now=lambda: AT), rank_round(Ranking.objects.get().pk, at=AT)] == [0, 0]
    case = scoring.cases["Els"]
    assessed(case, scoring.known, scoring.staff["assessor"])
    for one in scoring.members:
        people.role(one, RoleKind.DECIDER, body=case.body)
        with pytest.raises(NotAllowed, match="assessed_it"):
            grant(case.pk, by=by(one), at=AT)
    decision = grant(case.pk, by=by(scoring.staff["second"]), at=AT)
    assert (decision.kind, decision.amount_cents, decision.position) == ("partly_granted", 10010, 3)
    acts = Act.objects.filter(subject_kind="round").order_by("id").values_list("act", flat=True)
    assert [one for one in acts if one in {"appointed_scorer", "proposed_scores", "fixed_scores", "allocated", "ranked"}] == [
        "appointed_scorer", "appointed_scorer", "proposed_scores", "fixed_scores", "allocated", "ranked",
    ]  # fmt: skip
    assert checked().broken is None


def test_a_refusal_says_what_is_lacking_money_or_quality(scoring: Scoring) -> None:
    """Who ranks below the ceiling is refused for the ceiling; who is not good enough is not, and gets no freed place either."""
    ranked_round(scoring)
    for name in ("Gea", "Ilse"):
        assessed(scoring.cases[name], scoring.known, scoring.staff["assessor"], YES)
    with pytest.raises(DecisionRefused, match="Deze grond volgt niet"):
        refuse(scoring.cases["Gea"].pk, "ceiling", by=by(scoring.staff["decider"]), at=AT)
    for name in ("Finn", "Hugo"):
        person = Person.objects.get(name=name)
        withdraw_application(int(scoring.cases[name].subject_id), by=people.signed_in(person, at=AT), at=AT)
    fill_freed(scoring.round.pk, at=AT)
    now = {name: place_now(scoring.of(name).ticket) for name in ("Els", "Ilse", "Gea")}
    assert {name: (one.outcome, one.cents) for name, one in now.items() if one} == {
        "Els": ("inside", 69995), "Ilse": ("inside", 69995), "Gea": ("outside", 0),
    }  # fmt: skip


def test_the_ceiling_refuses_who_ranks_below_it(scoring: Scoring) -> None:
    """The fourth is good enough, and refused because the money is spent; the letter says score and place."""
    ranked_round(scoring)
    assessed(scoring.cases["Ilse"], scoring.known, scoring.staff["assessor"], YES)
    decision = refuse(scoring.cases["Ilse"].pk, "ceiling", by=by(scoring.staff["decider"]), at=AT)
    assert (decision.kind, decision.article, decision.position) == ("refused", "Awb, art. 4:25(2)", 4)
    told = str(content_of(ActLetter.objects.get(act=decision.act).letter).plain())
    assert "van ten hoogste 30 punten" in told
    assert "staat u op plek 4 van" in told


def test_scores_are_hidden_until_ones_own_are_given(small: Scoring) -> None:
    """A member sees a case's scores with their own, others when all are in, and who has a conflict never; the words are sealed."""
    anna, bram = small.members
    decider = small.staff["decider"].pk
    small.declare(anna, "Els")
    sheet = small.give(anna, "Els", 6, 7)
    shows = {who: small.again.shows(small.of("Els"), who) for who in (anna.pk, bram.pk, decider)}
    assert shows == {anna.pk: True, bram.pk: False, decider: False}
    assert motivations_of(sheet) == {"quality": "goed onderbouwd", "reach": "veel mensen"}
    assert b"onderbouwd" not in bytes(sheet.content)
    small.declare(bram, "Els")
    assert not small.again.shows(small.of("Els"), bram.pk)
    small.give(bram, "Els", 8, 8)
    assert small.again.shows(small.of("Els"), bram.pk)
    assert not small.again.shows(small.of("Els"), decider)
    for one in (anna, bram):
        small.declare(one, "Finn")
        small.give(one, "Finn", 5, 5)
    assert small.again.shows(small.of("Els"), decider)
    small.declare(bram, "Els", conflict=True)
    assert not small.again.shows(small.of("Els"), bram.pk)
    assert set(small.of("Els").sheets) == {anna.pk}
    declared = ConflictDeclaration.objects.get(conflict=True)
    assert interest_of(declared) == ("work", "mijn broer werkt daar")
    assert b"broer" not in bytes(declared.content or b"")


def test_the_order_of_scoring(small: Scoring) -> None:
    """First declare, then score; who has an interest, is no member or no assessor does not; the last sheet counts."""
    anna, bram = small.members
    with pytest.raises(DecisionRefused, match="Verklaar eerst"):
        small.give(anna, "Els", 6, 6)
    small.declare(anna, "Els", conflict=True)
    with pytest.raises(DecisionRefused, match="U hebt een belang"):
        small.give(anna, "Els", 6, 6)
    assert not CaseAct.objects.filter(act="advised").exists()
    with pytest.raises(DecisionRefused, match="niet in de commissie"):
        small.declare(small.staff["assessor"], "Els")
    with pytest.raises(NotAllowed, match="no_role"):
        small.declare(small.staff["decider"], "Els")
    small.declare(bram, "Els")
    small.give(bram, "Els", 6, 6)
    small.give(bram, "Els", 9, 6)
    assert {one.criterion: one.points for one in small.of("Els").sheets[bram.pk].scores.all()} == {
        "quality": 9,
        "reach": 6,
    }
    assert ScoreSheet.objects.count() == 2


@pytest.mark.parametrize(
    ("points", "why", "field"),
    [
        ({"quality": 11, "reach": 1}, {"quality": "a", "reach": "b"}, "points-quality"),
        ({"quality": 1}, {"quality": "a", "reach": "b"}, "points-reach"),
        ({"quality": 1, "reach": 1}, {"quality": "a", "reach": " "}, "why-reach"),
        ({"quality": 1, "reach": 1, "looks": 1}, {"quality": "a", "reach": "b"}, "points-looks"),
    ],
    ids=["off-the-scale", "left-out", "no-motivation", "unknown"],
)  # fmt: skip
def test_scores_that_are_not_whole(small: Scoring, points: dict[str, int], why: dict[str, str], field: str) -> None:
    """Points off the scale, a criterion left out or unknown, and no motivation are refused, naming the field."""
    anna = small.members[0]
    small.declare(anna, "Els")
    with pytest.raises(DecisionRefused) as refused:
        give_scores(small.cases["Els"].pk, points, why, by=by(anna), at=AT)
    assert (refused.value.field, ScoreSheet.objects.count()) == (field, 0)


def test_who_is_appointed(small: Scoring) -> None:
    """Assessors of the body, once, by another; who leaves still counts for what they gave; nothing changes once scores are proposed."""
    decider, anna = small.staff["decider"], small.members[0]
    both = official(small.round.body, "Cas", RoleKind.ASSESSOR, RoleKind.DECIDER)
    for who, person, said in (
        (decider, small.staff["paymaster"], "geen beoordelaar"), (decider, anna, "zit al in de commissie"), (both, both, "uzelf"),
    ):  # fmt: skip
        with pytest.raises(DecisionRefused, match=said):
            appoint_scorer(small.round.pk, person.pk, by=by(who), at=AT)
    with pytest.raises(NotAllowed, match="no_role"):
        appoint_scorer(small.round.pk, both.pk, by=by(anna), at=AT)
    small.all_give({"Els": (6, 6), "Finn": (7, 7)})
    member = CommitteeMember.objects.get(person=anna)
    end_scorer(member.pk, by=by(decider), at=later())
    assert len(small.of("Els").sheets) == 2
    with pytest.raises(DecisionRefused, match="al beëindigd"):
        end_scorer(member.pk, by=by(decider), at=later())
    propose_scores(small.round.pk, by=by(decider, later()), at=later())
    with pytest.raises(DecisionRefused, match="verandert nu niets meer"):
        small.give(small.members[1], "Els", 9, 9)
    with pytest.raises(DecisionRefused, match="verandert nu niets meer"):
        appoint_scorer(small.round.pk, both.pk, by=by(decider, later()), at=later())


def test_fixing_takes_two_who_gave_none(small: Scoring) -> None:
    """Not before all is in, not by a member, not by who proposed, not another list than was looked at; a proposal can be withdrawn."""
    decider, second, anna = small.staff["decider"], small.staff["second"], small.members[0]
    with pytest.raises(DecisionRefused, match="bij 2 aanvragen ontbreekt er iets"):
        propose_scores(small.round.pk, by=by(decider), at=AT)
    small.all_give({"Els": (6, 6), "Finn": (7, 7)})
    people.role(anna, RoleKind.DECIDER, body=small.round.body)
    with pytest.raises(NotAllowed, match="assessed_it"):
        propose_scores(small.round.pk, by=by(anna), at=AT)
    one = propose_scores(small.round.pk, by=by(decider), at=AT)
    with pytest.raises(NotAllowed, match="oneself"):
        fix_scores(one.pk, one.digest, by=by(decider), at=AT)
    with pytest.raises(DecisionRefused, match="niet de scores die zijn voorgesteld"):
        fix_scores(one.pk, "a" * 64, by=by(second), at=AT)
    with pytest.raises(DecisionRefused, match="nog niet vastgesteld"):
        rank_round(one.pk, at=AT)
    withdraw_scores(one.pk, by=by(second), at=AT)
    with pytest.raises(DecisionRefused, match="wacht niet meer"):
        fix_scores(one.pk, one.digest, by=by(second), at=AT)
    small.give(small.members[1], "Els", 9, 9)
    assert small.fix().digest != one.digest


def test_who_had_another_hand_in_a_case_fixes_nothing(small: Scoring) -> None:
    """Who assessed one of the cases neither proposes nor fixes the scores; who fixed them has decided in every case, and assesses none."""
    decider, second = small.staff["decider"], small.staff["second"]
    people.role(second, RoleKind.ASSESSOR, body=small.round.body)
    small.all_give({"Els": (6, 6), "Finn": (7, 7)})
    assessed(small.cases["Els"], small.known, second, YES)
    with pytest.raises(NotAllowed, match="assessed_it"):
        propose_scores(small.round.pk, by=by(second), at=AT)
    one = propose_scores(small.round.pk, by=by(decider), at=AT)
    with pytest.raises(NotAllowed, match="assessed_it"):
        fix_scores(one.pk, one.digest, by=by(second), at=AT)
    assert hands_of(small.cases["Finn"].pk).get("decide") is None
    third = official(small.round.body, "Karel", RoleKind.DECIDER, RoleKind.ASSESSOR)
    fix_scores(one.pk, one.digest, by=by(third), at=AT)
    for case in small.cases.values():
        assert hands_of(case.pk)["decide"] == {decider.pk, third.pk}
    with pytest.raises(NotAllowed, match="decided_it"):
        assessed(small.cases["Finn"], small.known, third, YES)


def test_who_proposed_and_then_assessed_is_not_one_of_the_two(small: Scoring) -> None:
    """A proposal of somebody who assessed a case after it is not fixed, nobody gets a hand by it, and it can be withdrawn."""
    decider, second = small.staff["decider"], small.staff["second"]
    people.role(decider, RoleKind.ASSESSOR, body=small.round.body)
    small.all_give({"Els": (6, 6), "Finn": (7, 7)})
    one = propose_scores(small.round.pk, by=by(decider), at=AT)
    assessed(small.cases["Els"], small.known, decider, YES)
    with pytest.raises(DecisionRefused, match="Wie de scores voorstelde") as refused:
        fix_scores(one.pk, one.digest, by=by(second), at=AT)
    assert refused.value.code == "proposer"
    assert not any("decide" in hands for hands in hands_in([case.pk for case in small.cases.values()]).values())
    assert withdraw_scores(one.pk, by=by(second), at=AT).withdrawn_at == AT


def test_rounds_ranked_before_leave_hands_too(scoring: Scoring) -> None:
    """The migration keeps the hands of both who fixed a round whose list was made before hands were kept, in every case of it."""
    ranking = ranked_round(scoring)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica; DELETE FROM cases_hand")  # as it was before
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute(import_module("doorleren.decisions.migrations.0021_ranked_by_hands").RANKED)
    assert hands_in([one.pk for one in scoring.cases.values()]) == {
        one.pk: {"decide": {ranking.proposed_by_id, ranking.fixed_by_id}} | (
            {"assess": {who.pk for who in scoring.members}}
        ) for one in scoring.cases.values()
    }  # fmt: skip


def test_fixing_waits_for_paper_of_before_the_closing(small: Scoring) -> None:
    """While paper can still be entered no scores are proposed, nor fixed; who comes in on the last day is scored with the others."""
    decider, second = small.staff["decider"], small.staff["second"]
    small.all_give({"Els": (6, 6), "Finn": (7, 7)})
    ranking = propose_scores(small.round.pk, by=by(decider), at=AT)
    closed = AT - timedelta(days=LATE_DAYS)
    Gate.objects.filter(pk=small.round.pk).update(closed_at=closed)
    with pytest.raises(DecisionRefused, match="Tot en met 12 maart 2026 kan een aanvraag op papier"):
        fix_scores(ranking.pk, ranking.digest, by=by(second), at=AT)
    withdraw_scores(ranking.pk, by=by(second), at=AT)
    with pytest.raises(DecisionRefused, match="Geef die ook punten"):
        propose_scores(small.round.pk, by=by(decider), at=AT)
    assert takes_late_paper(small.round, at=AT) == day_of(closed)
    Gate.objects.filter(pk=small.round.pk).update(closed_at=None, ended="")
    made.applied(small.known, small.round, "Gea")  # on paper, the last day
    Gate.objects.filter(pk=small.round.pk).update(closed_at=closed)
    morrow = AT + timedelta(days=1)
    assert takes_late_paper(small.round, at=morrow) is None
    with pytest.raises(DecisionRefused, match="1 aanvragen hebben nog geen zaak"):
        propose_scores(small.round.pk, by=by(decider, morrow), at=morrow)


def test_who_is_left_out_is_not_ranked(small: Scoring) -> None:
    """An application that was left out of treatment is no longer scored, also once there is an objection; the round goes on without."""
    out = small.cases["Els"]
    ask_by_letter(
        out.pk, until=day_of(AT) + timedelta(days=14), parts={"training.price": "de prijs"}, explains=False,
        by=by(small.staff["assessor"], later(1)), at=later(1),
    )  # fmt: skip
    asked = out.rows.get(act="asked_to_complete")
    note_dispatch(out.pk, of=asked.number, on=day_of(AT), by=SITE, at=later(2))
    small.at = AT + timedelta(days=15)
    leave_out(out.pk, by=by(small.staff["decider"], small.at), at=small.at)
    assert [one.case for one in small.again.cases] == [small.cases["Finn"]]
    small.at += timedelta(days=1)
    receive_objection(out.pk, "Ik stuurde het wel.", by=by(small.staff["assessor"], small.at), at=small.at)
    out.refresh_from_db()
    assert out.state == "objection"
    for who in small.members:
        small.declare(who, "Finn")
        small.give(who, "Finn", 9, 9)
    assert small.fix().fixed_at == small.at


def test_too_few_scorers(small: Scoring) -> None:
    """Where interests leave one member, the case waits until another is appointed."""
    anna, bram = small.members
    small.all_give({"Els": (6, 6), "Finn": (7, 7)})
    small.declare(anna, "Els", conflict=True)
    assert (small.of("Els").too_few, small.of("Els").done) == (True, False)
    carla = official(small.round.body, "Carla", RoleKind.ASSESSOR)
    appoint_scorer(small.round.pk, carla.pk, by=by(small.staff["decider"]), at=AT)
    for name in ("Els", "Finn"):
        small.declare(carla, name)
        small.give(carla, name, 6, 6)
    assert set(small.of("Els").sheets) == {bram.pk, carla.pk}
    assert small.again.done


def test_the_same_score_waits_for_the_draw(small: Scoring) -> None:
    """Where the round says so, the list waits for a seed and then follows from it."""
    small.all_give({"Els": (7, 8), "Finn": (8, 6)})
    ranking = small.fix()
    assert rank_waiting(now=lambda: AT) == 0
    with pytest.raises(DecisionRefused, match="Houd eerst de loting"):
        rank_round(ranking.pk, at=AT)
    Allocation.objects.filter(pk=small.round.pk).update(seed="5e" * 32)
    assert rank_waiting(now=lambda: AT) == 1
    assert set(Ranked.objects.values_list("rank", "drawn")) == {(1, True), (2, True)}


def test_the_same_score_by_the_criteria(tmp_path: Path, db: None) -> None:
    """Where the round says that the criteria settle it, the one with more for the first criterion stands first, without a draw."""
    small = Scoring(library(tmp_path, BY_CRITERIA), NAMES[:2])
    small.all_give({"Els": (7, 8), "Finn": (8, 6)})
    small.fix()
    assert rank_waiting(now=lambda: AT) == 1
    assert {name: one[0] for name, one in places(small).items()} == {"Finn": 1, "Els": 2}


def test_a_scheme_without_criteria(tmp_path: Path, db: None) -> None:
    """Then nobody can score, and it is said so."""
    small = Scoring(library(tmp_path, BEST_FIRST[: BEST_FIRST.index("[[criterion]]")]), NAMES[:1])
    declare_interest(small.cases["Els"].pk, conflict=False, by=by(small.members[0]), at=AT)
    with pytest.raises(DecisionRefused, match="geen criteria"):
        give_scores(small.cases["Els"].pk, {}, {}, by=by(small.members[0]), at=AT)
