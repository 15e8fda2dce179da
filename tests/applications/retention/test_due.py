"""What is due on which day: cases after the term of their scheme or framework, what nobody submitted, accounts that nothing needs."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import AdviserListing, Application
from doorleren.applications.recording import party
from doorleren.applications.retention.commands.destroy_account import destroy_unused_accounts
from doorleren.applications.retention.commands.run_destruction import run_daily
from doorleren.applications.retention.due import due_accounts, due_cases, due_unsubmitted, kept_until
from doorleren.audit.acts import SITE, Party, record
from doorleren.audit.models import Act
from doorleren.cases.commands.open_case import open_case
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.retention import OF_SCHEME, long_closed, retention_of
from doorleren.core.days import day_of
from doorleren.people.models import Identity, NationalNumber, Person, RoleKind
from doorleren.people.national_number import keys
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.schemes.models import PublishedVersion
from doorleren.server.rush.rounds import announce_rehearsal
from tests.applications import made as applications
from tests.applications.corrections import wrong as corrections
from tests.applications.made import submitted
from tests.applications.retention import made
from tests.applications.test_constraints import frozen
from tests.cases import made as cases
from tests.cases.made import Staff
from tests.people import made as people

LAST_DAY_OF_AN_ACCOUNT = date(2028, 3, 10)


def test_a_rehearsal_of_an_opening_stands_in_no_ones_way(staff: Staff) -> None:
    """The version of the round that `doorleren rush` makes is no scheme file; what is due beside it is found all the same."""
    announce_rehearsal("arrival", 100_000)
    case = closed(cases.version("awb"), staff)
    assert [one.number for one in due_cases(date(2036, 4, 1))] == [case.pk]


@pytest.mark.parametrize(
    ("framework", "last"),
    [("kaderregeling-ocw-szw-vws", date(2036, 4, 1)), ("awb", date(2033, 4, 1)), ("outside-awb", date(2033, 4, 1))],
)
def test_a_closed_case_is_due_after_the_term_of_its_framework(framework: str, last: date, staff: Staff) -> None:
    """Closed on 1 April 2026 it is kept ten or seven years, and due the day after; the term and its source are told."""
    case = cases.a_case(cases.version(framework))
    assert kept_until(case) is None
    staff.do(case, "assessed", "refused")
    staff.do(case, "closed", at=made.CLOSED)
    found = kept_until(case)
    assert found is not None
    assert (found.kept_until, found.term, bool(found.source)) == (last, found.term, True)
    assert list(due_cases(last)) == []
    assert [one.number for one in due_cases(last + timedelta(days=1))] == [case.pk]
    assert list(due_cases(last + timedelta(days=1), people.body("ander").pk)) == []


def closed(version: PublishedVersion, staff: Staff, **given: Any) -> Case:
    """A case under a version, refused and closed on 1 April 2026."""
    case = cases.a_case(version, **given)
    staff.do(case, "assessed", "refused")
    staff.do(case, "closed", at=made.CLOSED)
    return case


def test_a_case_before_a_court_is_kept(staff: Staff) -> None:
    """An appeal that was noted after the closing keeps a case past its term; how it ended lets it go."""
    case = cases.a_case(cases.version("awb"))
    staff.do(case, "assessed", "refused")
    staff.do(case, "closed", at=made.CLOSED)
    refusal = CaseAct.objects.get(case=case, act="refused")
    staff.do(case, "appeal_noted", details={"against": refusal.number})
    assert kept_until(case) is None
    staff.do(case, "appeal_ended", details={"judgment": "unfounded", "appeal": case.acts, "against": refusal.number})
    assert kept_until(case) is not None


@pytest.mark.parametrize("years", [3, 20], ids=["shorter", "longer"])
def test_what_a_scheme_sets_goes_before_its_framework(years: int, staff: Staff) -> None:
    """A case of a scheme with a term of its own is due after that; one of the same framework without it after the framework's."""
    other = closed(cases.version(), staff)
    case = closed(cases.keeping(("2020-01-01", "", years)), staff)
    last = date(2026 + years, 4, 1)
    found = kept_until(case)
    assert found is not None
    assert (found.kept_until, found.term, found.began_on) == (last, OF_SCHEME, date(2026, 4, 1))
    assert found.source == retention_of(case).length.source != retention_of(other).source
    for day, due in ((last, False), (last + timedelta(days=1), True)):
        assert (case.pk in {one.number for one in due_cases(day)}) is due
    for day, due in ((date(2036, 4, 1), False), (date(2036, 4, 2), True)):
        assert (other.pk in {one.number for one in due_cases(day)}) is due


def test_what_a_scheme_sets_is_dated(staff: Staff) -> None:
    """The value of the day on which a case came in holds, the latest that had begun; before the first it is the framework's."""
    version = cases.keeping(("2026-03-01", "2026-03-31", 3), ("2026-03-10", "", 5))
    came = [date(2026, 2, 1), date(2026, 3, 2), date(2026, 3, 12)]
    rows = [closed(version, staff, received_on=day) for day in came]
    found = [kept_until(one) for one in rows]
    assert [one and one.kept_until for one in found] == [date(2036, 4, 1), date(2029, 4, 1), date(2031, 4, 1)]
    ends = {"2029-04-01": 0, "2029-04-02": 1, "2031-04-01": 1, "2031-04-02": 2, "2036-04-01": 2, "2036-04-02": 3}
    assert {day: len(list(due_cases(date.fromisoformat(day)))) for day in ends} == ends


def test_only_what_may_be_due_is_read(staff: Staff) -> None:
    """Of cases that a scheme lets be kept longer or shorter than their framework, no more is read than is due."""
    longer, shorter = cases.keeping(("2020-01-01", "", 20)), cases.keeping(("2020-01-01", "", 3), framework="awb")
    for version in (longer, shorter, cases.version()):
        closed(version, staff)
    for day, number in ((date(2029, 3, 31), 0), (date(2029, 4, 3), 1), (date(2036, 4, 3), 2), (date(2046, 4, 3), 3)):
        assert Case.objects.filter(long_closed(day)).count() == number


def test_what_somebody_asks_to_correct_is_kept(
    known: Library, round_: Round, one: Application, case: Case, staff: Staff
) -> None:
    """A case is not due while somebody asks to correct something in it, which is asked once for all cases."""
    other = made.a_case_of(applications.draft(known, round_, people.person(name="Tom")), staff)
    on, request = day_of(made.DUE), corrections.kept(one)
    case.refresh_from_db()
    with CaptureQueriesContext(connection) as asked:
        assert [due.number for due in due_cases(on)] == [other.pk]
    assert (len(asked), kept_until(case)) == (3, None)  # the published versions, the requests, the cases
    corrections.step(request).save()
    assert kept_until(case) is not None
    assert {due.number for due in due_cases(on)} == {case.pk, other.pk}


def test_a_draft_is_due_half_a_year_after_its_round(one: Application, shut: Round) -> None:
    """From the closing of the round, which is later than its last answer; before the round closes never."""
    assert list(due_unsubmitted(made.LAST_DAY_OF_A_DRAFT)) == []
    (found,) = due_unsubmitted(made.LAST_DAY_OF_A_DRAFT + timedelta(days=1))
    assert (found.number, found.began_on, found.kept_until) == (one.pk, date(2026, 4, 30), made.LAST_DAY_OF_A_DRAFT)


def test_an_answer_after_the_closing_gives_more_time(one: Application, shut: Round) -> None:
    """A withdrawal or answer later than the closing begins the term anew."""
    Application.objects.filter(pk=one.pk).update(withdrawn_at=made.SHUT + timedelta(days=31))
    assert list(due_unsubmitted(made.LAST_DAY_OF_A_DRAFT + timedelta(days=1))) == []
    assert [each.number for each in due_unsubmitted(made.LAST_DAY_OF_A_DRAFT + timedelta(days=40))] == [one.pk]


def test_what_was_submitted_or_has_a_case_waits_for_its_case(one: Application, shut: Round) -> None:
    """With a ticket, or with a case, it is not due by this rule, however late it is."""
    late = date(2090, 1, 1)
    frozen(one).save()
    submitted(one)
    assert list(due_unsubmitted(late)) == []
    Application.objects.filter(pk=one.pk).update(withdrawn_at=made.SHUT)
    assert [each.number for each in due_unsubmitted(late)] == [one.pk]
    told: dict[str, Any] = {"body": people.body().pk, "received_on": cases.DAY, "by": SITE, "at": cases.AT}
    open_case(cases.version().pk, party(one), **told)
    assert list(due_unsubmitted(late)) == []
    assert Case.objects.count() == 1


def account(**given: Any) -> Person:
    person = people.person(name=made.NAME, notice_email="zelda@example.org", **given)
    Identity.objects.create(
        person=person, issuer="broker", subject=f"zelda-{person.pk}", assurance="high", last_used_at=people.AT
    )
    NationalNumber.objects.create(person=person, lookup="f" * 64, sealed=keys().sealed(made.NUMBER))
    return person


def test_an_account_that_nothing_needs_goes_after_two_years(db: None) -> None:
    """Two years after the last time of signing in nothing of the person is found; the number and an act of it stay."""
    person = account()
    texts = [made.NAME, "zelda@example.org", f"zelda-{person.pk}", "f" * 64]
    assert {one for found in made.in_database(texts).values() for one in found} == set(texts)
    assert destroy_unused_accounts(LAST_DAY_OF_AN_ACCOUNT, by=SITE, at=made.DUE) == []
    after = LAST_DAY_OF_AN_ACCOUNT + timedelta(days=1)
    assert destroy_unused_accounts(after, by=SITE, at=made.DUE) == [person.pk]
    assert made.in_database(texts) == {}
    assert Act.objects.get(act="account_destroyed").subject_id == str(person.pk)
    assert list(due_accounts(after)) == []


def test_the_public_list_lets_go_of_who_has_no_account(db: None) -> None:
    """With the account the place among the advisers who can be found goes, and its act is recorded; another's stays."""
    person, other = account(), people.person()
    people.role(other, RoleKind.CAREER_ADVISER)
    for who, email in ((person, "zelda@firma.nl"), (other, "nadia@firma.nl")):
        AdviserListing.objects.create(
            adviser=who, organisation=people.organisation(), place="Zwolle", email=email, listed_at=people.AT
        )
    after = LAST_DAY_OF_AN_ACCOUNT + timedelta(days=1)
    assert destroy_unused_accounts(after, by=SITE, at=made.DUE) == [person.pk]
    assert made.in_database(["zelda@firma.nl"]) == {}
    assert list(AdviserListing.objects.values_list("adviser", flat=True)) == [other.pk]
    assert Act.objects.get(act="adviser_unlisted").subject_id == str(person.pk)


@pytest.mark.parametrize("needed_for", ["file", "role", "mandate"])
def test_an_account_that_is_needed_stays(needed_for: str, known: Library, round_: Round) -> None:
    """A file that was not destroyed, a role or a mandate keeps the account."""
    person, late = account(), date(2090, 1, 1)
    assert [one.number for one in due_accounts(late)] == [person.pk]
    if needed_for == "file":
        applications.draft(known, round_, person)
    elif needed_for == "role":
        people.role(person, RoleKind.ASSESSOR)
    else:
        people.mandate(person)
    assert list(due_accounts(late)) == []


def test_the_daily_round_destroys_both(one: Application, shut: Round, nadia: Person, store: Store) -> None:
    """Draft and account go, once; after years in which nobody did anything the clock is not believed and nothing goes."""
    assert run_daily(store=store, at=made.DUE) == (0, 0, 0)
    with transaction.atomic():
        record("signed_in", Party("person", "0"), by=Party("person", "0"), at=made.DUE - timedelta(days=1))
    assert run_daily(store=store, at=made.DUE) == (1, 1, 0)
    assert run_daily(store=store, at=made.DUE) == (0, 0, 0)
    nadia.refresh_from_db()
    assert (nadia.name, nadia.is_active) == ("", False)
