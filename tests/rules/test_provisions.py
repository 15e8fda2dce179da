"""What of the law holds for what a scheme gives: the title on grants is about grants and loans, and about no place and no support."""

import pytest

from doorleren.cases.acts import ACTS
from doorleren.rules.frameworks import PROCEDURES
from doorleren.rules.provisions import holds_for


@pytest.mark.parametrize("procedure", ["purchase", "service"])
@pytest.mark.parametrize(
    ("citation", "left"),
    [
        ("Awb, art. 4:25(2)", ""),
        ("Awb, art. 4:48 to 4:50", ""),
        ("Awb, art. 4:25 and 4:35", ""),
        ("Awb, art. 4:57 and 4:93", "Awb, art. 4:93"),
        ("Awb, art. 4:7, 4:8 and 4:46(2)", "Awb, art. 4:7 and 4:8"),
        ("Awb, art. 4:17(3)", "Awb, art. 4:17(3)"),
        ("Awb, art. 4:97 to 4:99", "Awb, art. 4:97 to 4:99"),
        ("Awb, art. 7:1a", "Awb, art. 7:1a"),
        ("Kaderregeling subsidies OCW, SZW en VWS, art. 5.5", ""),
        ("Awb, art. 4:23; Proefregeling, art. 3", "Proefregeling, art. 3"),
        ("Proefregeling, art. 4:25", "Proefregeling, art. 4:25"),
        ("", ""),
    ],
)
def test_the_law_on_grants_is_left_out(procedure: str, citation: str, left: str) -> None:
    """Of a citation stays what is about every decision or about debts; a scheme's own articles always do."""
    assert holds_for(citation, procedure) == left


@pytest.mark.parametrize("procedure", [one for one in PROCEDURES if one not in ("purchase", "service")])
def test_a_grant_and_a_loan_keep_theirs(procedure: str) -> None:
    """For every grant, and a loan is one by law, each act keeps its whole ground."""
    for one in ACTS.values():
        assert holds_for(one.ground, procedure) == one.ground
