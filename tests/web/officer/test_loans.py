"""A loan on the pages: what is left, the next instalment and the plan with its assumption, for officials and for its party."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from doorleren.cases.models import CaseAct
from doorleren.cases.refusing import NOT_REPAID
from doorleren.payments.jobs import follow_all
from doorleren.people.models import Person, RoleKind
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.web.surroundings import now
from tests.applications.made import a_round
from tests.decisions.made import LOAN
from tests.decisions.test_advances import given
from tests.payments.test_loans import STOPPED, came_in
from tests.payments.test_remission import REMITTED
from tests.web.applicant.filed import Filed
from tests.web.officer.cases_made import scheme_known
from tests.web.officer.desk import Desk, counts, with_role
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
    """Four pages say what is left and what comes next, two of them with the plan; looking writes nothing, and once all was repaid there is no plan."""
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
    came_in(filed.case, 90_000, filed.staff)
    for page in (desk.open(f"{at}/money"), who.open(f"{filed.place}/decision")):
        assert "Van de lening staat niets meer open." in page.words
        assert "Terugbetalen begint" not in page.words


def test_without_a_last_day_the_pages_say_so(round_: tuple[Library, Round]) -> None:
    """While the last day is not known there is no plan, and both pages say why; nothing is said of a next instalment."""
    filed, who, at = lent(round_, None)
    for page in (looking(filed.case).open(f"{at}/money"), who.open(f"{filed.place}/decision")):
        assert "de laatste dag van de opleiding is niet bekend" in page.words
        assert "Volgende termijn" not in page.words


def test_an_outstanding_loan_is_not_offered_to_be_closed(round_: tuple[Library, Round]) -> None:
    """Closing a case is no link while its loan is outstanding, and the page says why, in the words of the refusal."""
    filed, _, at = lent(round_, STOPPED)
    page = looking(filed.case).open(at)
    assert f"{at}/acts/close" not in page.links
    assert NOT_REPAID["nl"] in page.words


def test_remitted_by_form(settings: Any, tmp_path: Path) -> None:
    """Who decides remits by a form that shows the letter first; both pages say what was remitted, and what is late is no matter yet."""
    with scheme_known(settings, tmp_path, REMITTED) as library:
        filed, who, at = lent((library, a_round(library, opened=True)), STOPPED)
        desk = Desk(with_role(RoleKind.DECIDER, "Rens", filed.case.body))
        desk.send(f"{at}/look", why="asked")
        address, seen = f"{at}/acts/remit-loan", str(CaseAct.objects.filter(case=filed.case).count())
        assert "Lening kwijtschelden" in desk.open(at).words
        assert "Van deze lening is niets te laat." in desk.open(at).words
        fields = {"cents": "100", "weighing": "u bent ziek"}
        page = desk.send(address, seen=seen, **fields | {"weighing": ""})
        assert (desk.status, "afgewogen" in page.words) == (422, True)
        page = desk.send(address, seen=seen, **fields)
        assert (desk.status, "Dit deel van de lening hoeft niet te worden terugbetaald." in page.words) == (200, True)
        assert not CaseAct.objects.filter(details__what="loan_remitted").exists()
        desk.send(address, seen=seen, confirmed="1", **fields)
        assert (desk.status, CaseAct.objects.get(details__what="loan_remitted").details["cents"]) == (302, 10_000)
        for page in (desk.open(at), who.open(filed.place)):
            assert "Kwijtgescholden € 100" in page.words, page.words


def test_no_form_to_remit_where_the_scheme_says_nothing(round_: tuple[Library, Round]) -> None:
    """Without a rule in the scheme's file the page of the case says why it cannot be."""
    filed, _, at = lent(round_, STOPPED)
    desk = Desk(with_role(RoleKind.DECIDER, "Rens", filed.case.body))
    desk.send(f"{at}/look", why="asked")
    assert "De regeling laat niet toe dat een lening wordt kwijtgescholden (Awb artikel 4:94a)." in desk.open(at).words


def test_a_case_without_a_loan_offers_nothing_of_it(settings: Any, tmp_path: Path) -> None:
    """Not even with the reason why it cannot be done."""
    with scheme_known(settings, tmp_path) as library:
        filed = Filed(library, a_round(library, opened=True))
        filed.decided()
        desk = Desk(with_role(RoleKind.DECIDER, "Rens", filed.case.body))
        desk.send(f"/officer/cases/{filed.case.reference}/look", why="asked")
        page = desk.open(f"/officer/cases/{filed.case.reference}")
        assert "Terugvorderen" in page.words
        assert "over de lening" not in page.words
        assert "Lening kwijtschelden" not in page.words
