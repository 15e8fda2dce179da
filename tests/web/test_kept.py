"""How long we keep a file, as the party, the official and the public read it: of the scheme itself or of its framework, with the source."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from doorleren.audit.acts import SITE
from doorleren.cases.commands.perform import perform
from doorleren.core.days import written_day
from doorleren.people.models import RoleKind
from doorleren.people.national_number import new_keys
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.made import a_round
from tests.cases.made import official
from tests.decisions import made
from tests.web.applicant.filed import Filed
from tests.web.officer.cases_made import scheme_known
from tests.web.officer.desk import Desk

pytestmark = pytest.mark.django_db
OWN = (
    made.HARD.replace("[procedure]", '[procedure]\nretention = "file_kept"')
    .replace('[source]', '[source]\nlist = { cite = "Selectielijst 2026, 4.2", weight = "binding" }')
    .replace(
        "[[parameter]]",
        '[[parameter]]\nid = "file_kept"\nunit = "year"\nvalues = [{ from = 2026-01-01, value = 4, source = "list" }]\n[[parameter]]',
        1,
    )
)  # fmt: skip
"""The trial scheme, which sets itself that its cases are kept for four years."""
OF_SCHEME = ("4 jaar nadat het is gesloten", "Deze regeling heeft een eigen bewaartermijn", "Selectielijst 2026, 4.2")
OF_FRAMEWORK = ("10 jaar nadat het is gesloten", "geldt die van: Kaderregeling", "art. 5.2(3)")


@pytest.fixture
def known(request: Any, settings: Any, tmp_path: Path) -> Iterator[Library]:
    """The library of a site with the trial scheme, as the test asks it."""
    settings.DOORLEREN_IDENTITY_KEYS, settings.DOORLEREN_HOME = new_keys(), tmp_path
    with scheme_known(settings, tmp_path, getattr(request, "param", made.HARD)) as library:
        yield library


@pytest.fixture
def round_(known: Library) -> Round:
    """Its round, open."""
    return a_round(known, opened=True)


@pytest.mark.parametrize(
    ("known", "said", "not_said"), [(OWN, OF_SCHEME, OF_FRAMEWORK), (made.HARD, OF_FRAMEWORK, OF_SCHEME)],
    indirect=["known"], ids=["of the scheme", "of the framework"],
)  # fmt: skip
def test_the_party_and_the_official_read_which_one_holds(
    known: Library, round_: Round, said: tuple[str, ...], not_said: tuple[str, ...]
) -> None:
    """Both read how long, why so long and where that stands; what does not hold is not said, nor a last day before it is closed."""
    filed = Filed(known, round_)
    desk = Desk(official(RoleKind.ASSESSOR, body=round_.body))
    at = f"/officer/cases/{filed.case.reference}"
    assert f"{filed.place}/terms" in filed.nadia.open(filed.place).links
    for page in (filed.nadia.open(f"{filed.place}/terms"), desk.open(at)):
        assert [one for one in said if one not in page.words] == []
        assert [one for one in (*not_said, "Dat is tot en met") if one in page.words] == []
    moment = filed.at()
    perform(filed.case.pk, "withdrawn", by=SITE, at=moment)
    moment = filed.at()
    perform(filed.case.pk, "closed", by=made.by(filed.staff["assessor"], moment), at=moment)
    last = date(moment.year + (4 if said is OF_SCHEME else 10), moment.month, moment.day)
    for page in (filed.nadia.open(f"{filed.place}/terms"), desk.open(at)):
        assert f"Dat is tot en met {written_day(last, 'nl')}." in page.words


@pytest.mark.parametrize(("known", "number"), [(OWN, 1), (made.HARD, 0)], indirect=["known"], ids=["with", "without"])
def test_the_public_reads_the_terms_that_schemes_set(known: Library, visit: Any, number: int) -> None:
    """/privacy names the scheme with its term and source, and only where it sets one."""
    status, page = visit("/privacy")
    assert (status, page.faults) == (200, [])
    assert page.words.count("Proefregeling leren, ontvangen vanaf 1 januari 2026 4 jaar") == number
    assert page.words.count("Selectielijst 2026, 4.2") == number
