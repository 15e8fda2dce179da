"""The plan of an advance: its parts to the cent, kept with the decision and told in its letter, made anew when the grant changes."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from doorleren.core.days import add_months
from doorleren.decisions.advance_plan import MOST_MONTHS, PROGRESS, Part, plan
from doorleren.decisions.advances import plan_kept
from doorleren.decisions.commands.accept_progress import accept_progress
from doorleren.decisions.commands.amend import amend
from doorleren.decisions.commands.decide import grant
from doorleren.decisions.commands.report_progress import report_progress
from doorleren.decisions.commands.settle import Weighed
from doorleren.decisions.models import AdvancePart, Decision
from doorleren.decisions.refusing import DecisionRefused
from doorleren.people.access import NotAllowed
from doorleren.rounds.models import Round
from doorleren.rules.frameworks import Advance, LaterAdvance
from doorleren.rules.library import Library
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import UNTIL, a_case, assessed, by
from tests.decisions.objecting import Staff, next_moment, said

LARGE = made.HARD.replace("value = 1000,", "value = 60000,").replace(
    "budget_reservation = true\n", 'longer_decision = "decision-22"\n'
)
"""The scheme of the tests with grants of up to 60,000 euros: paid in parts over the months, settled on request."""
LATER = LARGE.replace(
    'longer_decision = "decision-22"\n',
    'longer_decision = "decision-22"\nadvance = "first"\nlater_advance = "more"\nlater_advance_over = "months"\n',
).replace("[[parameter]]", """[[parameter]]
id = "first"
unit = "share"
values = [{ from = 2026-01-01, value = 0.25, source = "order" }]
[[parameter]]
id = "more"
unit = "share"
values = [{ from = 2026-01-01, value = 0.5, source = "order" }]
[[parameter]]
id = "months"
unit = "month"
values = [{ from = 2026-01-01, value = 12, source = "order" }]
[[parameter]]""", 1)  # fmt: skip
"""The same with a quarter at once and half after a report of progress, where the activities last longer than a year."""
PRICE = {"training.price": 6_000_000}
DAY = date(2026, 3, 12)
SPREAD = Advance(Fraction(1), "law", spread=True)
IN_TWO = Advance(Fraction(1, 4), "law", later=LaterAdvance(Fraction(1, 2), 12, "law"))


@pytest.mark.parametrize(
    ("advance", "starts", "ends", "expected"),
    [
        (SPREAD, date(2026, 4, 10), date(2026, 7, 5),
         [(333_33, date(2026, 4, 10)), (333_33, date(2026, 5, 10)), (333_34, date(2026, 6, 10))]),
        (SPREAD, date(2026, 1, 10), date(2026, 4, 5), [(1000_00, DAY)]),
        (SPREAD, date(2026, 1, 31), date(2026, 4, 29), [(666_66, DAY), (333_34, date(2026, 3, 31))]),
        (SPREAD, None, date(2026, 3, 12), [(1000_00, DAY)]),
        (IN_TWO, None, date(2027, 3, 12), [(250_00, DAY), (500_00, None)]),
        (IN_TWO, None, date(2027, 3, 11), [(250_00, DAY)]),
        (IN_TWO, None, None, [(250_00, DAY)]),
        (Advance(Fraction(0), "law"), None, None, []),
    ],
    ids=["months", "over", "begun", "a_day", "longer", "a_year", "open_end", "nothing"],
)  # fmt: skip
def test_a_plan_by_hand(
    advance: Advance, starts: date | None, ends: date | None, expected: list[tuple[int, date | None]]
) -> None:
    """Each month that begins has a part, what was due before comes at once, and what waits for a report has no day."""
    found = plan(advance, 1000_00, decided=DAY, starts=starts, ends=ends)
    assert [(one.cents, one.due) for one in found.parts or ()] == expected
    assert [bool(one.after) for one in found.parts or ()] == [due is None for _, due in expected]


def test_a_spread_advance_waits_for_the_last_day() -> None:
    """While the last day of the activities is not known, neither the parts nor their sum are."""
    found = plan(SPREAD, 1000_00, decided=DAY, starts=DAY, ends=None)
    assert (found.parts, found.cents, found.in_parts) == (None, None, ())


@pytest.mark.parametrize("cents", [1, 7, 2_500_001, 12_499_999])
@pytest.mark.parametrize("months", [1, 2, 7, 13, 60, 1000])
def test_parts_add_up_to_the_cent(cents: int, months: int) -> None:
    """However an amount is divided, nothing is lost or made, no part is nothing, two months differ by a cent, and five years is the most."""
    found = plan(SPREAD, cents, decided=DAY, starts=DAY, ends=add_months(DAY, months))
    parts = found.parts or ()
    assert sum(one.cents for one in parts) == found.cents == cents
    assert min(one.cents for one in parts) > 0
    assert len(parts) <= MOST_MONTHS
    assert max(one.cents for one in parts) - min(one.cents for one in parts) <= 1
    assert [one.number for one in parts] == list(range(1, len(parts) + 1))


def test_only_what_comes_later_is_a_plan_to_keep() -> None:
    """An advance that is paid at once leaves no parts; two parts, or one that waits, do."""
    assert plan(Advance(Fraction(1), "law"), 100, decided=DAY, starts=None, ends=UNTIL).in_parts == ()
    assert len(plan(IN_TWO, 100, decided=DAY, starts=None, ends=date(2028, 1, 1)).in_parts) == 2
    soon = plan(SPREAD, 100, decided=DAY, starts=date(2026, 5, 1), ends=date(2026, 5, 20))
    assert soon.in_parts == (Part(1, 100, date(2026, 5, 1)),)
    assert plan(SPREAD, 100, decided=DAY, starts=DAY, ends=DAY).in_parts == ()
    only_later = Advance(Fraction(0), "law", later=LaterAdvance(Fraction(1, 2), 0, "law"))
    assert plan(only_later, 100, decided=DAY, starts=None, ends=UNTIL).in_parts == (Part(1, 50, None, PROGRESS),)


def given(
    known: Library, round_: Round, staff: Staff, until: date | None, name: str = "Nadia", **told: Any
) -> Decision:
    """Grant 60,000 euros, or what `told` asks, for activities until a day."""
    case = a_case(known, round_, name, **PRICE | told)
    assessed(case, known, staff["assessor"])
    at = next_moment(case)
    return grant(case.pk, by=by(staff["decider"], at), at=at, activities_until=until)


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The library with the scheme of large grants."""
    return made.library(tmp_path, LARGE)


def test_a_large_grant_is_paid_in_parts_and_says_so(known: Library, round_: Round, staff: Staff) -> None:
    """From 25,000 euros the advance is spread over the months: kept with the decision, and a table in its letter."""
    decision = given(known, round_, staff, UNTIL)
    rows = list(AdvancePart.objects.filter(decision=decision).order_by("number"))
    assert [one.due_on for one in rows] == [add_months(DAY, month) for month in range(7)]
    assert sum(one.cents for one in rows) == decision.advance_cents == decision.amount_cents == 6_000_000
    letter = said(decision.act)
    for words in ("voorschot van €\N{NO-BREAK SPACE}60.000,00, in delen", "deel 7, vanaf 12-09-2026", "8.571,43"):
        assert words in letter, words
    assert "Wij betalen dat uiterlijk" not in letter
    assert "om het bedrag vast te stellen, en levert daarbij: een verklaring over de werkelijke kosten" in letter


def test_without_a_last_day_nothing_is_planned_until_it_is_given(known: Library, round_: Round, staff: Staff) -> None:
    """A grant whose activities have no last day yet says that its parts follow; naming the day makes the plan."""
    decision = given(known, round_, staff, None)
    assert (decision.advance_cents, decision.advance_parts.count()) == (None, 0)
    assert "Zodra wij dat weten" in said(decision.act)
    at = next_moment(decision.case)
    again = amend(
        decision.case_id, "own-request", 6_000_000, Weighed("u noemde de laatste dag", ""), activities_until=UNTIL,
        by=by(staff["decider"], at), at=at,
    )  # fmt: skip
    assert (again.advance_cents, again.advance_parts.count()) == (6_000_000, 7)
    assert "Wat al is betaald, gaat van de eerste delen af" in said(again.act)
    assert plan_kept(again).cents == 6_000_000


def test_a_part_waits_for_an_accepted_report(tmp_path: Path, db: None) -> None:
    """A report of progress is accepted by who decides, once, after it came in, and only where an advance waits for it."""
    known = made.library(tmp_path, LATER)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    decision = given(known, round_, staff, date(2027, 9, 30))
    case = decision.case
    assert [(one.cents, one.after) for one in plan_kept(decision).parts or ()] == [
        (1_500_000, ""),
        (3_000_000, PROGRESS),
    ]
    assert "deel 2, als uw voortgangsverslag akkoord is" in said(decision.act)
    at = next_moment(case)
    decider = by(staff["decider"], at)
    with pytest.raises(DecisionRefused, match="geen voortgangsverslag"):
        accept_progress(case.pk, by=decider, at=at)
    report_progress(case.pk, "wij zijn op de helft", by=by(staff["assessor"], at), at=at)
    at = next_moment(case)
    with pytest.raises(NotAllowed):
        accept_progress(case.pk, by=by(staff["assessor"], at), at=at)
    assert accept_progress(case.pk, by=by(staff["decider"], at), at=at).details["what"] == "progress_accepted"
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="geen voortgangsverslag"):
        accept_progress(case.pk, by=by(staff["decider"], at), at=at)


def test_nothing_waits_for_a_report_without_a_later_part(known: Library, round_: Round, staff: Staff) -> None:
    """Where no part of the advance waits for a report, there is nothing to accept."""
    case = given(known, round_, staff, UNTIL).case
    at = next_moment(case)
    report_progress(case.pk, "het gaat goed", by=by(staff["assessor"], at), at=at)
    with pytest.raises(DecisionRefused, match="wacht geen betaling"):
        accept_progress(case.pk, by=by(staff["decider"], at), at=at)
