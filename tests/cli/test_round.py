"""`doorleren round`: two people announce, open and close a round of a scheme's file; what cannot be is said in a line."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from doorleren.cli import round as command
from doorleren.cli.program import _parser
from doorleren.people.models import Assurance, Body, RoleKind
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.commands.announce_from_scheme import NoSuchRound, announce_from_scheme, executing_body
from doorleren.rounds.commands.propose_act import propose_act
from doorleren.rounds.commands.release_act import release_act
from doorleren.rounds.models import Round, RoundProposal
from doorleren.rules.library import Library, open_library
from doorleren.rules.versions import Version
from tests.people import made as people
from tests.rounds.made import US

pytestmark = pytest.mark.django_db
Known = tuple[str, str]


@pytest.fixture(scope="module")
def version() -> tuple[str, Version]:
    """Find the newest version of a scheme with a round that has a ceiling in money, with the id of its scheme."""
    library: Library = open_library()
    return next(
        (scheme.id, version)
        for scheme in library.schemes.values()
        for version in scheme.versions[-1:]
        for opened in version.rounds
        if opened.ceiling_money is not None
    )


@pytest.fixture
def known(version: tuple[str, Version], monkeypatch: pytest.MonkeyPatch) -> Known:
    """Name that round, and let it be an hour after it opened."""
    opened = next(one for one in version[1].rounds if one.ceiling_money is not None)
    at = opened.opens.astimezone(UTC) + timedelta(hours=1)
    monkeypatch.setattr(command, "now", lambda: at)
    monkeypatch.setattr(command, "demo", lambda: False)
    return version[0], opened.id


@pytest.fixture
def two(version: tuple[str, Version], known: Known) -> tuple[str, str]:
    """Give two who decide for the body that executes it, by number."""
    body = executing_body(version[1])
    return decider(body), decider(body)


def decider(body: Body) -> str:
    """Somebody who decides for a body, by number."""
    who = people.person()
    people.role(who, RoleKind.DECIDER, body=body, starts_on=date(2000, 1, 1))
    return str(who.pk)


def run(*words: str) -> int:
    """Run a command in this process, with the database of the test."""
    return command.run(_parser().parse_args(["round", *words]))


def told(capsys: Any) -> dict[str, Any]:
    """Read what was printed."""
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_round_from_announcing_to_closing(known: Known, two: tuple[str, str], capsys: Any) -> None:
    """Each act is proposed by one and released by the other, and only then it is done; opened it has its whole ceiling left."""
    first, second = two
    steps = []
    for act, who in (("open", first), ("open", second), ("open", first), ("close", second), ("close", first)):
        assert run(*known, act, "--as", who, "--json") == 0
        steps.append(told(capsys))
    assert [one["state"] for one in steps] == ["not_announced", "announced", "open", "open", "closed"]
    assert [one["done"] for one in steps] == [
        ["announce: proposed"], ["announce: released", "open: proposed"], ["open: released"],
        ["close: proposed"], ["close: released"],
    ]  # fmt: skip
    assert [one.get("waits_for_another") for one in steps] == [["announce"], ["open"], None, ["close"], None]
    row = Round.objects.get()
    assert steps[2]["left"] == f"{row.announced['ceiling']['cents'] // 100}.00"
    assert (steps[4]["ended"], steps[4]["announced_hash"]) == ("act", row.announced_hash)
    assert RoundProposal.objects.filter(released_at__isnull=False).count() == 3


def test_one_person_opens_nothing(known: Known, two: tuple[str, str], capsys: Any) -> None:
    """Who proposed does not release, nobody acts without a name, and who decides elsewhere proposes nothing; each is said."""
    assert run(*known, "open", "--as", two[0]) == 0
    assert run(*known, "open", "--as", two[0]) == 1
    assert "somebody else" in capsys.readouterr().err
    assert run(*known, "open") == 2
    assert "--as: given is nothing" in capsys.readouterr().err
    assert run(*known, "open", "--as", decider(people.body("elsewhere"))) == 1
    assert not Round.objects.exists()


def test_acts_out_of_order(known: Known, two: tuple[str, str], capsys: Any) -> None:
    """Closing what is not open and opening what is open already is refused with a sentence, and nothing waits after it."""
    assert run(*known, "close", "--as", two[0]) == 1
    for who in (*two, two[0]):
        assert run(*known, "open", "--as", who) == 0
    capsys.readouterr()
    assert run(*known, "open", "--as", two[0]) == 1
    assert capsys.readouterr().err.startswith("doorleren round: This round")
    assert not RoundProposal.objects.filter(released_at=None).exists()


def test_a_rehearsal_needs_nobody_else(known: Known, capsys: Any) -> None:
    """A rehearsal is opened and closed by who operates the machine, at once."""
    row = announce_from_scheme(open_library(), *known, by=US, at=command.now())
    Round.objects.filter(pk=row.pk).update(rehearsal=True)
    for act, state in (("open", "open"), ("close", "closed")):
        assert run(*known, act, "--json") == 0
        assert told(capsys)["state"] == state


def test_who_is_named_in_a_rehearsal_is_not_passed_over(known: Known, two: tuple[str, str], capsys: Any) -> None:
    """With a name a rehearsal goes by two people too: one proposes, the other releases."""
    announce_from_scheme(open_library(), *known, rehearsal=True, by=US, at=command.now())
    for who, done in zip(two, ("open: proposed", "open: released"), strict=True):
        assert run(*known, "open", "--as", who, "--json") == 0
        assert told(capsys)["done"] == [done]


def test_in_a_demo_a_round_opens_as_a_rehearsal(known: Known, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """Where all is invented no person need be named: the round opens at once, in which nobody gets money, however long it is over."""
    monkeypatch.setattr(command, "demo", lambda: True)
    late = command.now() + timedelta(days=3000)
    monkeypatch.setattr(command, "now", lambda: late)
    assert run(*known, "open", "--json") == 0
    assert told(capsys)["state"] == "open"
    assert Round.objects.get().rehearsal
    assert run(*known, "close", "--json") == 0
    assert told(capsys)["state"] == "closed"
    assert run(*known, "show", "--json") == 0
    assert told(capsys)["state"] == "closed"


def test_a_rehearsal_is_found_by_a_name_of_its_own(known: Known, capsys: Any) -> None:
    """A rehearsal that no file names can be opened and shown, and is named where another is asked; a round that counts is neither."""
    row = announce_from_scheme(open_library(), *known, rehearsal=True, by=US, at=command.now())
    Round.objects.filter(pk=row.pk).update(code="demo-2026-11-30")
    assert run(known[0], "demo-2026-11-30", "open", "--json") == 0
    assert told(capsys)["state"] == "open"
    assert run(known[0], "no-such", "show") == 2
    assert f"{known[1]}," in (said := capsys.readouterr().err)
    assert said.rstrip().endswith(", demo-2026-11-30")
    Round.objects.filter(pk=row.pk).update(rehearsal=False)
    assert run(known[0], "demo-2026-11-30", "show") == 2
    assert "demo-2026-11-30," not in capsys.readouterr().err


@pytest.mark.parametrize(("scheme", "code", "word"), [(None, "no-such", "allowed are"), ("no-such", None, "no-such")])
def test_what_does_not_exist(known: Known, scheme: str | None, code: str | None, word: str, capsys: Any) -> None:
    """A scheme or round that does not exist is named, with what is allowed; nothing is announced."""
    assert run(scheme or known[0], code or known[1], "open") == 2
    assert word in capsys.readouterr().err
    assert not Round.objects.exists()


def test_show_says_what_waits(known: Known, two: tuple[str, str], capsys: Any) -> None:
    """Showing a round changes nothing, and says in words which act waits for somebody else."""
    assert run(*known, "show") == 0
    assert "waits" not in capsys.readouterr().out
    run(*known, "open", "--as", two[0])
    capsys.readouterr()
    assert run(*known, "show") == 0
    assert "waits_for_another announce" in capsys.readouterr().out


def test_every_round_of_every_scheme_can_be_announced() -> None:
    """Each round in the scheme files, also one with a part set apart, can be announced as it is written."""
    library = open_library()
    for scheme in library.schemes.values():
        for code in {opened.id for version in scheme.versions for opened in version.rounds}:
            assert announce_from_scheme(library, scheme.id, code, by=US, at=datetime(2026, 3, 1, tzinfo=UTC)), code
    with pytest.raises(NoSuchRound):
        announce_from_scheme(library, scheme.id, "no-such", by=US, at=datetime(2026, 3, 1, tzinfo=UTC))


def test_what_was_announced_for_a_failed_opening(capsys: Any) -> None:
    """A round shows what follows a failed opening, and after two people decided on it when and why; in text on a line each."""
    library = open_library()
    scheme, opened, body = next(
        (scheme.id, one, executing_body(version))
        for scheme in library.schemes.values()
        for version in scheme.versions
        for one in version.rounds
        if one.fallback
    )
    row = announce_from_scheme(library, scheme, opened.id, by=US, at=opened.opens)
    at, late = opened.opens + timedelta(hours=1), opened.opens + timedelta(days=30)
    first, second = (SignedIn(int(decider(body)), Assurance.SUBSTANTIAL, True, at) for _ in range(2))
    moments = {"opens": late.isoformat(), "until": (late + timedelta(days=90)).isoformat()}
    made = propose_act("fall_back", round_=row.pk, details=moments, reason="Storing.", by=first, at=at)
    assert run(scheme, opened.id, "show", "--json") == 0
    before = told(capsys)
    assert before["fallback"] == row.announced["fallback"]
    assert before["fell_back"] is None
    release_act(made.pk, library=library, by=second, at=at)
    assert run(scheme, opened.id, "show", "--json") == 0
    assert told(capsys)["fell_back"] == {
        "decided_at": at.astimezone(UTC).isoformat(), "reason": "Storing.", "opens_at": moments["opens"],
        "closes_at": moments["until"],
    }  # fmt: skip
    assert run(scheme, opened.id, "show") == 0
    assert "silent_minutes 30" in capsys.readouterr().out
