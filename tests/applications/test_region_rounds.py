"""A region counts across the rounds of its scheme: what stands ready in one stops another, and a file says within what."""

import contextlib
from pathlib import Path

import pytest
from django.db import transaction

from doorleren.applications.commands import count_for as counting
from doorleren.applications.commands import freeze_draft as freezing
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.models import Application
from doorleren.applications.refusing import ApplicationRefused
from doorleren.people.models import Organisation
from doorleren.rounds.commands.announce_from_scheme import announce_from_scheme
from doorleren.rounds.models import Withdrawal
from doorleren.rules.library import Library
from tests.applications import made
from tests.applications.bundles.test_race import at_once
from tests.applications.made import AT, US, signed_in, submitted
from tests.applications.partners import partner
from tests.applications.test_once import meet
from tests.applications.test_region import FILE, for_region, ready
from tests.people import made as people


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A scheme with two rounds in a year, and one in the next."""
    return made.library(tmp_path_factory.mktemp("schemes"), FILE)


@pytest.fixture
def town(db: None) -> Organisation:
    """The centre municipality of a region."""
    return people.organisation("90000075")


class TwoRounds:
    """Two organisations of one region, and a round for each half of a year."""

    def __init__(self, known: Library, town: Organisation) -> None:
        self.known, self.town = known, town
        self.other = people.organisation("90000086")
        self.leila, self.els = partner(town, "Leila"), partner(self.other, "Els")
        self.spring, self.autumn = (
            announce_from_scheme(known, made.SCHEME, code, by=US, at=AT) for code in ("2026", "2026-najaar")
        )

    def in_spring(self) -> Application:
        """Fill in the plan of the first, for the first round."""
        return for_region(self.known, self.spring, self.town, self.leila)

    def in_autumn(self) -> Application:
        """Fill in the plan of the second, for the second round."""
        return for_region(self.known, self.autumn, self.other, self.els)


@pytest.fixture
def two(known: Library, town: Organisation) -> TwoRounds:
    """Two rounds and two organisations."""
    return TwoRounds(known, town)


def test_filed_anew_is_found_in_another_round(two: TwoRounds) -> None:
    """Of a year with two rounds: withdrawn in the first the second is free, filed anew in the first it is not, whoever files."""
    first, elsewhere = two.in_spring(), two.in_autumn()
    ready(two.known, first, two.leila)
    Withdrawal.objects.create(ticket=submitted(first), withdrawn_at=AT)
    anew = two.in_spring()
    ready(two.known, anew, two.leila)
    ticket = submitted(anew, 2)
    with pytest.raises(ApplicationRefused) as refused:
        ready(two.known, elsewhere, two.els)
    assert f"voor 2026, door {two.town.name}" in refused.value.texts["nl"]
    Withdrawal.objects.create(ticket=ticket, withdrawn_at=AT)
    assert ready(two.known, elsewhere, two.els).person == first.freezes.get().person


def test_what_stands_ready_in_another_round_counts(two: TwoRounds) -> None:
    """Both could be submitted, so the second is refused, without a word of who the first is; once that one is changed it goes."""
    first, elsewhere = two.in_spring(), two.in_autumn()
    ready(two.known, first, two.leila)
    with pytest.raises(ApplicationRefused) as refused:
        ready(two.known, elsewhere, two.els)
    assert refused.value.facts == ("region.code",)
    assert refused.value.texts["nl"] == (
        "Voor één arbeidsmarktregio kan één keer per kalenderjaar worden aangevraagd. "
        "In een ander aanvraagtijdvak is dat al gebeurd, of staat daarvoor een aanvraag klaar."
    )
    save_answers(
        first.pk, [Given("region.code", "AM30")], library=two.known, by=signed_in(two.leila), at=AT
    )  # fmt: skip
    assert ready(two.known, elsewhere, two.els).pk
    assert ready(two.known, first, two.leila).pk  # that is another region


def both_at_once(two: TwoRounds) -> tuple[int, list[str]]:
    """Put the plans of one region ready in two rounds at the same moment; give how many are, and what went wrong."""
    drafts = [(two.in_spring(), two.leila), (two.in_autumn(), two.els)]
    wrong = at_once(*[lambda one=one, who=who: ready(two.known, one, who) for one, who in drafts])
    return Application.objects.filter(frozen_at__isnull=False).count(), [type(one).__name__ for one in wrong]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("held", [True, False], ids=["waiting", "by-the-database"])
def test_two_rounds_at_once_and_one_is_ready(two: TwoRounds, held: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """In two rounds at the same moment one is ready and one is refused, also where neither waits for the other."""
    if not held:
        monkeypatch.setattr(counting, "hold", lambda thing: None)
        meet(monkeypatch)
    assert both_at_once(two) == (1, ["ApplicationRefused"])


@pytest.mark.django_db(transaction=True)
def test_without_counting_both_are_ready(two: TwoRounds, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without the count of the year both stand ready and could be submitted."""
    monkeypatch.setattr(freezing, "count_for", lambda *given, **named: None)
    assert both_at_once(two) == (2, [])


SAID = 'reporter = "region"\nonce = {{ who = "region", within = "{within}", source = "order, art. 4" }}\n'


@pytest.mark.parametrize(
    ("within", "free"), [("round", ["autumn", "year after"]), ("year", ["year after"]), ("scheme", [])]
)
def test_within_what_a_region_counts_is_in_the_file(
    within: str, free: list[str], tmp_path: Path, town: Organisation
) -> None:
    """A file may say that a region counts in a round, a year or the whole scheme; a file that is silent means a year."""
    known = made.library(tmp_path, FILE.replace('reporter = "region"\n', SAID.format(within=within), 1))
    two = TwoRounds(known, town)
    first = two.in_spring()
    ready(known, first, two.leila)
    submitted(first)
    year_after = announce_from_scheme(known, made.SCHEME, "2027", by=US, at=AT)
    found = []
    for name, draft in (("autumn", two.in_autumn()), ("year after", for_region(known, year_after, two.other, two.els))):
        with contextlib.suppress(ApplicationRefused), transaction.atomic():
            ready(known, draft, two.els)
            found.append(name)
    assert found == free
