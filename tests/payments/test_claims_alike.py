"""What is open of a claim, as the ledger counts it and as the reads of a debt do: by property, the same."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from doorleren.decisions.debts import still_open
from tests.payments.test_events import PAID, after

HAPPENINGS = st.tuples(st.sampled_from(("charged", "came_off", "lifted", "given_up")), st.integers(1, 300))


@given(st.lists(HAPPENINGS, max_size=12))
def test_a_claim_is_counted_alike(rows: list[tuple[Any, int]]) -> None:
    """Whatever happens to a claim, in whatever order, the ledger and the reads of a debt leave the same open."""
    standing, happened, stands = after([*PAID, ("settle", 600), ("recover", 200)]), [], 200
    for what, asked in rows:
        claimed = standing.amount("recoverable") + standing.amount("received") - standing.amount("suspense")
        most = {"given_up": claimed, "lifted": stands - 1}.get(what, asked)
        cents, charged = min(asked, most), standing.amount("interest")
        stands -= cents if what == "lifted" else 0
        steps = {
            "charged": [("charge_interest", cents)], "came_off": [("receive", cents)], "given_up": [("write_off", cents)],
            "lifted": [("lift_recovery", cents), ("lift_interest", charged)],
        }[what]  # fmt: skip
        standing = after([step for step in steps if step[1]], standing)
        happened.append(("came_off" if what == "given_up" else what, cents))
        assert still_open(200, happened) == standing.amount("recoverable")
