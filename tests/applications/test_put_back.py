"""Paper for somebody whose own application stands ready, where only one may: the later word counts, and who submitted is safe."""

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from doorleren.applications.commands import freeze_draft as freezing
from doorleren.applications.commands.enter_for import Entry, enter_for
from doorleren.applications.commands.put_back import BUSY
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.models import Application
from doorleren.applications.queries import state_now, was_put_back
from doorleren.applications.refusing import ApplicationRefused
from doorleren.audit.models import Act
from doorleren.core.days import day_of
from doorleren.people.commands.know_by_number import know_by_number
from doorleren.people.models import Person, RoleKind
from doorleren.people.national_number import new_keys
from doorleren.people.signed_in import SignedIn
from tests.applications.made import AT
from tests.applications.test_once import AUTUMN, NEXT, SCHEME, SPRING, YEAR, Filing
from tests.applications.test_refiling import enter
from tests.people import made as people

BSN = "999990019"
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
    assert (state_now(own), was_put_back(own)) == ("draft", True)
    assert not enter(token, 1)
    told = Act.objects.get(act="put_back")
    assert (told.subject_id, told.actor_id, told.details["paper"]) == (str(own.pk), str(desk.clerk.pk), paper.pk)
    assert "Dat is al gebeurd" in desk.refused(own)


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
    assert (state_now(first), was_put_back(first)) == ("ready", False)


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
