"""Once for a person or an applicant across the rounds of a scheme: who comes second is refused with why, and what frees it."""

import contextlib
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from doorleren.applications import once
from doorleren.applications.commands import count_for as counting
from doorleren.applications.commands.count_for import Counting, count_for, said_full
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.commands.start_draft import start_draft
from doorleren.applications.commands.withdraw_application import withdraw_application
from doorleren.applications.models import Answer, Application, CountsFor, CountsNoMore, Freeze, Over
from doorleren.applications.once import TRAJECTORIES, scope_of
from doorleren.applications.queries import state_now
from doorleren.applications.recording import party
from doorleren.applications.refusing import ApplicationRefused
from doorleren.audit.acts import SITE
from doorleren.cases.commands.open_case import open_case
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.people.models import Organisation, Person, RoleKind
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.commands.open_gate import close_gate, open_gate, reopen_gate
from doorleren.rounds.models import Round
from doorleren.schemes.queries import version_of
from tests.applications import made
from tests.applications.bundles.test_race import at_once
from tests.applications.made import AT, KEY, SENSITIVE, US, WHOLE, firm_as, oneself, signed_in, submitted
from tests.applications.test_refiling import enter
from tests.cases.made import Staff
from tests.people import made as people

pytestmark = pytest.mark.django_db

ROUNDS = """
[[round]]
id = "najaar"
opens = 2026-09-01T09:00:00+02:00
closes = 2026-10-31T17:00:00+01:00
ceiling_money = 100000
source = "order"
[[round]]
id = "volgend"
opens = 2027-03-01T09:00:00+01:00
closes = 2027-04-30T17:00:00+02:00
ceiling_money = 100000
source = "order"
[[parameter]]
id = "often"
unit = "number"
values = [{ from = 2026-01-01, value = 2, source = "order" }]
"""
PERSON, FIRM = 'beneficiary = "person"\n', 'beneficiary = "employer"\n'
SPRING, AUTUMN, NEXT = "voorjaar", "najaar", "volgend"
AFTER = datetime.fromisoformat("2026-05-04T10:00:00+02:00")
"""A day on which the first round is over."""


class Filing:
    """Who files in the rounds of a scheme that says once."""

    def __init__(self, folder: Path, says: str, line: str = PERSON, track: str = "learner") -> None:
        file = made.FILE.replace("[source]", 'framework = "awb"\n[source]', 1)
        text = file.replace(line, f'{line}once = {{ {says}, source = "order" }}\n', 1) + ROUNDS
        self.library, self.track = made.library(folder / "schemes", text), track
        self.person, self.party, self.told = people.person(name="Nadia"), None, WHOLE
        if track == "firm":
            self.told = {"employer.employees": 20}

    def round(self, code: str, *, opened: bool = False) -> Round:
        """Announce a round, and open it."""
        return made.a_round(self.library, code=code, opened=opened)

    def begun(self, code: str, who: Person | None = None, firm: Organisation | None = None) -> Application:
        """Answer an application in a round."""
        by = signed_in(who or self.person)
        applicant = oneself(who or self.person) if firm is None else firm_as(firm)
        one = start_draft(self.round(code), self.track, applicant=applicant, library=self.library, by=by, at=AT)
        save_answers(one.pk, [Given(*told) for told in self.told.items()], library=self.library, by=by, at=AT)
        return one

    def ready(self, one: Application, at: datetime = AT, who: Person | None = None) -> Freeze:
        """Put one ready."""
        return freeze_draft(
            one.pk, sensitive=SENSITIVE, person_key=KEY, today=day_of(at), library=self.library,
            by=self.by(who or self.person), at=at,
        )  # fmt: skip

    def by(self, who: Person) -> SignedIn:
        """Let somebody be signed in."""
        return signed_in(who)

    def refused(self, one: Application, at: datetime = AT, who: Person | None = None) -> str:
        """Try to put one ready; give why not."""
        with pytest.raises(ApplicationRefused) as told, transaction.atomic():
            self.ready(one, at, who)
        assert told.value.texts["en"]
        return told.value.texts["nl"]


YEAR, SCHEME = 'who = "person", within = "year"', 'who = "person", within = "scheme"'


def test_once_a_year_across_rounds(tmp_path: Path) -> None:
    """What was submitted in spring stands in the way in autumn, with its number, and not in the year after."""
    filing = Filing(tmp_path, YEAR)
    spring, autumn, next_ = (filing.begun(code) for code in (SPRING, AUTUMN, NEXT))
    filing.ready(spring)
    submitted(spring)
    assert filing.refused(autumn) == (
        f"Voor één persoon kan één keer per kalenderjaar worden aangevraagd. Dat is al gebeurd met aanvraag {spring.pk}. "
        "Pas als die is ingetrokken of afgewezen, kan het met deze."
    )
    assert state_now(autumn) == "draft"
    filing.ready(next_)
    assert set(CountsFor.objects.values_list("scope", "turn")) == {("proefregeling 2026", 0), ("proefregeling 2027", 0)}


def test_once_in_a_scheme(tmp_path: Path) -> None:
    """Where the scheme counts as a whole, the year after is no other; somebody else is."""
    filing = Filing(tmp_path, SCHEME)
    spring, next_ = filing.begun(SPRING), filing.begun(NEXT)
    filing.ready(spring)
    assert "in de hele regeling" in filing.refused(next_)
    omar = people.person(name="Omar")
    filing.ready(filing.begun(NEXT, omar), who=omar)


def test_where_the_file_is_silent_nothing_is_counted(tmp_path: Path) -> None:
    """A scheme that says nothing, or once in a round, takes the same person in every round, and keeps no count."""
    for number, says in enumerate(("", 'who = "person"')):
        filing = Filing(tmp_path / str(number), says or 'who = "person", within = "round"')
        for code in (SPRING, AUTUMN):
            filing.ready(filing.begun(code))
    assert not CountsFor.objects.exists()


def test_who_may_not_see_the_other_is_not_told_of_it(tmp_path: Path) -> None:
    """An organisation reads the number of its own application; the sentence without a number is for who may not look."""
    filing = Filing(tmp_path, 'who = "applicant", within = "year"', FIRM, "firm")
    firm, marieke = people.organisation("90000075"), people.person(name="Marieke")
    people.mandate(marieke, firm)
    people.role(marieke, RoleKind.EMPLOYER, organisation=firm)
    one, other = filing.begun(SPRING, marieke, firm), filing.begun(AUTUMN, marieke, firm)
    filing.ready(one, who=marieke)
    assert f"aanvraag {one.pk}" in filing.refused(other, who=marieke)
    scope = scope_of(
        other.round, version_of(other.round.version_id).tracks[1], version_of(other.round.version_id), day_of(AT)
    )
    stranger = signed_in(people.person(name="Stan"))
    with pytest.raises(ApplicationRefused, match=r"Dat is al gebeurd\.$"), transaction.atomic():
        count_for(scope, Counting(CountsFor.objects.get().person, other.pk), by=stranger, at=AT)


def test_as_often_as_a_parameter_says(tmp_path: Path) -> None:
    """An applicant that may twice a year does so within one round; the third is refused, and goes once one was withdrawn."""
    filing = Filing(tmp_path, 'who = "applicant", within = "year", times = "often"', FIRM, "firm")
    firm, marieke = people.organisation("90000075"), people.person(name="Marieke")
    people.mandate(marieke, firm)
    people.role(marieke, RoleKind.EMPLOYER, organisation=firm)
    one, two, three = (filing.begun(SPRING, marieke, firm) for _ in range(3))
    for number, each in enumerate((one, two), 1):
        filing.ready(each, who=marieke)
        submitted(each, number)
    assert f"aanvragen {one.pk}, {two.pk}" in filing.refused(three, who=marieke)
    withdraw_application(one.pk, by=signed_in(marieke), at=AT)
    filing.ready(three, who=marieke)
    assert list(CountsFor.objects.order_by("turn").values_list("turn", flat=True)) == [0, 1, 2]
    submitted(three, 3)


LEFT = """[[track.condition]]
id = "left"
when = "employer.trajectories_this_year < often"
nl = "de werkgever kreeg nog geen twee trajecten"
source = "order"
[[round]]
id = "voorjaar"
"""


def test_what_was_granted_is_told_and_not_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a scheme that counts an employer's trajectories the site tells how many were granted this year, at the start and when putting ready."""
    monkeypatch.setattr(made, "FILE", made.FILE.replace('[[round]]\nid = "voorjaar"\n', LEFT, 1))
    filing = Filing(tmp_path, 'who = "applicant", within = "year", times = "often"', FIRM, "firm")
    firm, marieke = people.organisation("90000075"), people.person(name="Marieke")
    people.mandate(marieke, firm)
    people.role(marieke, RoleKind.EMPLOYER, organisation=firm)
    one, other = (filing.begun(SPRING, marieke, firm) for _ in range(2))
    filing.ready(one, who=marieke)
    _ended("granted")(filing, one)
    filing.ready(other, who=marieke)
    third = filing.begun(SPRING, marieke, firm)
    told = [
        [(row.whole, row.origin) for row in Answer.objects.filter(application=each, fact=TRAJECTORIES).order_by("id")]
        for each in (one, other, third)
    ]
    assert told == [[(0, "register")], [(0, "register"), (1, "register")], [(1, "register")]]


def test_each_application_by_itself(tmp_path: Path) -> None:
    """Where each application counts by itself, an employer files as many as there are in one round."""
    filing = Filing(tmp_path, 'who = "application"', FIRM, "firm")
    firm, marieke = people.organisation("90000075"), people.person(name="Marieke")
    people.mandate(marieke, firm)
    people.role(marieke, RoleKind.EMPLOYER, organisation=firm)
    for number in (1, 2, 3):
        one = filing.begun(SPRING, marieke, firm)
        filing.ready(one, who=marieke)
        submitted(one, number)
    assert not CountsFor.objects.exists()


# --- what frees it


def _withdrawn(filing: Filing, one: Application) -> None:
    withdraw_application(one.pk, by=signed_in(filing.person), at=AT)


def _changed(filing: Filing, one: Application) -> None:
    told = [Given("training.price", 50000)]
    save_answers(one.pk, told, library=filing.library, by=signed_in(filing.person), at=AT)


def _ended(*acts: str) -> Callable[[Filing, Application], None]:
    def end(filing: Filing, one: Application) -> None:
        submitted(one)
        case = a_case(one)
        Staff().do(case, "assessed", *acts)

    return end


def a_case(one: Application) -> Case:
    """Open the case of an application."""
    return open_case(
        one.round.version_id, party(one), body=people.body().pk, received_on=day_of(AT), by=SITE, at=AT
    )  # fmt: skip


@pytest.mark.parametrize(
    ("end", "why"),
    [(_withdrawn, Over.WITHDRAWN), (_changed, Over.CHANGED), (_ended("refused"), Over.REFUSED)],
    ids=["withdrawn", "changed", "refused"],
)
def test_what_frees_it(end: Callable[[Filing, Application], None], why: Over, tmp_path: Path) -> None:
    """What was withdrawn, changed since it stood ready, or refused no longer stands in the way; why is kept."""
    filing = Filing(tmp_path, YEAR)
    spring, autumn = filing.begun(SPRING), filing.begun(AUTUMN)
    filing.ready(spring)
    assert filing.refused(autumn)
    end(filing, spring)
    filing.ready(autumn)
    assert CountsNoMore.objects.get().reason == why
    assert list(CountsFor.objects.order_by("turn").values_list("application", "turn")) == [
        (spring.pk, 0),
        (autumn.pk, 1),
    ]


def test_a_grant_does_not(tmp_path: Path) -> None:
    """What was granted stands in the way for good."""
    filing = Filing(tmp_path, YEAR)
    spring, autumn = filing.begun(SPRING), filing.begun(AUTUMN)
    filing.ready(spring)
    _ended("granted")(filing, spring)
    assert filing.refused(autumn)


def test_an_objection_that_is_upheld_counts_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose refusal was undone counts again, beside who came after: nobody else comes in."""
    filing = Filing(tmp_path, YEAR)
    spring, autumn, third = filing.begun(SPRING), filing.begun(AUTUMN), filing.begun(AUTUMN)
    filing.ready(spring)
    _ended("refused")(filing, spring)
    filing.ready(autumn)
    monkeypatch.setattr(once, "_without_grant", lambda applications: frozenset())
    withdraw_application(autumn.pk, by=signed_in(filing.person), at=AT)
    assert f"aanvraag {spring.pk}" in filing.refused(third)


def test_what_was_not_submitted_in_time(tmp_path: Path) -> None:
    """What stood ready in a round that is over is no longer ready; its token is refused, also once two people reopen the round."""
    filing = Filing(tmp_path, YEAR)
    spring, autumn = filing.begun(SPRING), filing.begun(AUTUMN)
    token = filing.ready(spring)
    open_gate(spring.round_id, by=US, at=AT)
    close_gate(spring.round_id, by=US, at=AT)
    assert filing.refused(autumn)  # its round can be opened again until its end
    filing.ready(autumn, AFTER)
    assert CountsNoMore.objects.get().reason == Over.NOT_SUBMITTED
    reopen_gate(spring.round_id, by=US, at=AFTER)
    spring.refresh_from_db()
    assert state_now(spring) == "draft"
    assert not enter(token, 1)
    assert filing.refused(spring, AFTER)


def test_put_ready_again_it_is_the_same_count(tmp_path: Path) -> None:
    """Changing an answer and putting it ready again takes no second turn."""
    filing = Filing(tmp_path, YEAR)
    spring = filing.begun(SPRING)
    for price in (50000, 60000):
        made.answer(filing.library, spring, filing.person, {"training.price": price})
        filing.ready(spring)
    assert (CountsFor.objects.count(), CountsNoMore.objects.count()) == (1, 0)


def test_a_rehearsal_counts_for_itself(tmp_path: Path) -> None:
    """Who practised may apply: what counts in a rehearsal is that rehearsal."""
    filing = Filing(tmp_path, YEAR)
    version = version_of(filing.round(SPRING).version_id)
    row = filing.round(SPRING)
    row.rehearsal = True
    scope = scope_of(row, version.tracks[0], version, day_of(AT))
    assert scope is not None
    assert scope.name == f"round {row.pk}"
    assert "per aanvraagtijdvak" in said_full(scope)["nl"]


# --- two at once


@pytest.mark.django_db(transaction=True)
def test_two_at_once_and_one_is_ready(tmp_path: Path) -> None:
    """Two drafts of one person in two rounds are put ready at the same moment: one is, the other is refused."""
    assert both_at_once(tmp_path) == (1, ["ApplicationRefused"])


@pytest.mark.django_db(transaction=True)
def test_the_database_holds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where neither waits for the other, the database still takes one turn once."""
    monkeypatch.setattr(counting, "hold", lambda thing: None)
    meet(monkeypatch)
    assert both_at_once(tmp_path) == (1, ["ApplicationRefused"])


@pytest.mark.django_db(transaction=True)
def test_without_either_two_are_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without waiting and without the constraint both are ready, and counting them shows."""
    monkeypatch.setattr(counting, "hold", lambda thing: None)
    meet(monkeypatch)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE applications_countsfor DROP CONSTRAINT applications_counts_once")
    try:
        assert both_at_once(tmp_path) == (2, [])
    finally:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE applications_countsfor CASCADE")
            cursor.execute(
                "ALTER TABLE applications_countsfor ADD CONSTRAINT applications_counts_once UNIQUE (scope, person, turn)"
            )


def both_at_once(folder: Path) -> tuple[int, list[str]]:
    """Put two ready at the same time; give how many are, and what went wrong."""
    filing = Filing(folder, YEAR)
    drafts = [filing.begun(SPRING), filing.begun(AUTUMN)]
    wrong = at_once(*[lambda one=one: filing.ready(one) for one in drafts])
    ready = Application.objects.filter(frozen_at__isnull=False).count()
    return ready, [type(one).__name__ for one in wrong]


def meet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let both have looked before either keeps its count."""
    barrier, real = threading.Barrier(2), counting.held_by

    def looked(*given: Any, **named: Any) -> Any:
        found = real(*given, **named)
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(5.0)
        return found

    monkeypatch.setattr(counting, "held_by", looked)
