"""The papers' figures: each relation comes to the verdict that the catalogue found by hand, and follows the numbers."""

import copy
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from doorleren.rules import figures
from doorleren.rules.library import open_library

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "schemes" / "figures.toml"
CATALOGUE = ROOT.parent / "shared" / "mission" / "catalogue.json"

FLIPS = [  # relation, the figure changed, its new number, the verdict that must follow
    ("K01", "F195.advices", 20000, figures.AGREES),
    ("K01", "F195.total", 15000000, figures.AGREES_ROUNDED),
    ("K02", "F219.advices", 22000, figures.AGREES),
    ("K02", "F195.advices", 20500, figures.AGREES_ROUNDED),
    ("K03", "F191.budget", 45000000, figures.DOES_NOT_AGREE),
    ("K03", "F191.budget", 35000000, figures.AGREES),
    ("K04", "F008.advices", 72000, figures.AGREES),
    ("K05", "F194.budget", 45000000, figures.DOES_NOT_AGREE),
    ("K06", "F198.low", 20000, figures.DOES_NOT_AGREE),
    ("K07", "F201.budget", 10000000, figures.DOES_NOT_AGREE),
    ("K08", "F009.low", 130000, figures.AGREES),
    ("K09", "F072.places", 12000, figures.DOES_NOT_AGREE),
    ("K09", "F072.places", 9800, figures.AGREES_ROUNDED),
    ("K10", "F007.cost", 8000, figures.DOES_NOT_AGREE),
    ("K11", "F004.budget", 72000000, figures.AGREES),
    ("K11", "F004.budget", 71400000, figures.SEEDS_DIFFER),
    ("K12", "F159.candidates", 200, figures.DOES_NOT_AGREE),
    ("K13", "F153.national", 2000000, figures.DOES_NOT_AGREE),
    ("K14", "F045.desks", 34, figures.AGREES),
    ("K15", "F138.until", 2022, figures.DOES_NOT_AGREE),
    ("K17", "F134.funds", 1, figures.DERIVED),
    ("K21", "F108.after", 8000000, figures.AGREES),
    ("K25", "F182.day", date(2020, 8, 28), figures.AGREES_ROUNDED),
    ("K25", "F182.day", date(2020, 9, 24), figures.DOES_NOT_AGREE),
    ("K29", "F002.days", 21, figures.DOES_NOT_AGREE),
    ("K30", "F161.pilots", 4, figures.DOES_NOT_AGREE),
    ("K33", "F105.years", 2, figures.DOES_NOT_AGREE),
    ("K34", "F044.year", 2023, figures.DOES_NOT_AGREE),
]
NOTHING_PRINTED = ["K16", "K19", "K20", "K22", "K23", "K24", "K26", "K27", "K28", "K31", "K32", "K35"]
"""Derived only: the papers print no number to compare with, so no figure can make them agree or disagree."""
BY_PARAMETER = ["K18"]
"""The papers print the amount but no number of regions; only that parameter of the scheme decides."""


@pytest.fixture(scope="module")
def lookup():
    library = open_library()

    def value(scheme, parameter, day):
        return library.schemes[scheme].on(day).parameters[parameter].on(day).value

    return value


@pytest.fixture(scope="module")
def catalogue():
    if not CATALOGUE.exists():
        pytest.skip("the catalogue of the source papers is not beside this checkout")
    return json.loads(CATALOGUE.read_text(encoding="utf-8"))


def changed(number, new):
    """The file of figures with one number changed."""
    content = copy.deepcopy(figures.read(FILE))
    no, _, name = number.partition(".")
    figure = next(entry for entry in content["figure"] if entry["no"] == no)
    assert figure["values"][name]["is"] != new
    figure["values"][name]["is"] = new
    return content


def verdicts(findings):
    return {finding.no: finding.verdict for finding in findings}


def test_every_relation_has_the_verdict_of_the_catalogue(lookup, catalogue):
    """Each of the 35 relations comes out with the verdict that the catalogue gives it."""
    ours = verdicts(figures.compute(FILE, lookup))
    assert ours == {check["no"]: check["verdict"] for check in catalogue["checks"]}


def test_every_figure_of_the_catalogue_is_there_with_its_place(catalogue):
    """No figure of the catalogue is lacking, and each names the same paper and place."""
    ours = {entry["no"]: (entry["paper"], entry["source"]) for entry in figures.read(FILE)["figure"]}
    assert ours == {entry["no"]: (entry["seed"], entry["source"]) for entry in catalogue["figures"]}


def test_no_verdict_is_written_in_the_file():
    """Verdicts are computed: the file has no place to write one down."""
    for relation in figures.read(FILE)["relation"]:
        assert not set(relation) - {"no", "says", "words", "names", "tests", "also", "note", "source"}
        for test in relation["tests"]:
            assert not set(test) - {"kind", "left", "right", "low", "high", "readings"}


@pytest.mark.parametrize(("relation", "number", "new", "verdict"), FLIPS, ids=lambda value: str(value))
def test_changing_a_figure_flips_the_verdict(lookup, relation, number, new, verdict):
    """A relation about numbers changes its verdict when one of its figures changes."""
    before = verdicts(figures.compute(FILE, lookup))[relation]
    after = verdicts(figures.compute_content(changed(number, new), lookup))[relation]
    assert (before != after, after) == (True, verdict)


def test_every_relation_either_flips_or_is_listed_with_the_reason_why_not():
    """No relation escapes: it is shown to flip, or listed as having nothing printed to compare with."""
    listed = {relation for relation, *_ in FLIPS}
    every = {entry["no"] for entry in figures.read(FILE)["relation"]}
    assert listed | set(NOTHING_PRINTED) | set(BY_PARAMETER) == every
    assert not listed & set(NOTHING_PRINTED)


@pytest.mark.parametrize("no", NOTHING_PRINTED)
def test_a_derived_relation_has_nothing_to_compare_with(no):
    """A relation that cannot flip has indeed no printed total beside it."""
    relation = next(entry for entry in figures.read(FILE)["relation"] if entry["no"] == no)
    assert {test["kind"] for test in relation["tests"]} == {"derived"}


def test_with_one_region_both_readings_of_the_regional_money_are_the_same(lookup):
    """The ambiguity of the regional money ends when there is one region only."""

    def one_region(scheme, parameter, day):
        return 1 if parameter == "regions" else lookup(scheme, parameter, day)

    assert verdicts(figures.compute(FILE, one_region))["K18"] == figures.DERIVED


def test_a_parameter_of_a_scheme_flips_the_verdict_too(lookup):
    """A relation that rests on a scheme changes when the parameter of that scheme changes."""

    def cheaper(scheme, parameter, day):
        return 550 if parameter == "base" else lookup(scheme, parameter, day)

    assert verdicts(figures.compute(FILE, cheaper))["K01"] == figures.AGREES_ROUNDED


def test_a_difference_between_papers_of_the_same_day_is_no_change_over_time(lookup):
    """Two papers of one day that differ contradict each other; nothing changed over time."""
    content = figures.read(FILE)
    content["paper"] = dict.fromkeys(content["paper"], date(2020, 7, 2))
    assert verdicts(figures.compute_content(content, lookup))["K14"] == figures.SEEDS_DIFFER


@pytest.mark.parametrize(
    ("word", "exact", "printed", "allowed"),
    [
        ("ruim", 107, 100, True), ("ruim", 100, 100, True), ("ruim", 108, 100, False), ("ruim", 99, 100, False),
        ("circa", 95, 100, True), ("ca", 105, 100, True), ("ongeveer", 106, 100, False),
        ("bijna", 96, 100, True), ("bijna", 100, 100, False), ("amper", 99, 100, True), ("amper", 101, 100, False),
        ("meer dan", 101, 100, True), ("meer dan", 100, 100, False), ("maximaal", 100, 100, True),
        ("maximaal", 101, 100, False), ("minimaal", 101, 100, True), ("minimaal", 99, 100, False),
    ],
)  # fmt: skip
def test_each_word_has_one_rule(word, exact, printed, allowed):
    """Words such as "ruim" and "circa" allow just the distance that their one rule says."""
    rule = figures._rule(figures.read(FILE)["word"][word])
    assert rule.allows(Fraction(exact), Fraction(printed)) is allowed


def test_arithmetic_is_exact():
    """A third of a third is exactly a ninth."""
    assert figures.evaluate("-a / 3 * (b + 1)", {"a": Fraction(1), "b": Fraction(1, 10)}) == Fraction(-11, 30)


@pytest.mark.parametrize("expression", ["a ** 2", "a.b", "len(a)", "0.5 * a", "True", "b", "a if a else a", "a[0]"])
def test_anything_but_simple_arithmetic_is_refused(expression):
    """Calls, attributes, powers and texts are no arithmetic and are refused."""
    with pytest.raises(figures.FigureFault):
        figures.evaluate(expression, {"a": Fraction(1)})


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (Fraction(15400000), "euro", "15,400,000"), (Fraction(14000000, 22000), "", "636.36"),
        (Fraction(-1, 8), "", "-0.1250"), (Fraction(2021), "year", "2021"),
        (Fraction(date(2021, 2, 10).toordinal()), "date", "2021-02-10"),
    ],
)  # fmt: skip
def test_a_number_is_written_for_a_reader(number, unit, text):
    """Numbers, years and days are written as a reader expects them."""
    assert figures.shown(number, unit) == text


def test_a_word_without_a_rule_is_refused(lookup):
    """A figure beside a word that has no rule stops the computation with the word."""
    content = figures.read(FILE)
    content["figure"][3]["values"]["budget"]["word"] = "grofweg"
    with pytest.raises(figures.FigureFault, match="grofweg"):
        figures.compute_content(content, lookup)


def test_a_relation_that_names_what_is_not_there_is_refused_with_its_number(lookup):
    """A relation that names an unknown figure is refused with the number of the relation."""
    content = figures.read(FILE)
    content["relation"][0]["names"]["total"] = "F999.total"
    with pytest.raises(figures.FigureFault, match=r"K01.*F999"):
        figures.compute_content(content, lookup)


def test_no_binary_floating_point_comes_near_a_figure():
    """No number of the file or of an outcome is a float."""

    def values(part):
        if isinstance(part, dict):
            return [leaf for value in part.values() for leaf in values(value)]
        if isinstance(part, list):
            return [leaf for value in part for leaf in values(value)]
        return [part]

    leaves = values(figures.read(FILE))
    assert not any(isinstance(leaf, float) for leaf in leaves)
    assert any(isinstance(leaf, Decimal) for leaf in leaves)
