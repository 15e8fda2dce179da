"""The checks of an offer: each true, false and unknown, with a sentence in two languages and the source."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from doorleren.register import quality
from doorleren.register.entries import Entry, ProviderEntry, Recognition
from doorleren.register.quality import CHECKS, assess
from doorleren.register.quality.offers import Finding, Offer

TODAY = date(2026, 11, 22)
MARK = Recognition("quality_mark", "NRTO 123", date(2025, 1, 1), TODAY)
SCHOOL = ProviderEntry("1", "Vakschool", recognitions=(MARK,))
PLAIN = Entry("1", "A", "Lassen", kind="course", modular=False)


def offer(*entries: Entry, provider: ProviderEntry = SCHOOL, **more: object) -> Offer:
    """An offer of today."""
    return Offer(provider, entries, TODAY, **more)


def found(check: str, given: Offer) -> list[Finding]:
    """What one check finds."""
    return assess(given, tuple(one for one in CHECKS if one.name == check))


def holds(check: str, *entries: Entry, **more: object) -> list[bool | None]:
    """Whether one check holds, of the whole or per activity."""
    return [one.holds for one in found(check, offer(*entries, **more))]


def test_every_check_has_its_file_claim_and_source():
    """The registry holds every file of the folder that is a claim, under its own name, with claim and source in both languages."""
    files = {path.stem for path in Path(quality.__file__).parent.glob("*.py")}
    assert files - {"__init__", "offers", "parameters", "reading"} == {check.name for check in CHECKS}
    for check in CHECKS:
        assert check.claim.keys() == {"nl", "en"}
        assert check.source.keys() == {"nl", "en"}
        assert check.source["nl"] != check.source["en"]
        assert (check.of_offer is None) != (check.of_entry is None)
        assert len(check.name) <= 60  # what a decision keeps


def test_every_finding_speaks_dutch_and_english():
    """Whatever a check finds it says in two different sentences."""
    for given in (offer(), offer(PLAIN), offer(PLAIN, provider=ProviderEntry("1", "Vakschool"))):
        for one in assess(given):
            assert one.texts["nl"].endswith(".")
            assert one.texts["en"].endswith(".")
            assert one.texts["nl"] != one.texts["en"]


def test_assess_asks_everything_in_order():
    """Each check is asked: once of the whole offer, once per activity, in the order of the registry."""
    expected = [
        (check.name, code)
        for check in CHECKS
        for code in ([""] if check.of_offer else ["A", "B"])
    ]  # fmt: skip
    given = offer(PLAIN, replace(PLAIN, code="B"))
    assert [(one.check, one.activity) for one in assess(given)] == expected


@pytest.mark.parametrize(
    ("recognitions", "expected"),
    [
        ((), False),
        ((MARK,), True),
        ((replace(MARK, ends_on=date(2026, 11, 21)),), False),
        ((replace(MARK, starts_on=date(2026, 11, 23), ends_on=None),), False),
        ((replace(MARK, starts_on=None, ends_on=None),), True),
        ((replace(MARK, proof=" "),), None),
        ((replace(MARK, proof=""), replace(MARK, route="ocw")), True),
    ],
)
def test_the_provider_is_recognised(recognitions, expected):
    """A recognition counts on its first and last day, with proof; without proof an official judges."""
    assert holds("provider_is_recognised", provider=replace(SCHOOL, recognitions=recognitions)) == [expected]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (("mbo2", "hbo"), True),
        (("mbo2", "mbo2"), False),
        (("mbo2", "none"), False),
        (("mbo2", None), None),
        (("none",), False),
        ((None,), False),
        ((None, None), None),
        ((), False),
    ],
)
def test_the_offer_is_diverse_in_level(levels, expected):
    """Two levels are diverse; "no level" is none; silence leaves it open only where it could still make two."""
    entries = [replace(PLAIN, code=str(place), level=level) for place, level in enumerate(levels)]
    assert holds("offer_is_diverse_in_level", *entries) == [expected]


def test_one_level_with_two_names_is_one():
    """A course of mbo 4 and one that tells the same level in NLQF are not two levels."""
    entries = (replace(PLAIN, level="mbo4"), replace(PLAIN, code="B", nlqf_level=4))
    assert holds("offer_is_diverse_in_level", *entries) == [False]
    told = found("offer_is_diverse_in_level", offer(*entries))[0].texts["nl"]
    assert "aanname" in told


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"kind": "module", "certificate_value": "mbo_certificate"}, True),
        ({"modular": True, "certificate_value": "sector_certificate"}, True),
        ({"kind": "module", "certificate_value": "none"}, False),
        ({"kind": "module", "certificate_value": "higher_certificate"}, False),
        ({"kind": "module"}, None),
        ({"modular": None, "certificate_value": "mbo_elective"}, None),
        ({"certificate_value": "mbo_elective"}, False),
        ({}, False),
    ],
)
def test_the_offer_has_modules_for_certificates(more, expected):
    """A module with a vocational certificate holds, one with another does not, and silence is no answer."""
    assert holds("offer_has_modules_for_certificates", replace(PLAIN, **more)) == [expected]


@pytest.mark.parametrize("guidance", [True, False, None])
def test_participants_are_guided(guidance):
    """The check says what the entry tells."""
    assert holds("participants_are_guided", replace(PLAIN, guidance=guidance)) == [guidance]


def test_the_training_teaches_named_skills():
    """A skill or an outcome is enough; an empty outcome is none."""
    check = "training_teaches_named_skills"
    assert holds(check, replace(PLAIN, skills=("s",)), replace(PLAIN, learning_outcomes=("lassen",))) == [True, True]
    assert holds(check, PLAIN, replace(PLAIN, learning_outcomes=(" ",))) == [False, False]


@pytest.mark.parametrize(
    ("entry", "lists", "expected"),
    [
        ({"occupations": ("o1",)}, {"shortage_occupations": frozenset({"o1"})}, True),
        ({"sector": "ict"}, {"shortage_sectors": frozenset({"ict"})}, True),
        ({"occupations": ("o2",), "sector": "retail"}, {"shortage_occupations": frozenset({"o1"})}, None),
        ({"occupations": ("o1",)}, {}, None),
        ({}, {"shortage_sectors": frozenset({"ict"})}, None),
    ],
)
def test_the_training_is_relevant_to_work(entry, lists, expected):
    """An occupation or sector of the lists holds; all else an official judges, for the source gives examples only."""
    assert holds("training_is_relevant_to_work", replace(PLAIN, **entry), **lists) == [expected]


@pytest.mark.parametrize("told", [{}, {"guidance": True, "skills": ("s",)}, {"guidance": False, "sector": "ict"}])
def test_a_module_is_asked_the_same_as_other_training(told):
    """Calling a training a module, or modular, changes no finding about it alone (C37)."""

    def alone(entry: Entry) -> list[Finding]:
        return [one for one in assess(offer(entry)) if one.activity]

    plain = alone(replace(PLAIN, **told))
    assert plain == alone(replace(PLAIN, kind="module", modular=True, **told))
