"""Paper for somebody whose own application stands ready, where only one may: the later word counts, and who submitted is safe."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from psycopg import errors

from doorleren.applications.commands import freeze_draft as freezing
from doorleren.applications.commands import put_back as putting
from doorleren.applications.commands.enter_for import Entry, enter_for
from doorleren.applications.commands.put_back import BUSY
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.commands.withdraw_application import withdraw_application
from doorleren.applications.models import Application
from doorleren.applications.put_back import was_put_back
from doorleren.applications.queries import state_now
from doorleren.applications.refusing import ApplicationRefused
from doorleren.audit.models import Act
from doorleren.core.days import day_of
from doorleren.people.commands.know_by_number import know_by_number
from doorleren.people.models import Person, RoleKind
from doorleren.people.national_number import new_keys
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.commands.open_gate import close_gate, open_gate
from tests.applications.made import AT, US, signed_in, submitted
from tests.applications.test_once import AUTUMN, NEXT, SCHEME, SPRING, YEAR, Filing, a_case
from tests.applications.test_refiling import enter
from tests.cases.made import Staff
from tests.people import made as people

BSN = "999990019"
LATER = AT + timedelta(minutes=10)
TODAY = day_of(AT)
PAPER = Entry("paper", TODAY, "N. Bakker", "Dorpsstraat 1", TODAY, "map 12", BSN)


@pytest.fixture(autouse=True)
def _keys(settings: Any) -> None:
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()


class Desk(Filing):
    """Somebody whose number is known, and the desk where their paper came in."""

    def __init__(self, folder: Path, says: str = YEAR) -> None:
        super().__init__(folder, says)
        self.person = know_by_number(BSN, name="Nadia", at=AT)
        self.clerk: Person = people.person(name="Bram")

    def by(self, who: Person) -> SignedIn:
        """Let somebody be signed in, with a second factor."""
        return people.signed_in(who, at=AT)

    def typed_in(self, code: str = AUTUMN, signed_on: date = TODAY) -> Application:
        """Enter what stands on the paper."""
        round_ = self.round(code)
        if not self.clerk.roles.exists():
            people.role(self.clerk, RoleKind.DESK_ADVISER, body=round_.body)
        by = self.by(self.clerk)
        one = enter_for(round_, self.track, replace(PAPER, signed_on=signed_on), by=by, at=AT)
        save_answers(one.pk, [Given(*told) for told in self.told.items()], library=self.library, by=by, at=AT)
        return one


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A scheme that counts once a year."""
    return Desk(tmp_path)


@pytest.mark.django_db
def test_what_was_signed_since_goes_first(desk: Desk) -> None:
    """What the applicant made ready before they signed is a draft again, whose token is refused, under an act that says for which paper."""
    own = desk.begun(SPRING)
    token = desk.ready(own)
    paper = desk.typed_in()
    assert desk.ready(paper, who=desk.clerk).application_id == paper.pk
    own.refresh_from_db()
    assert (state_now(own), was_put_back(own, at=AT)) == ("draft", True)
    assert not enter(token, 1)
    told = Act.objects.get(act="put_back")
    assert (told.subject_id, told.actor_id, told.details["paper"]) == (str(own.pk), str(desk.clerk.pk), paper.pk)
    assert "Dat is al gebeurd" in desk.refused(own)


def _answered(desk: Desk, own: Application, _paper: Application) -> None:
    told = [Given("training.price", 50000)]
    save_answers(own.pk, told, library=desk.library, by=signed_in(desk.person), at=LATER)


def _withdrawn(desk: Desk, _own: Application, paper: Application) -> None:
    withdraw_application(paper.pk, by=desk.by(desk.clerk), at=LATER)


def _decided(act: str) -> Callable[[Desk, Application, Application], None]:
    def decide(_desk: Desk, _own: Application, paper: Application) -> None:
        submitted(paper)
        Staff().do(a_case(paper), "assessed", act)

    return decide


def _closed(_desk: Desk, own: Application, _paper: Application) -> None:
    open_gate(own.round_id, by=US, at=AT)
    close_gate(own.round_id, by=US, at=LATER)


def _submitted(_desk: Desk, _own: Application, paper: Application) -> None:
    submitted(paper)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("since", "told"),
    [
        (_submitted, True), (_answered, False), (_withdrawn, False), (_decided("granted"), False),
        (_decided("refused"), False), (_closed, False),
    ],
    ids=["submitted", "answered", "withdrawn", "granted", "refused", "closed"],
)  # fmt: skip
def test_how_long_it_is_told(desk: Desk, since: Callable[..., None], told: bool) -> None:
    """It is told while the paper stands in the way and is not decided on, and the applicant did not go on with theirs."""
    own = desk.begun(SPRING)
    desk.ready(own)
    paper = desk.typed_in()
    desk.ready(paper, who=desk.clerk)
    own.refresh_from_db()
    assert was_put_back(own, at=LATER)
    since(desk, own, paper)
    own.refresh_from_db()
    assert was_put_back(own, at=LATER) is told


@pytest.mark.django_db
def test_put_ready_again_and_changed_it_is_not_told_anew(desk: Desk) -> None:
    """Once the paper is gone and their own stood ready again, a change of it later is theirs and no official's."""
    own = desk.begun(SPRING)
    desk.ready(own)
    paper = desk.typed_in()
    desk.ready(paper, who=desk.clerk)
    _withdrawn(desk, own, paper)
    desk.ready(own, LATER)
    _answered(desk, own, paper)
    own.refresh_from_db()
    assert (state_now(own), was_put_back(own, at=LATER)) == ("draft", False)


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 2])
def test_what_leaves_room_stays(tmp_path: Path, many: int) -> None:
    """Where two may stand ready, paper puts back the first of two and nothing of one; nothing more when it is put ready once more."""
    desk = Desk(tmp_path, f'{SCHEME}, times = "often"')
    own = [desk.begun(code) for code in (SPRING, NEXT)[:many]]
    for one in own:
        desk.ready(one)
    paper = desk.typed_in()
    for _again in range(2):
        assert desk.ready(paper, who=desk.clerk).application_id == paper.pk
    for one in own:
        one.refresh_from_db()
    assert [state_now(one) for one in own] == [["ready"], ["draft", "ready"]][many - 1]
    assert Act.objects.filter(act="put_back").count() == many - 1


@pytest.mark.django_db
def test_the_record_comes_last(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was put back is recorded once nothing more asks for a gate: who opens or closes a round asks the gate first, the record next."""
    desk.ready(desk.begun(SPRING))
    paper, seen = desk.typed_in(), []
    counted = freezing.count_for

    def counting(*given: Any, **named: Any) -> None:
        seen.append(Act.objects.filter(act="put_back").count())
        counted(*given, **named)

    monkeypatch.setattr(freezing, "count_for", counting)
    desk.ready(paper, who=desk.clerk)
    assert (seen, Act.objects.filter(act="put_back").count()) == ([0], 1)


@pytest.mark.django_db
def test_what_was_made_ready_since_stays(desk: Desk) -> None:
    """Paper that was signed on a day before the applicant made their own ready is refused, and theirs still comes in."""
    own = desk.begun(SPRING)
    token = desk.ready(own)
    paper = desk.typed_in(signed_on=TODAY.replace(day=TODAY.day - 1))
    assert "Dat is al gebeurd" in desk.refused(paper, who=desk.clerk)
    assert enter(token, 1)
    assert not Act.objects.filter(act="put_back").exists()


@pytest.mark.django_db
def test_what_was_submitted_stays(desk: Desk) -> None:
    """What the applicant submitted stands, whatever was signed afterwards."""
    own = desk.begun(SPRING)
    assert enter(desk.ready(own), 1)
    assert "Dat is al gebeurd" in desk.refused(desk.typed_in(), who=desk.clerk)
    assert state_now(own) == "submitted"


@pytest.mark.django_db
def test_what_another_official_typed_in_stays(desk: Desk) -> None:
    """Paper never puts back other paper: which of two signatures counts is for people to ask."""
    first = desk.typed_in(SPRING)
    desk.ready(first, who=desk.clerk)
    assert "Dat is al gebeurd" in desk.refused(desk.typed_in(), who=desk.clerk)
    first.refresh_from_db()
    assert (state_now(first), was_put_back(first, at=AT)) == ("ready", False)


@pytest.mark.django_db
def test_the_applicant_puts_nothing_back(desk: Desk) -> None:
    """Who makes ready themselves what was typed in for them is asked to withdraw their other one, as anybody."""
    own = desk.begun(SPRING)
    desk.ready(own)
    assert f"aanvraag {own.pk}" in desk.refused(desk.typed_in())


@pytest.mark.django_db(transaction=True)
def test_who_is_changing_it_is_not_waited_for(desk: Desk) -> None:
    """While the applicant changes their own, the official is asked to try again: two who waited for each other would both lose."""
    own = desk.begun(SPRING)
    desk.ready(own)
    paper = desk.typed_in()
    locked, done = threading.Event(), threading.Event()

    def change() -> None:
        with transaction.atomic():
            Application.objects.select_for_update().get(pk=own.pk)
            locked.set()
            done.wait(30)
        connection.close()

    other = threading.Thread(target=change)
    other.start()
    locked.wait(30)
    try:
        with pytest.raises(ApplicationRefused) as told:
            desk.ready(paper, who=desk.clerk)
    finally:
        done.set()
        other.join(30)
    assert told.value.texts == BUSY
    assert desk.ready(paper, who=desk.clerk).application_id == paper.pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        (errors.LockNotAvailable, ApplicationRefused), (errors.SerializationFailure, ApplicationRefused),
        (errors.QueryCanceled, OperationalError), (errors.DiskFull, OperationalError),
    ],
    ids=lambda one: one.__name__,
)  # fmt: skip
def test_only_who_holds_it_makes_it_busy(
    desk: Desk, fault: type[Exception], raised: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another fault of the database is not told as somebody who is changing it: whoever runs the site has to see it."""
    desk.ready(desk.begun(SPRING))
    paper, real = desk.typed_in(), putting.Application.objects.select_for_update

    def failing(*given: Any, **named: Any) -> Any:
        if named.get("nowait"):
            raise OperationalError("the database said no") from fault("the database said no")
        return real(*given, **named)

    monkeypatch.setattr(
        type(putting.Application.objects), "select_for_update", lambda _self, *given, **named: failing(*given, **named)
    )
    with pytest.raises(raised), transaction.atomic():
        desk.ready(paper, who=desk.clerk)
