"""What remains to pay for all activities is what the plan says of each of them."""

from datetime import date
from pathlib import Path
from random import Random

import pytest

from doorleren.core.days import Asked, read_asked
from doorleren.finder.plan import plan
from doorleren.register.funding import combining
from doorleren.register.funding.activities import Activities
from doorleren.register.funding.facts import with_activity
from doorleren.register.funding.remaining import Remaining, ToPay
from doorleren.rules.library import Library, open_library
from doorleren.rules.profile import Profile
from tests.register.funding.drawn import asked_of_visitors, told_by, visitor, write_schemes

LIBRARY = open_library()
USUAL: Profile = {
    "asker.role": "person", "person.birth_date": date(1985, 4, 1), "person.labour_market_link": True,
    "person.eu_citizen": True, "person.insured_months": 24, "person.receives_student_finance": False,
    "person.receives_teacher_grant": False, "person.receives_adult_pupil_allowance": False,
    "person.grants_this_year": frozenset(), "person.work_status": "self_employed", "person.education_level": "mbo4",
    "person.sector": "culture_creative", "training.legally_required": False, "training.paid_by_other": 0,
    "person.low_literate": True, "training.tested_beforehand": True, "employer.employees": 20,
    "employer.eligible_costs": 120_000, "employer.contact_hours": 40, "employer.costs_before_and_after": 0,
    "employer.participants": 3, "provider.public": True, "person.threatened_with_dismissal": True,
    "training.practice_weeks": 5, "employer.de_minimis_last_3_years": 0,
}  # fmt: skip


def by_plan(library: Library, profile: Profile, facts: list[Profile], asked: Asked) -> list[tuple]:
    """Ask the plan of every activity by itself: what remains to pay and who pays."""
    found = []
    for one in facts:
        if one.get("training.price") is None:
            found.append((None, ()))
            continue
        best = plan(library, with_activity(profile, one), asked).combinations[0]
        found.append((best.to_pay, tuple(share.offer.scheme for share in best.shares)))
    return found


def in_columns(told: ToPay) -> list[tuple]:
    """Lay an answer out as `by_plan` does."""
    return [(cents, told.schemes(place)) for place, cents in enumerate(told.cents)]


def drawn_activities(library: Library, random: Random, on: date, count: int) -> tuple[list[Profile], Activities]:
    """Draw activities, as facts and in columns."""
    facts = [told_by(random, library.vocabulary, on) for _ in range(count)]
    return facts, Activities.of(enumerate(facts), library.vocabulary)


DAYS = (
    "2020-10-15",
    "2021-03-02",
    "2021-09-03",
    "2022-03-01",
    "2022-04-20",
    "2023-03-17T10:00",
    "2023-07-03",
    "2025-03-03",
)


@pytest.mark.parametrize("day", DAYS)
def test_every_activity_costs_what_the_plan_says(day):
    """For visitors with few and with many answers, all activities get the plan's sum and the plan's schemes."""
    asked, random = read_asked(day), Random(day)
    facts, activities = drawn_activities(LIBRARY, random, asked.day, 150)
    names = asked_of_visitors(LIBRARY, asked.day)
    for unknown in (0.0, 0.0, 0.05, 0.1, 0.3, 0.9):
        profile = visitor(random, LIBRARY.vocabulary, names, USUAL, unknown)
        told = Remaining.of(LIBRARY, profile, asked).for_all(activities)
        assert in_columns(told) == by_plan(LIBRARY, profile, facts, asked)


@pytest.mark.parametrize("seed", range(8))
def test_schemes_never_seen_before_are_combined_as_the_plan_does(tmp_path: Path, seed):
    """With drawn schemes (tracks, rounds, groups, state aid, exclusions) the columns equal the plan everywhere."""
    random = Random(seed)
    write_schemes(random, tmp_path, 6)
    library = open_library([tmp_path])
    paying, combined = 0, 0
    for day in ("2024-03-05", "2024-05-10"):
        asked = read_asked(day)
        facts, activities = drawn_activities(library, random, asked.day, 120)
        names = asked_of_visitors(library, asked.day)
        for unknown in (0.0, 0.1, 0.4):
            profile = visitor(random, library.vocabulary, names, USUAL, unknown)
            told = in_columns(Remaining.of(library, profile, asked).for_all(activities))
            assert told == by_plan(library, profile, facts, asked)
            paying += sum(bool(schemes) for _, schemes in told)
            combined += sum(len(schemes) > 1 for _, schemes in told)
    assert paying > 20
    assert combined


def test_rows_weighed_one_by_one_get_the_same(tmp_path: Path, monkeypatch):
    """With more combinations than are weighed together, each row is weighed by the plan itself, with the same answer."""
    random, asked = Random(3), read_asked("2024-03-05")
    write_schemes(random, tmp_path, 6)
    library = open_library([tmp_path])
    _, activities = drawn_activities(library, random, asked.day, 80)
    profile = visitor(random, library.vocabulary, asked_of_visitors(library, asked.day), USUAL, 0.0)
    together = in_columns(Remaining.of(library, profile, asked).for_all(activities))
    monkeypatch.setattr(combining, "MOST_COMBINATIONS", 0)
    assert in_columns(Remaining.of(library, profile, asked).for_all(activities)) == together
    assert any(schemes for _, schemes in together)


def test_more_than_fifteen_schemes_are_weighed_as_the_plan_does(tmp_path: Path):
    """Where more schemes pay than the plan weighs, the smallest are left out, though they would go with the largest."""
    names = [f"many-{number:02}" for number in range(17)]
    for number, name in enumerate(names):
        alone = [
            one for one in names if one != name and {one, name} not in ({names[0], names[16]}, {names[15], names[16]})
        ]
        (tmp_path / name).mkdir()
        (tmp_path / name / "2024.toml").write_text(MANY.format(name=name, amount=10 + number, excludes=alone), "utf-8")
    library, asked = open_library([tmp_path]), read_asked("2024-03-05")
    facts = [{"training.price": 100_000}]
    told = Remaining.of(library, {}, asked).for_all(Activities.of(enumerate(facts), library.vocabulary))
    assert in_columns(told) == by_plan(library, {}, facts, asked)
    assert sorted(told.schemes(0)) == names[15:]


MANY = """
id = "{name}"
version = "2024"
published_on = 2023-12-01
in_force = {{ from = 2024-01-01 }}
name = {{ nl = "n", en = "n" }}
summary = {{ nl = "n", en = "n" }}
pillar = 1
kind = "grant"
body = {{ decides = "a", executes = "b", pays = "c" }}
framework = "none"
instruments = []
apply = {{ nl = "h", en = "h" }}
[source]
s = {{ cite = "a source", weight = "official" }}
[procedure]
kind = "grant_settle"
[[track]]
id = "t"
name = {{ nl = "t", en = "t" }}
applicant = "person"
beneficiary = "person"
payee = "person"
reporter = "person"
[track.amount]
kind = "fixed"
is = "{amount}"
pays_for = "training"
source = "s"
[stacking]
source = "s"
excludes = {excludes}
"""


@pytest.mark.parametrize(
    "facts", [[], [{}], [{"training.price": 5}], [{"training.kind": "course"}, {"training.price": 7}]]
)
def test_small_registers(facts):
    """No activities, no prices and no funding are answers too."""
    activities = Activities.of(enumerate(facts), LIBRARY.vocabulary)
    told = Remaining.of(LIBRARY, {}, read_asked("2022-03-01")).for_all(activities)
    assert in_columns(told) == [(one.get("training.price"), ()) for one in facts]
    assert told.frame().columns == ["key", "to_pay_cents", "schemes", "certain"]


ASKS = """
[[track.condition]]
id = "c"
nl = "n"
en = "e"
source = "s"
when = "person.low_literate"
[[round]]
id = "r"
tracks = ["t"]
opens = 2024-01-01T00:00:00+01:00
closes = {closes}T00:00:00+01:00
announced_on = 2023-12-01
order = "arrival"
source = "s"
"""


@pytest.mark.parametrize(("closes", "certain"), [("2024-02-01", True), ("2024-12-01", False)])
def test_a_scheme_whose_rounds_are_over_leaves_nothing_open(tmp_path: Path, closes, certain):
    """An unanswered question counts only while the scheme that asks it can still be filed for."""
    (tmp_path / "one").mkdir()
    text = MANY.format(name="one", amount=50, excludes=[]) + ASKS.format(closes=closes)
    (tmp_path / "one" / "2024.toml").write_text(text, "utf-8")
    library = open_library([tmp_path])
    activities = Activities.of([(1, {"training.price": 10_000})], library.vocabulary)
    told = Remaining.of(library, {"person.labour_market_link": False}, read_asked("2024-03-05")).for_all(activities)
    others = Remaining.of(LIBRARY, {"person.labour_market_link": False}, read_asked("2024-03-05")).for_all(activities)
    assert told.cents.to_list() == [10_000]
    assert told.certain.to_list() == [certain and others.certain[0]]
    assert others.certain[0]
