"""What was reserved and never claimed: paid after the claim alone, reminded of once by the site, and let lapse by two officials."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from doorleren.audit.acts import SITE
from doorleren.cases.commands.note import note_post_returned
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import terms_of_case
from doorleren.cases.refusing import CaseRefused
from doorleren.core.days import day_of
from doorleren.decisions.commands import lapse as lapsing
from doorleren.decisions.commands import remind_of_claim as reminding
from doorleren.decisions.commands.ask_delivery import ask_delivery
from doorleren.decisions.commands.check_delivery import draw_sample
from doorleren.decisions.commands.decide import grant
from doorleren.decisions.commands.lapse import lapsing_ahead, propose_lapsing, rounds_to_lapse
from doorleren.decisions.commands.propose_batch import digest_now
from doorleren.decisions.commands.propose_settling import (
    propose_settling,
    rounds_drawn,
    rounds_to_draw,
    settling_ahead,
)
from doorleren.decisions.commands.release_batch import release_batch
from doorleren.decisions.commands.remind_of_claim import remind_of_claim, remind_unclaimed
from doorleren.decisions.commands.report_delivery import Done, report_delivery
from doorleren.decisions.commands.run_batch import run_batch
from doorleren.decisions.commands.settle import Weighed, settle_as_granted, settle_lower
from doorleren.decisions.delivering import question_open
from doorleren.decisions.models import Batch, BatchItem, Check, Decision, DeliveryQuestion, Settlement
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.settling import ensure_granted
from doorleren.decisions.unclaimed import ensure_to_remind, in_time
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.cases.made import BATCH
from tests.decisions import made
from tests.decisions.made import UNTIL, a_case, assessed, by
from tests.decisions.objecting import Staff, applicant, granted, next_moment, said, went

LAST = date(2026, 6, 30)
RESERVED = made.HARD.replace(
    'kind = "grant_settle"\nbudget_reservation = true', 'kind = "reserve_claim"\nclaim_until = "last_claim"'
).replace("[[parameter]]", """[[parameter]]
id = "last_claim"
unit = "date"
values = [{ from = 2026-01-01, value = 2026-06-30, source = "order" }]
[[parameter]]""", 1)  # fmt: skip
"""The scheme of the tests where a place is reserved first, and claimed until the end of June."""
OVER: datetime = made.AT + timedelta(days=111)
"""1 July: the day after the last day to claim."""
LAPSES: datetime = OVER + timedelta(days=15)
"""The day after the last day of a reminder of 1 July."""
DONE = Done(date(2026, 3, 11), date(2026, 3, 12), 10, 10, ())
WEIGHED = Weighed("u hebt niet gedeclareerd", "er is niets betaald")


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The library with the scheme that reserves."""
    return made.library(tmp_path, RESERVED)


@pytest.fixture
def cases(known: Library, round_: Round, staff: Staff) -> list[Case]:
    """Three cases that were granted."""
    found = [a_case(known, round_, name) for name in ("Nadia", "Omar", "Els")]
    for one in found:
        granted(one, known, staff)
    return found


def reported(case: Case, days: int = 0) -> None:
    """Let the applicant claim, so many days after the last act."""
    at = next_moment(case, days)
    report_delivery(case.pk, DONE, by=applicant(case, at), at=at, party=True)


def reminded(cases: Sequence[Case], *, sent: bool = True) -> None:
    """Let the site remind on 1 July, and note that the letters went out."""
    remind_unclaimed(lambda: OVER)
    for one in DeliveryQuestion.objects.filter(case__in=cases) if sent else ():
        went(one.act)


def lapsed(round_: Round, staff: Staff, at: datetime = LAPSES) -> Batch:
    """Let two officials decide on a list, and work it off."""
    batch = propose_lapsing(round_.pk, by=by(staff["decider"], at), at=at)
    release_batch(batch.pk, digest_now(batch), by=by(staff["second"], at), at=at)
    run_batch(batch.pk, now=lambda: at + timedelta(minutes=1))
    return batch


def test_paid_once_it_was_claimed(cases: list[Case], staff: Staff) -> None:
    """The grant reserves and pays nothing; its letter and a term of the party say until when to claim; settling waits for the claim."""
    case = cases[0]
    decision = case.decisions.get()
    assert (decision.arrangement, decision.settle_how, decision.advance_cents) == ("claim", "on_delivery", 0)
    assert "u declareert uiterlijk 30 juni 2026 wat is gedaan" in said(decision.act)
    term = next(one for one in terms_of_case(case) if one.id == "claim")
    assert (term.whose, term.last, term.runs) == ("party", LAST, True)
    at = next_moment(case)
    with pytest.raises(DecisionRefused) as refused:
        settle_as_granted(case.pk, by=by(staff["decider"], at), at=at)
    assert refused.value.code == "not_reported"
    reported(case)
    reported(case, 3)
    terms = {one.id: one for one in terms_of_case(case)}
    settling = terms["settlement"]
    assert (terms["claim"].runs, settling.runs, settling.whose, settling.start) == (
        False,
        True,
        "authority",
        day_of(made.AT),
    )
    at = next_moment(case)
    assert settle_as_granted(case.pk, by=by(staff["decider"], at), at=at).settled_cents == decision.amount_cents


def test_reminded_once_the_day_after(cases: list[Case]) -> None:
    """On the last day nobody is reminded, the day after each who did not claim, once, by a letter that says what follows."""
    reported(cases[2])
    assert remind_unclaimed(lambda: OVER - timedelta(days=1)).done == 0
    assert [remind_unclaimed(lambda: OVER).done, remind_unclaimed(lambda: OVER).done] == [2, 0]
    row = CaseAct.objects.get(case=cases[0], act="intent_notified")
    assert (row.by_kind, row.details["settled_cents"], row.details["until"]) == ("site", 0, "2026-07-15")
    for words in ("699,95 gereserveerd", "30 juni 2026", "uiterlijk op 15 juli 2026", "op nul zetten"):
        assert words in said(row), (words, said(row))
    asked = question_open(cases[0].pk)
    assert asked is not None
    assert asked.until == date(2026, 7, 15)
    with pytest.raises(DecisionRefused, match="gedeclareerd"):
        remind_of_claim(cases[2].pk, at=next_moment(cases[2]))


def test_some_at_a_time(cases: list[Case]) -> None:
    """A look reminds of at most so many and says where the next goes on; one that cannot be holds up nobody."""
    first = remind_unclaimed(lambda: OVER, most=2)
    assert (first.done, first.after) == (2, cases[1].pk)
    second = remind_unclaimed(lambda: OVER, after=cases[1].pk, most=2)
    assert (second.done, second.after) == (1, None)


def test_no_reminder_where_nobody_had_time(known: Library, round_: Round, staff: Staff) -> None:
    """Where the letter of the grant did not go out, no day to claim counts: an official looks at it, and the site leaves it."""
    case = a_case(known, round_)
    assessed(case, known, staff["assessor"])
    at = next_moment(case)
    grant(case.pk, by=by(staff["decider"], at), at=at, activities_until=UNTIL)
    assert remind_unclaimed(lambda: OVER).done == 0
    with pytest.raises(DecisionRefused, match="nog niet verzonden"):
        remind_of_claim(case.pk, at=OVER)


def test_lapsed_by_two_people(cases: list[Case], round_: Round, staff: Staff) -> None:
    """After the reminder two officials let what nobody claimed lapse: each settled at nil with its letter, what was claimed stays."""
    reminded(cases)
    reported(cases[2])
    assert propose_nothing(round_, staff, LAPSES - timedelta(days=1))
    assert [one.pk for one in rounds_to_lapse({round_.body_id}, today=day_of(LAPSES))] == [round_.pk]
    lapsed(round_, staff)
    rows = list(Settlement.objects.order_by("case"))
    assert [(one.case_id, one.kind, one.settled_cents) for one in rows] == [
        (one.pk, "settled_at_nil", 0) for one in cases[:2]
    ]
    assert (rows[0].act.by_kind, rows[0].act.details["released_by"]) == ("batch", staff["second"].pk)
    assert "u hoeft niets terug te betalen" in said(rows[0].act)
    assert rounds_to_lapse({round_.body_id}, today=day_of(LAPSES)) == []


def propose_nothing(round_: Round, staff: Staff, at: datetime) -> bool:
    """Say whether there is nothing to let lapse at a moment."""
    with pytest.raises(DecisionRefused, match="kan vervallen"):
        propose_lapsing(round_.pk, by=by(staff["decider"], at), at=at)
    return lapsing_ahead(round_, today=day_of(at)).lines == ()


@pytest.mark.parametrize("asks", [True, False], ids=["asks_again", "guard_off"])
def test_what_came_meanwhile_is_for_a_person(
    asks: bool, cases: list[Case], round_: Round, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was claimed or answered after the list was proposed is left for a person; negative control: not asked again it would lapse."""
    reminded(cases)
    view(cases[2], staff, next_moment(cases[2]))
    batch = propose_lapsing(round_.pk, by=by(staff["decider"], LAPSES), at=LAPSES)
    assert sorted(batch.items.values_list("case", flat=True)) == [one.pk for one in cases[:2]]
    release_batch(batch.pk, digest_now(batch), by=by(staff["second"], LAPSES), at=LAPSES)
    late = LAPSES + timedelta(minutes=1)
    report_delivery(cases[0].pk, DONE, by=applicant(cases[0], late), at=late, party=True)
    view(cases[1], staff, late)
    if not asks:
        monkeypatch.setattr(lapsing, "ensure_unclaimed", lambda case, today: (ensure_granted(case), today))
        monkeypatch.setattr(lapsing, "reminded", lambda _: Decision.objects.all())
    run_batch(batch.pk, now=lambda: LAPSES + timedelta(minutes=2))
    assert Settlement.objects.count() == (0 if asks else 2)
    assert sorted(BatchItem.objects.values_list("left", flat=True)) == (["claimed", "disturbed"] if asks else ["", ""])


def view(case: Case, staff: Staff, at: datetime) -> None:
    """Note that a view came in."""
    perform(case.pk, "view_received", by=by(staff["assessor"], at), at=at)


def test_a_reminder_that_was_not_sent_starts_nothing(cases: list[Case], round_: Round, staff: Staff) -> None:
    """While the letter of a reminder did not go out nothing lapses; once its last day is over the site sends another, and that one counts."""
    reminded(cases, sent=False)
    assert propose_nothing(round_, staff, LAPSES)
    with pytest.raises(DecisionRefused, match="nog niet verzonden"):
        settle_lower(cases[0].pk, 0, WEIGHED, by=by(staff["decider"], LAPSES), at=LAPSES)
    assert [remind_unclaimed(lambda: LAPSES).done, remind_unclaimed(lambda: LAPSES).done] == [3, 0]
    for one in DeliveryQuestion.objects.filter(number=2):
        went(one.act)
    late = LAPSES + timedelta(days=15)
    assert remind_unclaimed(lambda: late).done == 0
    lapsed(round_, staff, late)
    assert Settlement.objects.filter(kind="settled_at_nil").count() == 3


@pytest.mark.parametrize(("why", "counts"), [("wrong_address", False), ("not_taken", True)])
def test_a_reminder_that_came_back(why: str, counts: bool, cases: list[Case]) -> None:
    """A reminder that went again after its last day was in time where the first went to the right address, and not where that was wrong."""
    reminded(cases)
    numbers, of = {one.pk for one in cases}, DeliveryQuestion.objects.get(case=cases[0]).act.number
    assert in_time(numbers) == numbers
    back = note_post_returned(cases[0].pk, of=of, by=SITE, at=LAPSES)
    perform(cases[0].pk, "dispatched", by=SITE, at=LAPSES, details={"of": of, "returned": back.number, "why": why})
    assert (cases[0].pk in in_time(numbers)) == counts
    assert numbers - {cases[0].pk} <= in_time(numbers)


@pytest.mark.parametrize("what", ["the reminder", "the grant"])
def test_while_a_letter_is_back_nothing_lapses(what: str, cases: list[Case], round_: Round, staff: Staff) -> None:
    """While the reminder or the letter of the grant came back, that grant alone does not lapse and nobody is reminded; as nobody took it, it does."""
    reminded(cases)
    case, others = cases[0], {one.pk for one in cases[1:]}
    of = DeliveryQuestion.objects.get(case=case).act if what == "the reminder" else case.decisions.get().act
    at = LAPSES - timedelta(days=1)
    back = note_post_returned(case.pk, of=of.number, by=SITE, at=at)
    with pytest.raises(DecisionRefused, match="Stuur hem eerst opnieuw"):
        ensure_to_remind(Case.objects.get(pk=case.pk), day_of(LAPSES))
    assert remind_unclaimed(lambda: LAPSES).done == 0
    lapsed(round_, staff)
    assert set(Settlement.objects.filter(kind="settled_at_nil").values_list("case", flat=True)) == others
    later = LAPSES + timedelta(days=1)
    perform(
        case.pk, "dispatched", by=SITE, at=later, details={"of": of.number, "returned": back.number, "why": "not_taken"}
    )
    lapsed(round_, staff, later)
    assert Settlement.objects.filter(case=case, kind="settled_at_nil").count() == 1


def test_an_official_waits_for_a_reminder_that_is_back(cases: list[Case], staff: Staff) -> None:
    """An official settles no grant at nil while its reminder came back, and does once it went again as nobody took it."""
    reminded(cases)
    case, of = cases[0], DeliveryQuestion.objects.get(case=cases[0]).act.number
    back = note_post_returned(case.pk, of=of, by=SITE, at=LAPSES)
    with pytest.raises(DecisionRefused, match="Stuur hem eerst opnieuw"):
        settle_lower(case.pk, 0, WEIGHED, by=by(staff["decider"], LAPSES), at=LAPSES)
    perform(case.pk, "dispatched", by=SITE, at=LAPSES, details={"of": of, "returned": back.number, "why": "not_taken"})
    assert settle_lower(case.pk, 0, WEIGHED, by=by(staff["decider"], LAPSES), at=LAPSES).kind == "settled_at_nil"


def test_one_official_can_do_it_too(cases: list[Case], staff: Staff) -> None:
    """After the last day of the reminder an official settles a grant at nil as any other; no batch does so without two people."""
    reminded(cases)
    case = cases[0]
    with pytest.raises(DecisionRefused, match="nog tijd"):
        settle_lower(case.pk, 0, WEIGHED, by=by(staff["decider"], OVER), at=next_moment(case))
    with pytest.raises(CaseRefused, match="twee"):
        perform(case.pk, "settled_at_nil", by=BATCH, at=LAPSES)
    assert settle_lower(case.pk, 0, WEIGHED, by=by(staff["decider"], LAPSES), at=LAPSES).kind == "settled_at_nil"


def test_the_log_says_what_goes_wrong(
    cases: list[Case], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where a reminder breaks the others go on, and the log names the case."""

    def broken(case: int, *, at: datetime) -> bool:
        if case == cases[0].pk:
            raise ValueError("broken")
        return True

    monkeypatch.setattr(reminding, "remind_of_claim", broken)
    assert remind_unclaimed(lambda: OVER).done == 2
    assert f"in case {cases[0].pk} nobody could be reminded" in caplog.text


def test_many_claims_are_settled_at_once(cases: list[Case], round_: Round, staff: Staff) -> None:
    """Whole claims are settled by two officials after a sample, without what was drawn; asked about since then, it is for a person."""
    bodies, today = {round_.body_id}, day_of(OVER)
    for one in cases:
        reported(one)
    assert settling_ahead(round_, today=today).lines == ()
    assert (rounds_to_draw(bodies, today=today), rounds_drawn(bodies, today=today)) == ({round_.pk}, set())
    draw_sample(round_.pk, 1, by=by(staff["assessor"], OVER), at=OVER)
    drawn = Check.objects.get().case_id
    first, second = (one for one in cases if one.pk != drawn)
    assert (rounds_to_draw(bodies, today=today), rounds_drawn(bodies, today=today)) == (set(), {round_.pk})
    batch = propose_settling(round_.pk, by=by(staff["decider"], OVER), at=OVER)
    release_batch(batch.pk, digest_now(batch), by=by(staff["second"], OVER), at=OVER)
    at = OVER + timedelta(minutes=1)
    ask_delivery(second.pk, "Waarom?", until=day_of(at) + timedelta(days=14), by=by(staff["assessor"], at), at=at)
    run_batch(batch.pk, now=lambda: at + timedelta(minutes=1))
    row = Settlement.objects.get()
    assert (row.case_id, row.kind, row.ex_officio, row.delivery_id is not None) == (
        first.pk,
        "settled_as_granted",
        False,
        True,
    )
    assert list(BatchItem.objects.exclude(left="").values_list("case", "left")) == [(second.pk, "disturbed")]


def test_what_is_not_whole_is_on_no_list(cases: list[Case], round_: Round, staff: Staff) -> None:
    """Where less was done than the scheme asks, or nothing was claimed, an official looks at it alone."""
    reported(cases[0])
    draw_sample(round_.pk, 1, by=by(staff["assessor"], OVER), at=OVER)
    drawn = Check.objects.get().case_id
    listed = {one.case for one in settling_ahead(round_, today=day_of(OVER)).lines}
    assert listed == {cases[0].pk} - {drawn}
    at = next_moment(cases[0])
    less = Done(DONE.started_on, DONE.ended_on, 10, 1, ())
    report_delivery(cases[0].pk, less, by=applicant(cases[0], at), at=at, party=True)
    assert settling_ahead(round_, today=day_of(OVER)).lines == ()
