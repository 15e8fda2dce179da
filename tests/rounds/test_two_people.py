"""Acts on a round by two people: one proposes, another releases, and only then something happens, all of it or nothing."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from doorleren.audit.acts import checked
from doorleren.audit.models import Act
from doorleren.people.access import NotAllowed
from doorleren.people.models import Body, RoleKind
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.answers import RoundRefused
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.fix_place import fix_place
from doorleren.rounds.commands.open_gate import close_gate, open_gate
from doorleren.rounds.commands.propose_act import propose_act, propose_announcement
from doorleren.rounds.commands.release_act import release_act
from doorleren.rounds.commands.withdraw_proposal import withdraw_proposal
from doorleren.rounds.models import Gate, Place, PotPart, Round, RoundProposal
from doorleren.rounds.pot import Ceiling
from doorleren.rounds.queries import pot_of
from doorleren.rounds.times import due_to_close
from doorleren.rules.library import Library, open_library
from tests.people import made as people
from tests.rounds.made import AT, US, a_round, announced, tickets

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


@pytest.fixture(scope="module")
def library() -> Library:
    """The schemes that we ship."""
    return open_library()


def decider(name: str, body: Body | None = None, kind: RoleKind = RoleKind.DECIDER, at: datetime = AT) -> SignedIn:
    """Somebody who decides for the body of the rounds here, and has just signed in."""
    who = people.person(name=name)
    people.role(who, kind, body=body or Body.objects.get_or_create(code="body", defaults={"name": "Body"})[0])
    return people.signed_in(who, at=at)


def together(act: str, row: Round, library: Library, at: datetime = AT, **details: Any) -> RoundProposal:
    """Propose by one and release by another."""
    first, second = decider("Joost", at=at), decider("Mirjam", at=at)
    made = propose_act(act, round_=row.pk, details=details, reason="Nodig.", by=first, at=at)
    return release_act(made.pk, library=library, by=second, at=at)


def gate(row: Round) -> tuple[bool, bool]:
    """Say whether the gate was opened, and whether it is shut."""
    found = Gate.objects.get(pk=row.pk)
    return found.opened_at is not None, found.closed_at is not None


def test_nothing_happens_before_another_releases_it(library: Library) -> None:
    """A proposal changes nothing; its release opens the gate, and both names stand in the record, whose chain is whole."""
    row, joost, mirjam = a_round(opened=False), decider("Joost"), decider("Mirjam")
    made = propose_act("open", round_=row.pk, reason="Het is tijd.", by=joost, at=AT)
    assert gate(row) == (False, False)
    release_act(made.pk, library=library, by=mirjam, at=AT)
    assert gate(row) == (True, False)
    told = list(Act.objects.filter(subject_kind="round_proposal").values_list("act", "actor_id"))
    assert told == [("proposed", str(joost.person)), ("released", str(mirjam.person))]
    assert Act.objects.get(act="opened").actor_id == str(mirjam.person)
    assert checked().broken is None


def test_nobody_releases_their_own(library: Library) -> None:
    """Who proposed cannot release, by the command and by the database; nothing has happened."""
    row, joost = a_round(opened=False), decider("Joost")
    made = propose_act("open", round_=row.pk, reason="Het is tijd.", by=joost, at=AT)
    with pytest.raises(NotAllowed) as refused:
        release_act(made.pk, library=library, by=joost, at=AT)
    assert refused.value.refused.reason == "oneself"
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        RoundProposal.objects.filter(pk=made.pk).update(released_by=joost.person, released_at=AT)
    assert gate(row) == (False, False)


@pytest.mark.parametrize("kind", [RoleKind.ASSESSOR, RoleKind.AUDITOR, RoleKind.ADMINISTRATOR, RoleKind.POLICY_MAKER])
def test_another_role_may_not(library: Library, kind: RoleKind) -> None:
    """Only who decides proposes, releases and withdraws."""
    row, other = a_round(opened=False), decider("Otto", kind=kind)
    made = propose_act("open", round_=row.pk, reason="Het is tijd.", by=decider("Joost"), at=AT)
    with pytest.raises(NotAllowed):
        propose_act("close", round_=row.pk, reason="Nu.", by=other, at=AT)
    with pytest.raises(NotAllowed):
        release_act(made.pk, library=library, by=other, at=AT)
    with pytest.raises(NotAllowed):
        withdraw_proposal(made.pk, by=other, at=AT)


def test_another_body_may_not(library: Library) -> None:
    """Who decides for another body may do nothing here; nor who proved long ago who they are."""
    row, elsewhere = a_round(opened=False), decider("Ver", body=people.body("elders"))
    made = propose_act("open", round_=row.pk, reason="Het is tijd.", by=decider("Joost"), at=AT)
    for act in (lambda: propose_act("open", round_=row.pk, reason="x", by=elsewhere, at=AT),
                lambda: release_act(made.pk, library=library, by=elsewhere, at=AT),
                lambda: withdraw_proposal(made.pk, by=elsewhere, at=AT)):  # fmt: skip
        with pytest.raises(NotAllowed) as refused:
            act()
        assert refused.value.refused.reason == "other_place"
    with pytest.raises(NotAllowed) as refused:
        release_act(made.pk, library=library, by=decider("Moe", at=AT - timedelta(hours=1)), at=AT)
    assert refused.value.refused.reason == "renewal"


def test_a_proposal_is_decided_once(library: Library) -> None:
    """What was released or withdrawn is neither released nor withdrawn again, and the same waits only once."""
    row, joost, mirjam = a_round(opened=False), decider("Joost"), decider("Mirjam")
    made = propose_act("open", round_=row.pk, reason="Het is tijd.", by=joost, at=AT)
    with pytest.raises(RoundRefused, match="wacht al"):
        propose_act("open", round_=row.pk, reason="Nog eens.", by=mirjam, at=AT)
    withdraw_proposal(made.pk, by=joost, at=AT)
    for act in (
        lambda: release_act(made.pk, library=library, by=mirjam, at=AT),
        lambda: withdraw_proposal(made.pk, by=mirjam, at=AT),
    ):
        with pytest.raises(RoundRefused, match="al beslist"):
            act()
    propose_act("open", round_=row.pk, reason="Nu wel.", by=joost, at=AT)
    assert gate(row) == (False, False)


@pytest.mark.parametrize(
    "change", [{"act": "close"}, {"details": {"a": 1}}, {"reason": "x"}, {"released_by": None}, None], ids=str
)
def test_what_was_proposed_stays(library: Library, change: dict[str, Any] | None) -> None:
    """The database refuses to change or remove a proposal, and to take its release back."""
    row = a_round(opened=False)
    made = together("open", row, library)
    found = RoundProposal.objects.filter(pk=made.pk)
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        _ = found.delete() if change is None else found.update(**change)


def test_before_its_time_it_is_released_and_not_opened(library: Library) -> None:
    """An opening that is released beforehand leaves the gate shut; it cannot be proposed a second time."""
    row = a_round(opened=False)
    Round.objects.filter(pk=row.pk).update(opens_at=LATER)
    together("open", row, library)
    assert gate(row) == (False, False)
    with pytest.raises(RoundRefused, match="al vrijgegeven"):
        propose_act("open", round_=row.pk, reason="x", by=decider("Bo"), at=AT)


@pytest.mark.parametrize(
    ("act", "details"), [("close", {}), ("reopen", {"until": None}), ("rob", {}), ("announce", {})], ids=["close", "reopen", "rob", "announce"]
)  # fmt: skip
def test_what_cannot_be_done_is_not_proposed(act: str, details: dict[str, Any]) -> None:
    """A round that never opened is not closed or reopened; an act that does not exist is not proposed."""
    row = a_round(opened=False)
    with pytest.raises(RoundRefused):
        propose_act(act, round_=row.pk, details=details, reason="x", by=decider("Bo"), at=AT)
    assert not RoundProposal.objects.exists()


def test_what_became_impossible_is_not_released(library: Library) -> None:
    """A round that was closed meanwhile is not closed again: the proposal still waits, and nothing was recorded."""
    row, mirjam = a_round(), decider("Mirjam")
    made = propose_act("close", round_=row.pk, reason="Genoeg.", by=decider("Joost"), at=AT)
    close_gate(row.pk, by=US, at=AT)
    with pytest.raises(RoundRefused, match="niet open"):
        release_act(made.pk, library=library, by=mirjam, at=AT)
    made.refresh_from_db()
    assert made.waits
    assert not Act.objects.filter(act="released").exists()


@pytest.mark.parametrize("reason", ["", "  ", "\x00", "x" * 1001], ids=["none", "blank", "nul", "long"])
def test_a_reason_is_needed(reason: str) -> None:
    """Without a reason, or with one that is too long, nothing is proposed; the refusal names the field."""
    with pytest.raises(RoundRefused) as refused:
        propose_act("close", round_=a_round().pk, reason=reason, by=decider("Bo"), at=AT)
    assert refused.value.field == "reason"


def test_reopened_until_its_new_time(library: Library) -> None:
    """A closed round lets submissions through again until the moment that two people chose, and closes then."""
    row = a_round(announced(cents=100), opened=False)
    together("open", row, library)
    close_gate(row.pk, by=US, at=AT)
    together("reopen", row, library, until=LATER.isoformat())
    assert gate(row) == (True, False)
    assert due_to_close(LATER - timedelta(seconds=1)) == []
    assert due_to_close(LATER) == [(row.pk, "time")]


def test_what_is_empty_or_over_is_not_reopened(library: Library) -> None:
    """A round without money left, a moment that has passed, and a round whose places were drawn stay closed."""
    empty, drawn = a_round(announced(cents=10)), a_round(announced("draw", cents=10))
    for row in (empty, drawn):
        tickets(row, [(10, "")])
        close_gate(row.pk, by=US, at=AT)
    allocate(empty.pk, at=AT)
    allocate(drawn.pk, at=AT, order=[(drawn.pk << 32) + 1])
    for row, until, words in ((empty, LATER, "pot is leeg"), (drawn, LATER, "loting"), (a_closed(), AT, "nog komt")):
        with pytest.raises(RoundRefused, match=words):
            propose_act(
                "reopen", round_=row.pk, details={"until": until.isoformat()}, reason="x", by=decider("B"), at=AT
            )


def a_closed() -> Round:
    """Give a round that is closed and has money left."""
    row = a_round(announced(cents=10))
    close_gate(row.pk, by=US, at=AT)
    return row


def test_money_moves_and_the_sum_stays(library: Library) -> None:
    """What moves to another round can be given there at once; both ceilings together are what they were."""
    one, other = a_round(announced(cents=1000)), a_round(announced(cents=100))
    together("move_money", one, library, part="", to_round=other.pk, to_part="", cents=400)
    tickets(other, [(500, ""), (1, "")])
    tickets(one, [(601, "")])
    for row in (one, other):
        allocate(row.pk, at=AT)
    assert list(Place.objects.order_by("cents").values_list("outcome", "cents")) == [
        ("outside", 0),
        ("outside", 0),
        ("inside", 500),
    ]
    assert sum(PotPart.objects.values_list("ceiling_cents", flat=True)) == 1100
    assert (pot_of(one).left("").cents, pot_of(other).left("").cents) == (600, 0)


def test_money_moves_between_parts_of_one_round(library: Library) -> None:
    """From what is set apart for a kind to everybody: the kind has less, the others more, together the same."""
    row = a_round(announced(cents=1000, apart={"small": Ceiling(300)}))
    together("move_money", row, library, part="small", to_round=row.pk, to_part="", cents=250)
    assert (pot_of(row).left("small").cents, pot_of(row).left("").cents) == (50, 950)
    assert pot_of(row).rules.ceiling.cents == 1000


def test_money_that_is_reserved_does_not_move() -> None:
    """Never more than is free, never nothing, never to the same part, to another body, or past who was decided on outside."""
    one, other = a_round(announced(cents=1000)), a_round(announced(cents=100))
    tickets(one, [(900, "")])
    allocate(one.pk, at=AT)
    (outside,) = tickets(other, [(500, "")])
    allocate(other.pk, at=AT)
    fix_place(outside.pk, at=AT)
    free, elsewhere = a_round(announced(cents=5)), a_round(announced(cents=5))
    Round.objects.filter(pk=elsewhere.pk).update(body=people.body("elders"))
    bo = decider("Bo")
    for to_round, cents, field in (
        (free.pk, 101, "cents"), (free.pk, 0, "cents"), (free.pk, -5, "cents"), (one.pk, 1, "to_part"),
        (elsewhere.pk, 1, "to_part"), (other.pk, 1, "to_part"), (10**9, 1, "to_part"),
    ):  # fmt: skip
        details = {"part": "", "to_round": to_round, "to_part": "", "cents": cents}
        with pytest.raises(RoundRefused) as refused:
            propose_act("move_money", round_=one.pk, details=details, reason="x", by=bo, at=AT)
        assert refused.value.field == field
    details = {"part": "", "to_round": free.pk, "to_part": "", "cents": 100}
    assert propose_act("move_money", round_=one.pk, details=details, reason="x", by=bo, at=AT).waits


def test_a_round_of_a_file_is_announced(tmp_path: Path, library: Library) -> None:
    """Any round that stands in a scheme's file is announced by two people of the body that executes it, and by no other."""
    scheme, version, opened = next(
        (scheme, version, one)
        for scheme in library.schemes.values()
        for version in scheme.versions[-1:]
        for one in version.rounds
    )
    name = version.body.get("executes") or version.body.get("decides") or version.id
    body = Body.objects.create(code="uitvoert", name=name)
    made = propose_announcement(scheme.id, opened.id, body, reason="Nodig.", by=decider("Joost", body), at=AT)
    assert not Round.objects.exists()
    with pytest.raises(RoundRefused, match="wacht al"):
        propose_announcement(scheme.id, opened.id, body, reason="Nodig.", by=decider("Bo", body), at=AT)
    done = release_act(made.pk, library=library, by=decider("Mirjam", body), at=AT)
    assert (done.round.code, done.round.body_id) == (opened.id, body.pk)
    strange = Body.objects.create(code="vreemd", name="Vreemd")
    for code in (opened.id, "bestaat-niet"):
        wrong = propose_announcement(scheme.id, code, strange, reason="x", by=decider("A", strange), at=AT)
        with pytest.raises(RoundRefused):
            release_act(wrong.pk, library=library, by=decider("B", strange), at=AT)
    assert Round.objects.count() == 1


def test_opened_by_hand_meanwhile(library: Library) -> None:
    """An opening that the operator was ahead of is refused, and stays to be withdrawn."""
    row = a_round(opened=False)
    made = propose_act("open", round_=row.pk, reason="x", by=decider("Joost"), at=AT)
    open_gate(row.pk, by=US, at=AT)
    with pytest.raises(RoundRefused, match="al geopend"):
        release_act(made.pk, library=library, by=decider("Mirjam"), at=AT)
    withdraw_proposal(made.pk, by=decider("Fem"), at=AT)
