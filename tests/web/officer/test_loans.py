"""A loan on the pages: what is left, the next instalment and the plan with its assumption, for officials and for its party."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from doorleren.payments.jobs import follow_all
from doorleren.people.models import Person
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.web.surroundings import now
from tests.applications.made import a_round
from tests.decisions.test_advances import given
from tests.payments.test_loans import LOAN, STOPPED, came_in
from tests.web.applicant.filed import Filed
from tests.web.officer.cases_made import scheme_known
from tests.web.officer.desk import counts
from tests.web.officer.test_advances import looking
from tests.web.provider.visitor import Visitor

pytestmark = pytest.mark.django_db
SHOWN = (
    "Nog terug te betalen",
    "€ 900",
    "Afgelost",
    "€ 100",
    "Volgende termijn, uiterlijk 28 februari 2027",
    "€ 77,70",
)
PLAN = (
    "Terugbetalen begint op 1 januari 2027 en duurt 12 maanden, tegen 12% rente per jaar", "aanname", "elke maand hetzelfde bedrag",
    "Uiterlijk 28 februari 2027", "€ 88,85", "voor een deel betaald", "komt nog",
)  # fmt: skip


@pytest.fixture
def round_(settings: Any, tmp_path: Path) -> Iterator[tuple[Library, Round]]:
    """A round of loans, on a site that knows its scheme."""
    with scheme_known(settings, tmp_path, LOAN) as library:
        yield library, a_round(library, opened=True)


def lent(round_: tuple[Library, Round], until: date | None) -> tuple[Filed, Visitor, str]:
    """Lend 1,000 euros; give the file, its party, and where officials see the case."""
    filed = Filed(*round_)
    decision = given(*round_, filed.staff, until, "Omar")
    filed.case, filed.place = decision.case, f"/applications/{decision.case.subject_id}/file"
    filed.send(decision.act)
    follow_all(now)
    who = Visitor(Person.objects.get(pk=int(decision.payee_id)))
    return filed, who, f"/officer/cases/{decision.case.reference}"


def test_a_loan_is_shown(round_: tuple[Library, Round]) -> None:
    """Four pages say what is left and what comes next, two of them with the plan; looking writes nothing."""
    filed, who, at = lent(round_, STOPPED)
    desk = looking(filed.case)
    assert came_in(filed.case, 10_000, filed.staff) == {"received": 1}
    begun = counts()
    pages = {
        "case": desk.open(at), "money": desk.open(f"{at}/money"),
        "file": who.open(filed.place), "decision": who.open(f"{filed.place}/decision"),
    }  # fmt: skip
    for name, page in pages.items():
        for words in SHOWN if name in ("case", "file") else PLAN:
            assert words in page.words, (name, words, page.words)
    assert "afgelost" in pages["money"].words
    assert counts() == begun


def test_without_a_last_day_the_pages_say_so(round_: tuple[Library, Round]) -> None:
    """While the last day is not known there is no plan, and both pages say why; nothing is said of a next instalment."""
    filed, who, at = lent(round_, None)
    for page in (looking(filed.case).open(f"{at}/money"), who.open(f"{filed.place}/decision")):
        assert "de laatste dag van de opleiding is niet bekend" in page.words
        assert "Volgende termijn" not in page.words
