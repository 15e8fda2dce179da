"""How many were refused, and how many of those as the money had run out; how many were left out; by the decision in force."""

from datetime import timedelta
from pathlib import Path

from doorleren.audit.acts import SITE
from doorleren.cases.commands.ask_to_complete import ask_to_complete
from doorleren.cases.commands.note_dispatch import note_dispatch
from doorleren.core.days import day_of
from doorleren.decisions.commands.decide import leave_out
from doorleren.decisions.commands.decide_objection import uphold
from doorleren.decisions.figures import Figures, figures
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import YES, a_case, assessed, by
from tests.decisions.objecting import WHY, granted, next_moment, objected, refused


def test_refused_is_counted_by_why(tmp_path: Path, db: None) -> None:
    """One refused on its conditions, one as the money had run out, one left out and one undecided are four different counts."""
    known = made.library(tmp_path, made.TIGHT)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    nadia, omar, els, piet, _ali = (a_case(known, round_, name) for name in ("Nadia", "Omar", "Els", "Piet", "Ali"))
    granted(nadia, known, staff)
    refused(els, known, staff, "ceiling")
    at = next_moment(piet)
    asked = ask_to_complete(
        piet.pk, until=day_of(at) + timedelta(days=14), parts=["offer"], by=by(staff["assessor"], at), at=at
    )
    note_dispatch(piet.pk, of=asked.number, on=day_of(at), by=SITE, at=at)
    at = next_moment(piet, 15)
    leave_out(piet.pk, by=by(staff["decider"], at), at=at)
    refused(omar, known, staff)
    assert figures(round_.body_id) == {
        made.SCHEME: Figures(
            applied=5, granted=1, refused=2, no_money=1, left_out=1, started=0, delivered=0, paid=0
        )
    }  # fmt: skip


def test_a_refusal_that_was_replaced_counts_no_more(tmp_path: Path, db: None) -> None:
    """Who objected and was granted after all is granted, and refused no more."""
    known = made.library(tmp_path)
    round_ = a_round(known, opened=True)
    staff, one = made.officials(round_.body), a_case(known, round_)
    refused(one, known, staff)
    assert (figures()[made.SCHEME].granted, figures()[made.SCHEME].refused) == (0, 1)
    objected(one)
    assessed(one, known, staff["assessor"], YES, at=next_moment(one))
    at = next_moment(one)
    uphold(one.pk, WHY, by=by(staff["second"], at), at=at)
    assert (figures()[made.SCHEME].granted, figures()[made.SCHEME].refused) == (1, 0)
