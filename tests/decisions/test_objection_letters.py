"""Which decision and which objection a letter is about: named in each letter on an objection, also where several run."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from doorleren.cases.commands.give_notice_of_default import give_notice_of_default
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.terms.facts import Done
from doorleren.cases.terms.objecting import CONTESTABLE
from doorleren.core.days import day_of, written_day
from doorleren.decisions.commands.amend import amend
from doorleren.decisions.commands.decide_objection import dismiss, reject
from doorleren.decisions.commands.extend_objection import extend_objection
from doorleren.decisions.commands.fix_penalty import noticed
from doorleren.decisions.commands.hear_objection import call_to_hearing
from doorleren.decisions.commands.repair_objection import ask_to_repair
from doorleren.decisions.commands.revoke import intend_to_revoke
from doorleren.decisions.commands.settle import Weighed
from doorleren.decisions.commands.uphold_debts import uphold_suspension
from doorleren.decisions.decision_words import decision_said, objection_said
from doorleren.decisions.models import Objection
from doorleren.letters.templates import read_templates
from doorleren.rounds.models import Round
from doorleren.rules.frameworks import PROCEDURES
from doorleren.rules.library import Library
from doorleren.shipped import folder
from tests.decisions.made import a_case, by
from tests.decisions.objecting import WHY, Staff, granted, next_moment, objected, said, went
from tests.decisions.test_several_objections import two

DAY = date(2026, 3, 12)
Answer = Callable[[Case, int, Any], CaseAct]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_decision_has_words(procedure: str, language: str) -> None:
    """Each decision that one can object to is named by its day and what it did, for every kind of procedure, and unlike every other; another act is none."""
    told = {act: decision_said(Done(1, act, DAY, {}), procedure, language) for act in CONTESTABLE}
    assert len(set(told.values())) == len(CONTESTABLE)
    for words in told.values():
        assert written_day(DAY, language) in words
        assert "{" not in words
    with pytest.raises(KeyError):
        decision_said(Done(1, "assessed", DAY, {}), procedure, language)


def test_a_purchase_is_no_grant() -> None:
    """A withdrawn place is called a place."""
    words = decision_said(Done(1, "revoked", DAY, {}), "purchase", "nl")
    assert words == "ons besluit van 12 maart 2026 om uw plek in te trekken"


def test_the_number_tells_two_of_a_day_apart() -> None:
    """The first objection of a case goes by its day, the next by its number too."""
    assert objection_said(DAY, "nl") == "uw bezwaar van 12 maart 2026"
    assert objection_said(DAY, "nl", 2) == "uw bezwaar van 12 maart 2026 (nummer 2)"
    assert objection_said(DAY, "en", 2) == "your objection of 12 March 2026 (number 2)"


def asked(case: Case, number: int, staff: Staff) -> CaseAct:
    """Ask to repair an objection."""
    at = next_moment(case)
    until = day_of(at) + timedelta(days=14)
    return ask_to_repair(
        case.pk, "wat is uw grond?", until=until, by=by(staff["assessor"], at), at=at, objection=number
    )


def extended(case: Case, number: int, staff: Staff) -> CaseAct:
    """Take more time for an objection."""
    at = next_moment(case)
    return extend_objection(case.pk, "wij wachten op advies", by=by(staff["assessor"], at), at=at, objection=number)


def called(case: Case, number: int, staff: Staff) -> CaseAct:
    """Call to a hearing on an objection."""
    at = next_moment(case)
    return call_to_hearing(
        case.pk, heard_at=at + timedelta(days=20), by=by(staff["second"], at), at=at, objection=number
    )


def rejected(case: Case, number: int, staff: Staff) -> CaseAct:
    """Reject an objection."""
    at = next_moment(case)
    return reject(case.pk, replace(WHY, objection=number), by=by(staff["second"], at), at=at).act


def dismissed(case: Case, number: int, staff: Staff) -> CaseAct:
    """Leave an objection untreated."""
    at = next_moment(case)
    return dismiss(case.pk, "no_interest", replace(WHY, objection=number), by=by(staff["second"], at), at=at).act


def upheld(case: Case, number: int, staff: Staff) -> CaseAct:
    """Uphold an objection to a suspension."""
    at = next_moment(case)
    return uphold_suspension(case.pk, replace(WHY, objection=number), by=by(staff["second"], at), at=at).act


@pytest.mark.parametrize(("answer", "number"), [
    (asked, 1), (asked, 2), (extended, 1), (extended, 2), (called, 1), (called, 2), (rejected, 1), (rejected, 2), (dismissed, 2), (upheld, 2),
])  # fmt: skip
def test_each_letter_names_its_own(answer: Answer, number: int, known: Library, round_: Round, staff: Staff) -> None:
    """With an objection to the grant and one to the suspension, every letter names the one it is about and its decision, and never the other."""
    case, first, second = two(known, round_, staff)
    words = said(answer(case, number, staff))
    mine, other = (first, second) if number == 1 else (second, first)
    assert f"Het gaat om {_named(mine)}. De regeling is Proefregeling leren." in words
    assert _named(other) not in words
    assert decision_said(other.against, case.procedure, "nl") not in words


def _named(one: Objection) -> str:
    return f"{objection_said(one.received_on, 'nl', one.number)} tegen {decision_said(one.against, one.case.procedure, 'nl')}"


def test_what_came_in_is_confirmed_by_its_decision(known: Library, round_: Round, staff: Staff) -> None:
    """The letters that confirm two objections differ in day, number and decision."""
    _, first, second = two(known, round_, staff)
    for one in (first, second):
        assert f"Het gaat om {_named(one)}." in said(one.act)
    assert "(nummer 2)" in said(second.act)
    assert "nummer" not in said(first.act).partition("De regeling")[0]


def test_an_answer_names_what_joined(known: Library, round_: Round, staff: Staff) -> None:
    """Where the contested grant was lowered meanwhile, the answer names both decisions (Awb 6:19)."""
    case = a_case(known, round_)
    grant = granted(case, known, staff)
    objected(case)
    at = next_moment(case)
    until, decider = day_of(at) + timedelta(days=14), by(staff["decider"], at)
    went(intend_to_revoke(case.pk, "not-done", 60_000, "er is minder gedaan", until=until, by=decider, at=at))
    at = next_moment(case, 16)
    row = amend(
        case.pk,
        "not-done",
        60_000,
        Weighed("er is minder gedaan", "u kreeg de tijd"),
        by=by(staff["decider"], at),
        at=at,
    )
    went(row.act)
    changed = said(row.act)
    assert f"Wij veranderen {decision_said(grant.act, case.procedure, 'nl')}." in changed
    words = said(rejected(case, 1, staff))
    both = [decision_said(one, case.procedure, "nl") for one in (grant.act, row.act)]
    assert f"tegen {both[0]}, en {both[1]}." in words


def test_a_notice_about_an_objection_names_it(known: Library, round_: Round, staff: Staff) -> None:
    """What a letter on a penalty says of a notice of default: the objection that we were late with, by its day, its number and its decision."""
    case, _, second = two(known, round_, staff)
    at = next_moment(case, 200)
    act = give_notice_of_default(case.pk, on=day_of(at), by=by(staff["assessor"], at), at=at, objection=2)
    case.refresh_from_db()
    assert noticed(case, act.number) == {"noticed_on": day_of(at), "late_with": _named(second)}


def test_every_letter_on_an_objection_names_both() -> None:
    """Also one that is added later: each template about an objection in a case says which one, and to which decision."""
    found = {
        name: one.variables for name, one in read_templates(folder("law") / "letters").items()
        if "objection" in name or name == "hearing"
    }  # fmt: skip
    assert len(found) >= 9
    lacking = {name for name, used in found.items() if not {"this_objection", "decision", "scheme"} <= used}
    assert {name for name in lacking if not name.startswith("correction")} == set()
