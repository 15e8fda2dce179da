"""Before anything is measured: do all contenders give the same answers? What differs stops the benchmark.

The plain function is compared on every condition, verdict and amount with unknown facts and facts that do not apply;
OpenFisca knows neither, so it is compared on complete people, amounts within what its 32-bit numbers can hold.
"""

import numpy as np
import polars as pl

from bench.openfisca_runs import Opponent
from bench.opponents import openfisca_model, plain
from bench.population import columns, draw, profiles
from doorleren.rules.layout import named_conditions
from doorleren.rules.profile import Profile
from doorleren.rules.settled import Settled
from doorleren.rules.verdict_columns import with_verdicts
from doorleren.rules.verdicts import judge
from doorleren.rules.vocabulary import Vocabulary

SHARES = ((0.0, 0.0), (0.01, 0.01), (0.05, 0.03), (0.3, 0.1), (0.6, 0.1))
"""Shares of unknown and of not applicable facts."""

Differences = list[str]


def plain_function(six: list[Settled], vocabulary: Vocabulary, size: int) -> Differences:
    """Compare the plain function with the engine for one person."""
    found = []
    for seed, (unknown, absent) in enumerate(SHARES):
        for profile in profiles(draw(six, vocabulary, size, seed=seed, unknown=unknown, absent=absent)):
            for asks in ({}, {"asker.role": "person"}):
                found += _plain_differs(six, profile | asks)
    return found


def _plain_differs(six: list[Settled], profile: Profile) -> Differences:
    found = []
    for settled, told in zip(six, plain.judge_six(profile), strict=True):
        one = judge(settled, profile)
        given = (one.truth, one.amount, one.amount_max, tuple(zip(settled.ids, one.holds, strict=True)))
        if given != told:
            found.append(f"{settled.version.id}: engine {given}, plain {told}, {profile}")
    return found


def openfisca(six: list[Settled], vocabulary: Vocabulary, size: int) -> Differences:
    """Compare OpenFisca with the engine in columns, on complete people."""
    drawn = draw(six, vocabulary, size, seed=11)
    opponent = Opponent(drawn)
    theirs = opponent.answers(opponent.facts(drawn), opponent.asked)
    ours = with_verdicts(columns(drawn).lazy(), six, reasons=True).collect()
    return [line for settled in six for line in _openfisca_differs(settled, theirs, ours, profiles(drawn))]


def _openfisca_differs(
    settled: Settled, theirs: dict[str, np.ndarray], ours: pl.DataFrame, people: list[Profile]
) -> Differences:
    scheme = settled.version.id
    names = [name for _, name in named_conditions(settled)]
    pairs = [(scheme, scheme), *zip(openfisca_model.SCHEMES[scheme], names, strict=True)]
    found = [
        f"{mine}: {int((theirs[other] != ours[mine].to_numpy()).sum())} people differ"
        for other, mine in pairs
        if (theirs[other] != ours[mine].to_numpy()).any()
    ]
    granted = theirs[scheme]
    amounts = theirs[openfisca_model.AMOUNT_COLUMNS[scheme]][granted]
    fitting = [judge(settled, profile) for profile, gets in zip(people, granted, strict=True) if gets]
    known = np.array([(one.amount_max or 0) / 100 if one.amount is None else one.amount / 100 for one in fitting])
    counted = np.array([one.amount is not None or scheme == "levenlanglerenkrediet" for one in fitting], dtype=bool)
    if not np.allclose(amounts[counted], known[counted], rtol=1e-6, atol=0.011):
        found.append(f"{scheme}: amounts differ")
    return found


def columns_and_person(versions: list[Settled], vocabulary: Vocabulary, size: int) -> Differences:
    """Compare the engine's two evaluators with each other, on everything they answer."""
    drawn = draw(versions, vocabulary, size, seed=12, unknown=0.06, absent=0.04)
    frame = with_verdicts(columns(drawn).lazy(), versions, reasons=True).collect()
    people = profiles(drawn)
    found = []
    for settled in versions:
        judged = [judge(settled, profile) for profile in people]
        named = [settled.version.id, *(name for _, name in named_conditions(settled))]
        expected = zip(*[(one.truth, *one.holds) for one in judged], strict=True)
        found += [
            f"{name} differs" for name, told in zip(named, expected, strict=True) if frame[name].to_list() != list(told)
        ]
    return found
