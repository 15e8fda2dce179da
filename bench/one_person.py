"""One person: six schemes against OpenFisca and against plain Python, and all schemes of a day."""

from bench.measuring import Report, in_turns, median_ratio
from bench.openfisca_runs import Opponent, chunks
from bench.opponents import plain
from bench.population import draw, profiles
from doorleren.rules.library import Library
from doorleren.rules.profile import Profile
from doorleren.rules.settled import Settled
from doorleren.rules.verdicts import Judgement, judge
from doorleren.rules.vocabulary import Vocabulary

Told = tuple[Judgement, tuple[tuple[str, bool | None], ...]]
RUNS = 9
MICRO = 1e6


def with_reasons(versions: list[tuple[Settled, tuple[str, ...]]], profile: Profile) -> list[Told]:
    """Judge, and pair every condition with its answer; sentence and source hang on the judgement's version."""
    return [(one := judge(settled, profile), tuple(zip(ids, one.holds))) for settled, ids in versions]  # noqa: B905


def measure(report: Report, library: Library, six: list[Settled], day: list[Settled]) -> None:
    """Print all figures for one person."""
    print("\none person, with the answer to every condition")
    against_openfisca(report, six, library.vocabulary)
    against_plain(report, six, library.vocabulary)
    all_of_a_day(report, day, library.vocabulary)


def against_openfisca(report: Report, six: list[Settled], vocabulary: Vocabulary, people: int = 40) -> None:
    """Complete people, each in a simulation of its own; the arrays that OpenFisca takes are made beforehand."""
    drawn = draw(six, vocabulary, people, seed=21)
    opponent = Opponent(drawn)
    laid = [dict(part) for part in chunks(opponent.facts(drawn), 1)]
    ready, asked = profiles(drawn), [(settled, settled.ids) for settled in six]
    often = 25

    def ours() -> None:
        for _ in range(often):
            for profile in ready:
                with_reasons(asked, profile)

    def theirs() -> None:
        for facts in laid:
            opponent.answers(facts, opponent.asked)

    spent = in_turns({"ours": ours, "openfisca": theirs}, RUNS)
    quick = [seconds / often / people for seconds in spent["ours"].processor]
    slow = [seconds / people for seconds in spent["openfisca"].processor]
    report.runs("six_schemes_one_person", quick, "microseconds", MICRO)
    report.runs("openfisca_one_person", slow, "microseconds", MICRO)
    report.ratio("one_person_openfisca", median_ratio(slow, quick), ">=120")


def against_plain(report: Report, six: list[Settled], vocabulary: Vocabulary, people: int = 2000) -> None:
    """People with unknown facts and facts that do not apply; both give verdict, amounts and a pair per condition."""
    ready = profiles(draw(six, vocabulary, people, seed=22, unknown=0.05, absent=0.03))
    asked = [(settled, settled.ids) for settled in six]

    def ours() -> None:
        for profile in ready:
            with_reasons(asked, profile)

    def theirs() -> None:
        for profile in ready:
            plain.judge_six(profile)

    spent = in_turns({"ours": ours, "plain": theirs}, RUNS)
    report.runs("six_schemes_one_person_three_values", spent["ours"].processor, "microseconds", MICRO / people)
    report.runs("plain_one_person_three_values", spent["plain"].processor, "microseconds", MICRO / people)
    report.ratio("one_person_plain_python", median_ratio(spent["ours"].processor, spent["plain"].processor), "<=3")


def all_of_a_day(report: Report, day: list[Settled], vocabulary: Vocabulary, people: int = 500) -> None:
    """All schemes of the fullest day."""
    ready = profiles(draw(day, vocabulary, people, seed=23, unknown=0.05, absent=0.03))
    asked = [(settled, settled.ids) for settled in day]

    def ours() -> None:
        for profile in ready:
            with_reasons(asked, profile)

    spent = in_turns({"ours": ours}, RUNS)
    report.runs("all_schemes_one_person", spent["ours"].processor, "ms", 1000 / people)
    report.figure("schemes_on_the_day", len(day), "schemes")
    report.figure("conditions_on_the_day", sum(len(settled.conditions) for settled in day), "conditions")
    report.ratio("all_schemes_one_person_ms", spent["ours"].median() * 1000 / people, "<=1")
