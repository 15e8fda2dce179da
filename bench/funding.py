"""The benchmark of the price after funding: `python -m bench.funding [--activities N] [--all]`. See README.md beside it.

For visitors of different situations on days with different schemes: the time for all activities with and without what
is kept, how many combinations of facts differ, and whether every sum equals the plan's own. Exit code 1 if a bar is
missed or a sum differs.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from bench.measuring import Report
from doorleren.core.days import Asked, read_asked
from doorleren.finder.plan import plan
from doorleren.register.entries import (
    CERTIFICATE_VALUES,
    PRICE_PARTS,
    Entry,
    PricePart,
    ProviderEntry,
    Recognition,
    Run,
)
from doorleren.register.funding.activities import Activities
from doorleren.register.funding.at_best import at_best
from doorleren.register.funding.facts import training_facts, with_activity
from doorleren.register.funding.fundable import fundable_by
from doorleren.register.funding.kept import KeptAnswers
from doorleren.register.funding.most import most_for_anyone
from doorleren.register.funding.price_group import PriceGroups, price_groups_on
from doorleren.register.funding.remaining import Remaining, ToPay
from doorleren.rules.library import Library, open_library
from doorleren.rules.profile import Profile
from doorleren.rules.vocabulary import Vocabulary

ACTIVITIES = 200_000
SAMPLE = 2_000
RUNS = 7
LARGEST_PRICE_EUROS = 6_000

SELF_EMPLOYED: Profile = {
    "asker.role": "person", "person.birth_date": date(1985, 4, 1), "person.labour_market_link": True,
    "person.eu_citizen": True, "person.insured_months": 24, "person.receives_student_finance": False,
    "person.receives_teacher_grant": False, "person.receives_adult_pupil_allowance": False,
    "person.grants_this_year": frozenset(), "person.work_status": "self_employed", "person.education_level": "mbo4",
    "person.sector": "culture_creative", "training.legally_required": False, "training.paid_by_other": 0,
}  # fmt: skip
EMPLOYER: Profile = {
    "asker.role": "employer", "person.work_status": "employee", "person.low_literate": True,
    "training.tested_beforehand": True, "employer.employees": 20, "employer.eligible_costs": 120_000,
    "employer.contact_hours": 40, "employer.costs_before_and_after": 0, "employer.participants": 3,
}  # fmt: skip
VISITORS = {
    "self_employed": (SELF_EMPLOYED, "2022-03-01"),
    "few_answers": ({"asker.role": "person", "person.work_status": "employee"}, "2022-03-01"),
    "employer": (EMPLOYER, "2023-03-17T10:00"),
}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All activities of a day, in facts and in columns."""

    facts: list[Profile]
    activities: Activities


def entries(count: int, vocabulary: Vocabulary, on: date, seed: int = 1) -> Iterator[tuple[Entry, ProviderEntry]]:
    """Draw activities: prices to the cent with a few favourites, many study loads and start days, one thing in ten not told."""
    random = Random(seed)
    words = {name: vocabulary.facts[name].values for name in (
        "training.kind", "training.route", "training.goal", "training.level", "training.intensity", "training.delivery",
        "training.target_sector", "provider.recognition",
    )}  # fmt: skip
    providers = [
        ProviderEntry(f"p{number}", f"provider {number}", recognitions=tuple(
            Recognition(route) for route in random.sample(words["provider.recognition"], random.randint(0, 3))
        ))
        for number in range(1 + count // 100)
    ]  # fmt: skip

    def maybe(value: object) -> object:
        return None if random.random() < 0.1 else value

    for number in range(count):
        provider = random.choice(providers)
        starts = on + timedelta(days=random.randint(-30, 330))
        parts = random.sample(PRICE_PARTS, random.choice((0, 1, 1, 1, 1, 1, 2, 2, 3)))
        yield Entry(
            provider.code, f"a{number}", f"activity {number}",
            **{name.replace("target_", "").partition(".")[2]: maybe(random.choice(values))
               for name, values in words.items() if name.startswith("training.")},
            nlqf_level=maybe(random.randint(1, 8)), study_hours=maybe(random.choice((4, 8, 12, 16, 24, 40, 80, 240))),
            duration_months=maybe(Decimal(random.randint(1, 96)) / 4), guidance=maybe(random.random() < 0.7),
            certificate_value=maybe(random.choice(CERTIFICATE_VALUES)),
            prices=tuple(PricePart(part, _price(random), maybe(Decimal(21))) for part in parts),
            runs=(Run(starts, enrol_until=starts - timedelta(days=7)),) if random.random() < 0.8 else (),
        ), provider  # fmt: skip


def _price(random: Random) -> int:
    euros = random.randint(0, LARGEST_PRICE_EUROS)
    favourite, cents = random.random() < 0.7, random.choice((0, 0, 50, 95, 99))
    return (euros // 25) * 2_500 + (0 if favourite else euros % 25 * 100 + cents)


def catalogue(library: Library, count: int, on: date) -> Catalogue:
    """Draw the activities of a day and lay them out."""
    groups: PriceGroups | None = price_groups_on(library, on)
    random = Random(2)
    facts = [
        training_facts(
            entry, provider, on=on, in_register=random.random() < 0.6, grants_this_year=random.randint(0, 320),
            excluded=random.random() < 0.05, groups=groups,
        )
        for entry, provider in entries(count, library.vocabulary, on)
    ]  # fmt: skip
    return Catalogue(facts, Activities.of(enumerate(facts), library.vocabulary))


def differences(library: Library, profile: Profile, asked: Asked, drawn: Catalogue, told: ToPay, every: bool) -> int:
    """Count the activities (a sample, or all) of which the plan says something else, and print the first few."""
    places = (
        range(len(drawn.facts)) if every else Random(3).sample(range(len(drawn.facts)), min(SAMPLE, len(drawn.facts)))
    )
    different = 0
    for place in places:
        facts, expected = drawn.facts[place], (None, ())
        if "training.price" in facts:
            best = plan(library, with_activity(profile, facts), asked).combinations[0]
            expected = (best.to_pay, tuple(share.offer.scheme for share in best.shares))
        given = (told.cents[place], told.schemes(place))
        if given != expected:
            different += 1
            if different <= 5:
                print(f"differs: activity {place}: {given} instead of {expected}", file=sys.stderr)
    print(f"compared {len(places)} activities with the plan: {different} differ")
    return different


def not_the_most(library: Library, profile: Profile, asked: Asked, drawn: Catalogue, best: ToPay) -> int:
    """Count the activities of a sample of which something else may remain than the most weighed one by one leaves."""
    places = Random(4).sample(range(len(drawn.facts)), min(SAMPLE, len(drawn.facts)))
    open_still = [place for place in places if not best.certain[place]]
    different = 0
    for place in open_still:
        most = most_for_anyone(library, drawn.facts[place], asked, profile)
        different += (best.cents[place], best.schemes(place)) != (most.to_pay, most.schemes)
    print(
        f"compared {len(open_still)} activities whose sum is not certain with the most one by one: {different} differ"
    )
    return different


def measured(ask: object, runs: int = RUNS) -> list[float]:
    """Time some runs by the clock."""
    found = []
    for _ in range(runs):
        started = time.perf_counter()
        ask()  # type: ignore[operator]
        found.append(time.perf_counter() - started)
    return found


def measure(report: Report, library: Library, name: str, count: int, every: bool) -> int:
    """Print the figures of one visitor and give how many activities differ from the plan."""
    profile, day = VISITORS[name]
    asked = read_asked(day)
    started = time.perf_counter()
    drawn = catalogue(library, count, asked.day)
    report.figure(f"{name}_draw_and_lay_out", time.perf_counter() - started, "s")
    question, size = Remaining.of(library, profile, asked), len(drawn.facts)
    cold = measured(lambda: question.for_all(drawn.activities), 1)
    again = measured(lambda: question.for_all(drawn.activities))
    whole = measured(lambda: at_best(question, drawn.activities, question.for_all(drawn.activities)))
    kept = KeptAnswers(library, drawn.activities)
    told, best = question.for_all(drawn.activities), kept.of(profile, asked)
    warm = measured(lambda: kept.of(dict(profile), asked))
    report.figure(f"{name}_activities", size, "activities")
    report.figure(f"{name}_distinct", told.distinct, "combinations of facts")
    report.figure(f"{name}_paid", sum(told.numbers > 0), "activities with funding")
    report.figure(f"{name}_first_ever", cold[0] * 1000, "ms")
    report.runs(f"{name}_new_visitor", again, "ms", 1000)
    report.runs(f"{name}_same_visitor", warm, "ms", 1000)
    report.runs(f"{name}_fundable", measured(lambda: fundable_by(library, drawn.activities, asked), 3), "ms", 1000)
    report.ratio(f"{name}_new_visitor_seconds", sorted(again)[len(again) // 2], "<=0.5")
    report.runs(f"{name}_at_best", measured(lambda: at_best(question, drawn.activities, told)), "ms", 1000)
    report.ratio(f"{name}_new_visitor_at_best_seconds", sorted(whole)[len(whole) // 2], "<=0.5")
    return differences(library, profile, asked, drawn, told, every) + not_the_most(library, profile, asked, drawn, best)


def main() -> int:
    """Measure for every visitor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--activities", type=int, default=ACTIVITIES, help="how many activities (default: 200,000)")
    parser.add_argument("--all", action="store_true", help="compare every activity with the plan (takes minutes)")
    options = parser.parse_args()
    library, report = open_library(), Report()
    assert library.schemes, "reading the scheme files is no part of what is measured"
    report.machine()
    different = sum(measure(report, library, name, options.activities, options.all) for name in VISITORS)
    return 1 if report.close() or different else 0


if __name__ == "__main__":
    raise SystemExit(main())
