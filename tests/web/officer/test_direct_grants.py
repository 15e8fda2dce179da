"""What the page of a case offers where the grant was settled at once, in its own decision."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.decisions.commands.ask_delivery import ask_delivery
from doorleren.decisions.commands.report_delivery import Done, report_delivery
from doorleren.decisions.models import Check, Sample
from doorleren.people.models import Person
from doorleren.web.surroundings import now
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import a_case
from tests.decisions.objecting import granted, objected, went
from tests.payments.test_direct_grants import DIRECT
from tests.web.officer.case_lives import Life, typed
from tests.web.officer.cases_made import Bureau, scheme_known
from tests.web.officer.desk import Desk
from tests.web.officer.test_what_is_offered import offers

pytestmark = pytest.mark.django_db


@pytest.fixture
def direct(settings: Any, tmp_path: Path, db: None) -> Iterator[Life]:
    """A case of which the grant was settled at once, and its officials."""
    with scheme_known(settings, tmp_path, DIRECT) as library:
        life = Life(Bureau(library, a_round(library, opened=True)))
        life.began(3)
        granted(life.case, library, life.staff)
        yield life


@pytest.mark.parametrize(("name", "offered"), [
    ("amend", False), ("budget-reservation", False), ("settle", False), ("intend-lower", False), ("intend-to-revoke", True),
])  # fmt: skip
def test_it_counts_as_settled(name: str, offered: bool, direct: Life) -> None:
    """Nothing is offered that only an unsettled grant allows; the form says that it was settled and has no button."""
    joost = direct.bureau.joost
    assert offers(direct, joost, name) is offered
    page = joost.open(f"{direct.bureau.at}/acts/{name}")
    assert ('name="seen"' in page.page, "De subsidie is al vastgesteld." in page.words) == (offered, not offered)


def test_it_is_withdrawn_on_the_grounds_after_a_settlement(direct: Life) -> None:
    """The form offers the grounds of Awb 4:49 and none of 4:48."""
    joost = direct.bureau.joost
    joost.send(f"{direct.bureau.at}/look", why="asked")
    page = joost.open(f"{direct.bureau.at}/acts/intend-to-revoke")
    assert ('value="facts-after-settlement"' in page.page, 'value="not-done"' in page.page) == (True, False)


def test_it_is_checked_afterwards(direct: Life) -> None:
    """Drawn on the page of checks, asked with a letter, reported by an official or the applicant, confirmed in the file; it stays settled."""
    fatima, at, round_ = direct.bureau.fatima, direct.bureau.at, direct.bureau.round.pk
    assert (offers(direct, fatima, "ask-delivery"), offers(direct, fatima, "delivered")) == (True, False)
    listed = "/officer/batches"
    assert f"/officer/rounds/{round_}/checks" in direct.sanne.open(listed).links
    fatima.send(f"/officer/rounds/{round_}/checks", size="1", confirmed="1")
    assert f"/officer/rounds/{round_}/checks" not in direct.sanne.open(listed).links
    checks = fatima.open(f"/officer/rounds/{round_}/checks")
    assert ("1 (100%)" in checks.words, "Er zijn nu geen zaken om uit te trekken." in checks.words) == (True, True)
    assert "bij loting gekozen voor een controle. Vraag wat er is gedaan." in fatima.open(at).words
    asks = fatima.open(f"{at}/acts/ask-delivery")
    assert 'name="reason"' not in asks.page
    act = direct.did("assessor", ask_delivery, "Wie deed mee?", until=direct.day(14)).act
    assert not offers(direct, fatima, "settle")
    went(act)
    assert offers(direct, fatima, "delivered")
    done = Done(day_of(made.AT), day_of(made.AT), 10, 10)
    direct.did("assessor", report_delivery, done)
    page = fatima.open(at)
    assert ("kwam een melding" in page.words, "nog niet" in page.words, "gekozen voor een controle" in page.words) == (
        True,
        True,
        False,
    )
    nadia = Desk(Person.objects.get(name="Nadia"))
    word = f"/applications/{direct.case.subject_id}/delivery/word"
    assert word in nadia.open("/applications").links
    nadia.send(word, word="no", words="Ik was er niet.")
    page = fatima.open(at)
    assert ("nee, dit klopt niet" in page.words, f"{at}/acts/ask-delivery" in page.links) == (True, True)
    assert Case.objects.get(pk=direct.case.pk).state == "settled"
    assert offers(direct, direct.bureau.joost, "intend-to-revoke")


def test_asking_chooses_what_was_not_drawn(direct: Life) -> None:
    """The form asks why, says that too few were drawn with the way to the draw, and the page of checks names who chose what and why."""
    fatima, at, round_ = direct.bureau.fatima, direct.bureau.at, direct.bureau.round.pk
    fatima.send(f"{at}/look", why="asked")
    form = fatima.open(f"{at}/acts/ask-delivery")
    assert 'name="reason"' in form.page
    asks = {"question": "Wie deed mee?", "until": typed(14), "reason": "signal"}
    page = fatima.send(f"{at}/acts/ask-delivery", seen=str(direct.case.acts), **asks)
    checks = f"/officer/rounds/{round_}/checks"
    assert ("Ten minste een vijfde" in page.words, checks in page.links, Check.objects.count()) == (True, True, 0)
    other = a_case(direct.bureau.known, direct.bureau.round, "Omar")
    granted(other, direct.bureau.known, direct.staff)
    sample = Sample.objects.create(
        round=direct.bureau.round, seed="a" * 64, list_digest="b" * 64, population=1, size=1,
        drawn_by=direct.staff["assessor"], drawn_at=now(),
    )  # fmt: skip
    Check.objects.create(case=other, round=direct.bureau.round, sample=sample, place=1, at=now())
    fatima.send(f"{at}/acts/ask-delivery", seen=str(direct.case.acts), confirmed="1", **asks)
    row = Check.objects.get(case=direct.case)
    assert (row.sample, row.reason, row.chosen_by is None) == (None, "signal", False)
    page = fatima.open(checks)
    assert ("er kwam een signaal binnen" in page.words, "door Fatima" in page.words, "1 (50%)" in page.words) == (
        True,
        True,
        True,
    )


def test_an_objection_is_against_one_decision(direct: Life) -> None:
    """One can object to the grant and not apart to its settlement; what could be upheld is the grant, with the settlement in it."""
    joost, sanne = direct.bureau.joost, direct.sanne
    joost.send(f"{direct.bureau.at}/look", why="asked")
    page = joost.open(f"{direct.bureau.at}/acts/objection")
    decision = direct.case.decisions.get()
    assert f'value="{decision.act.number}"' in page.page
    assert f'value="{decision.act.number + 1}"' not in page.page
    objected(direct.case)
    assert not offers(direct, sanne, "uphold-settlement")
    assert "Alles wat is gevraagd, is al toegekend." in sanne.open(f"{direct.bureau.at}/acts/uphold").words
