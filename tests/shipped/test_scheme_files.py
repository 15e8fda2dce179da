"""Every scheme file holds on every day it governs, and its worked examples agree and show every condition."""

from datetime import timedelta

import pytest

from doorleren.applications.entered_for import NOT_DIGITAL
from doorleren.applications.rules import kind_for_pot
from doorleren.cli.cases import cases_of, disagreements
from doorleren.core.days import Asked
from doorleren.finder.check import check
from doorleren.finder.contract import answer_as_dict
from doorleren.rounds.announced import announced_of
from doorleren.rules.library import Library, open_library
from doorleren.rules.settled import check_version
from doorleren.rules.verdicts import judge
from doorleren.rules.versions import Version

SCHEMES = list(open_library().places)
ONE_DAY = timedelta(days=1)
WORDS = {True: "true", False: "false", None: "unknown"}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_version_can_be_settled(scheme: str, library: Library) -> None:
    """All expressions of a scheme can be read on each day on which a parameter changes."""
    for version in library.scheme(scheme).versions:
        check_version(version, library.vocabulary, library.law)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_worked_examples_agree(scheme: str, library: Library) -> None:
    """Each worked example of a scheme gets the verdict, amount and answers that it expects."""
    cases = cases_of(library, scheme)
    assert cases
    found = {case.id: lines for case in cases if (lines := disagreements(library, case))}
    assert found == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_condition_is_shown_true_false_and_unknown(scheme: str, library: Library) -> None:
    """Each condition of a scheme that can be computed is true, false and unknown in some worked example."""
    # A condition that reads the same in several versions is one condition; what an author changed is shown anew.
    shown: dict[tuple[str, str], set[bool | None]] = {}
    for version in library.scheme(scheme).versions:
        written = {one.id: one.when for one in version.conditions() if one.when is not None}
        for condition, answers in answers_shown(library, version).items():
            shown.setdefault((condition, written[condition]), set()).update(answers)
    assert {name: sorted(map(WORDS.get, WORDS.keys() - found)) for name, found in shown.items() if len(found) < 3} == {}


def answers_shown(library: Library, version: Version) -> dict[str, set[bool | None]]:
    """Give, per condition of a version, the answers that its worked examples show."""
    shown: dict[str, set[bool | None]] = {one.id: set() for one in version.conditions() if one.when is not None}
    for case in cases_of(library, version.id):
        if version.holds_on(case.asked.day):
            judgement = judge(library.settled(version, case.asked.day), case.profile)
            for one, holds in zip(judgement.settled.conditions, judgement.holds, strict=True):
                shown[one.condition.id].add(holds)
    return shown


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_version_holds_from_its_first_to_its_last_day(scheme: str, library: Library) -> None:
    """On the days beside a version another one governs or none, and then the answer has the one reason in_force."""
    found = library.scheme(scheme)
    for version in found.versions:
        beside = [version.starts - ONE_DAY, *([version.ends + ONE_DAY] if version.ends else [])]
        assert found.on(version.starts) is version
        assert version.ends is None or found.on(version.ends) is version
        for day in beside:
            assert found.on(day) is not version
            answer = answer_as_dict(check(library, {}, Asked(day), [scheme]), library.vocabulary)["verdicts"][0]
            if found.on(day) is None:
                assert answer["verdict"] == "not_eligible"
                assert [one["condition"] for one in answer["reasons"]] == ["in_force"]
                assert (answer["amount"], answer["amount_max"], answer["missing"]) == (None, None, [])


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_is_set_apart_reaches_somebody(scheme: str, library: Library) -> None:
    """Each part of a ceiling that a round sets apart is for a track of that round, or for who cannot apply digitally."""
    for version in library.scheme(scheme).versions:
        for opened in version.rounds:
            apart = frozenset(announced_of(opened).pot.apart)
            tracks = [one for one in version.tracks if one.id in opened.tracks]
            reached = {kind_for_pot(one, apart) for one in tracks} | {NOT_DIGITAL}
            assert apart <= reached, f"{version.version} {opened.id}"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_cannot_be_computed_says_why(scheme: str, library: Library) -> None:
    """Each condition has either an expression or a reason why it has none, and a sentence in Dutch."""
    for version in library.scheme(scheme).versions:
        for one in version.conditions():
            assert (one.when is None) == bool(one.why), f"{version.version} {one.id}"
            assert one.text["nl"]
            assert str(one.citation)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_conditions_hold_for_whoever_asks(scheme: str, library: Library) -> None:
    """No condition or amount looks at who asks: the role orders and words an answer, and presumes for persons only."""
    for version in library.scheme(scheme).versions:
        assert "asker.role" not in library.settled(version, version.starts).facts
