"""Frameworks of administrative law, and what a scheme sets differently from its framework."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from doorleren.core.terms import Terms
from doorleren.rules.faults import SchemeFault
from doorleren.rules.frameworks import AUDITOR, BASES, PROCEDURES, Framework, Frameworks, NoArrangement
from doorleren.rules.handling import handled, read_handling
from doorleren.rules.library import Library
from doorleren.rules.shape import Part
from doorleren.rules.versions import Citation, DatedValue, Handling, ParameterHistory, Version
from doorleren.shipped import folder

FILE = folder("law") / "frameworks.toml"
ALL = Frameworks.read(FILE)
TERMS = Terms.read(folder("law") / "terms.toml")
REGULATION = ALL.of("kaderregeling-ocw-szw-vws")
PAID = [one for one in PROCEDURES if one != "none"]
ON = date(2026, 3, 1)


@pytest.mark.parametrize("framework", ALL.by_id.values(), ids=lambda one: one.id)
@pytest.mark.parametrize("procedure", PAID)
@pytest.mark.parametrize("basis", BASES)
def test_every_amount_has_exactly_one_arrangement(framework: Framework, procedure: str, basis: str) -> None:
    """Whatever the procedure and the basis, each amount up to ten million falls under one arrangement and no other."""
    edges = {0, 10**9, *(one.from_cents for one in framework.arrangements)}
    edges |= {one.below_cents for one in framework.arrangements if one.below_cents is not None}
    for cents in sorted({*edges, *(edge - 1 for edge in edges if edge)}):
        fitting = [one.id for one in framework.arrangements if one.fits(procedure, basis, cents)]
        assert len(fitting) == 1, (cents, fitting)


@pytest.mark.parametrize(
    ("cents", "basis", "expected"),
    [
        (2_499_999, "lump_sum", "a2"), (2_500_000, "lump_sum", "c1"), (2_500_000, "actual_costs", "c2"),
        (12_499_999, "actual_costs", "c2"), (12_500_000, "actual_costs", "d"), (2_500_000, "units", "b"),
        (90_000_000, "units", "b"),
    ],
)  # fmt: skip
def test_the_amount_picks_the_arrangement(cents: int, basis: str, expected: str) -> None:
    """The borders of 25,000 and 125,000 euros of article 1.5 lie where the regulation lays them."""
    assert REGULATION.arrangement("grant_settle", basis, cents).id == expected


def test_small_grants_are_paid_whole_and_settled_ex_officio() -> None:
    """Under 25,000 euros the whole grant is the advance, and proof is given only when it is asked for."""
    small = REGULATION.arrangement("grant_settle", "lump_sum", 2_499_999)
    assert (small.advance.share, small.sample, small.settling.how) == (Fraction(1), True, "ex_officio")
    direct = REGULATION.arrangement("direct", "lump_sum", 2_499_999)
    assert (direct.advance.share, direct.settling.how, direct.settling.term) == (0, "with_grant", "settlement-direct")


def test_proof_is_asked_by_sample_where_nobody_asks_for_the_settlement() -> None:
    """What settles ex officio, or in the decision itself, is proven only when asked for; everything else is proven each time."""
    found = {one.id: one.sample for one in REGULATION.arrangements}
    assert {id_ for id_, sample in found.items() if sample} == {"a1", "a2"}
    assert {one.settling.how for one in REGULATION.arrangements if one.sample} == {"with_grant", "ex_officio"}


def test_what_is_reserved_is_paid_once_it_was_claimed() -> None:
    """Under 25,000 euros a reserved grant has no advance and is settled on its claim; from there on it is handled as any other."""
    small = REGULATION.arrangement("reserve_claim", "lump_sum", 2_499_999)
    assert (small.id, small.advance.share, small.settling.how) == ("claim", 0, "on_delivery")
    assert REGULATION.arrangement("reserve_claim", "lump_sum", 2_500_000).id == "c1"


@pytest.mark.parametrize(
    ("cents", "basis", "expected"),
    [
        (2_499_999, "actual_costs", ()), (2_500_000, "lump_sum", ("activity_report",)),
        (2_500_000, "actual_costs", ("declaration_of_costs_and_income",)), (12_499_999, "units", ("units_realised",)),
        (12_500_000, "units", ("units_realised", AUDITOR)),
        (12_500_000, "actual_costs", ("activity_report", "financial_report", AUDITOR)),
    ],
)  # fmt: skip
def test_the_amount_picks_the_proofs(cents: int, basis: str, expected: tuple[str, ...]) -> None:
    """What must be proven grows with the amount; an auditor's report is asked from 125,000 euros, and every proof has its words."""
    asked = REGULATION.arrangement("grant_settle", basis, cents).asks(cents)
    assert asked == expected
    assert set(asked) <= ALL.proofs.keys()


def test_an_advance_is_spread_from_25_000_euros() -> None:
    """Below it is paid at once; from there it is spread over the months of the activities."""
    for cents, spread in ((2_499_999, False), (2_500_000, True), (12_500_000, True)):
        assert REGULATION.arrangement("grant_settle", "actual_costs", cents).advance.spread is spread


def test_a_scheme_adds_a_later_part(library: Library) -> None:
    """What comes after a report of progress stands beside the share of the scheme, with the months above which it comes."""
    found = [
        handled(version, track, ALL.of(version.framework), on=version.starts, cents=20_000_000).advance
        for scheme in library.schemes.values() for version in scheme.versions for track in version.tracks
        if track.handling.later_advance
    ]  # fmt: skip
    assert found
    for one in found:
        assert one.later is not None
        assert 0 < one.share < one.share + one.later.share <= 1
        assert (one.spread, one.later.longer_than > 0) == (False, True)


@pytest.mark.parametrize("framework", ALL.by_id.values(), ids=lambda one: one.id)
def test_every_term_that_is_named_exists(framework: Framework) -> None:
    """No framework names a term that law/terms.toml does not have."""
    named = {framework.deciding.term, framework.retention, *framework.deciding.longer}
    for one in framework.arrangements:
        named |= {one.settling.term, one.settling.request}
    assert named - {""} <= TERMS.kinds.keys()


def test_no_arrangement_is_said_with_what_was_asked() -> None:
    """A procedure without money has no arrangement, and the message names everything that was asked."""
    with pytest.raises(NoArrangement, match=r"framework awb: nothing for none, units, 5 cents"):
        ALL.of("awb").arrangement("none", "units", 5)
    with pytest.raises(KeyError, match="allowed is kaderregeling"):
        ALL.of("kader")


@pytest.mark.parametrize(
    ("given", "allowed"),
    [
        ('from = "receipt"', 'from = "arrival"'),
        ('share = "1"', 'share = "1.5"'),
        ('"lump_sum"', '"sum"'),
        ('proof = ["units_realised"]', 'proof = ["units"]'),
    ],
    ids=["beginning", "advance", "basis", "proof"],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, given: str, allowed: str) -> None:
    """A word that is not allowed is refused with the place and what is allowed."""
    wrong = tmp_path / "frameworks.toml"
    wrong.write_text(FILE.read_text(encoding="utf-8").replace(given, allowed), encoding="utf-8")
    with pytest.raises(SchemeFault, match=r"frameworks.toml.*allowed is"):
        Frameworks.read(wrong)


def test_a_later_part_needs_a_first() -> None:
    """A share after a report without a share before it, or a length without such a share, is refused by the name of the key."""
    known = {"more": ParameterHistory("more", "share", (), {}), "over": ParameterHistory("over", "month", (), {})}
    with pytest.raises(SchemeFault, match=r"later_advance: .*more.*allowed is a share beside"):
        read_handling(Part({"later_advance": "more"}, "procedure"), known)
    with pytest.raises(SchemeFault, match=r"later_advance_over: .*over.*allowed is a length beside"):
        read_handling(Part({"advance": "more", "later_advance_over": "over"}, "procedure"), known)


def test_a_plan_of_repayment_needs_all_three() -> None:
    """When a loan is paid back from, within which years and at which interest stand together, each of a known kind."""
    known = {
        "term": ParameterHistory("term", "year", (), {}),
        "rate": ParameterHistory("rate", "share", (), {}),
    }
    whole = {"repay_from": "new_year", "repay_within": "term", "repay_interest": "rate"}
    assert read_handling(Part(whole, "procedure"), known).repay_from == "new_year"
    for lacking in whole:
        with pytest.raises(SchemeFault, match=r"repay_from: .*a plan needs all three"):
            read_handling(Part({key: one for key, one in whole.items() if key != lacking}, "procedure"), known)
    for wrong in ({"repay_from": "today"}, {"repay_within": "rate"}, {"repay_interest": "term"}):
        with pytest.raises(SchemeFault, match=rf"{next(iter(wrong))}: given .*allowed is"):
            read_handling(Part(whole | wrong, "procedure"), known)


def _years(*values: str) -> ParameterHistory:
    """Give a length in years with these values."""
    told = Citation("Stcrt. 1", "binding")
    return ParameterHistory(
        "kept", "year", tuple(DatedValue(date(2026 + n, 1, 1), None, Fraction(one), told) for n, one in enumerate(values)), {}
    )  # fmt: skip


def test_how_long_a_case_is_kept_is_a_length_in_years_of_the_whole_scheme() -> None:
    """A retention names a parameter in whole years, at least one, and stands in the scheme's own procedure alone."""
    asked = {"retention": "kept"}
    assert read_handling(Part(asked, "procedure"), {"kept": _years("7", "10")}).retention == "kept"
    for wrong in ("0", "2.5", "-1"):
        with pytest.raises(SchemeFault, match=r"retention: given 'kept = .*allowed is a whole number of years"):
            read_handling(Part(asked, "procedure"), {"kept": _years("7", wrong)})
    with pytest.raises(
        SchemeFault, match=r"retention: given 'kept', allowed is a parameter with unit year: there is none"
    ):
        read_handling(Part(asked, "procedure"), {"kept": replace(_years("7"), unit="month")})
    with pytest.raises(SchemeFault, match=r"retention: given 'kept', allowed is nothing in a track"):
        read_handling(Part(asked, "procedure"), {"kept": _years("7")}, of_track=True)


def test_every_version_of_every_scheme_is_handled(library: Library) -> None:
    """Each track of each scheme that pays money has a framework that says how its grants are handled."""
    tried = 0
    for scheme in library.schemes.values():
        for version in scheme.versions:
            if version.procedure == "none":
                continue
            for track in version.tracks:
                for cents in (100_00, 50_000_00, 500_000_00):
                    found = handled(version, track, ALL.of(version.framework), on=version.starts, cents=cents)
                    assert 0 <= found.advance.share <= 1
                    tried += 1
    assert tried > 100


def test_a_scheme_goes_before_its_framework_and_a_track_before_its_scheme(library: Library) -> None:
    """What a version sets counts instead of the framework's, and what a track sets instead of the version's."""
    version, days = _with_share_and_weeks(library)
    share = next(one.id for one in version.parameters.values() if one.unit == "share" and one.on(days))
    weeks = next(one.id for one in version.parameters.values() if one.unit == "week" and one.on(days))
    framework = ALL.of(version.framework)
    told = replace(version, handling=Handling(decision_term=weeks, advance=share, decision_from="receipt"))
    track = replace(version.tracks[0], handling=Handling(decision_from="round_end", settle="on_request"))
    found = handled(told, track, framework, on=days, cents=100_00)
    assert found.decide_within is not None
    assert found.decide_within.weeks == told.parameters[weeks].on(days).value
    assert found.advance.share == told.parameters[share].on(days).value
    assert (found.decide_from, found.settling.how) == ("round_end", "on_request")
    bare = handled(
        replace(told, handling=Handling()), replace(track, handling=Handling()), framework, on=days, cents=100_00
    )
    assert (bare.decide_within, bare.decide_from) == (None, framework.deciding.begins)


def _with_share_and_weeks(library: Library) -> tuple[Version, date]:
    for scheme in library.schemes.values():
        for version in scheme.versions:
            units = {one.unit for one in version.parameters.values() if one.on(version.starts)}
            if {"share", "week"} <= units and version.procedure == "grant_settle":
                return version, version.starts
    raise AssertionError("no scheme has both")
