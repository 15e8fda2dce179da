"""From a case to a decision: granted, partly granted, refused; the pot as it was, the letter, and who may not."""

from datetime import timedelta
from pathlib import Path

import pytest

from doorleren.applications.models import Application
from doorleren.audit.acts import SITE
from doorleren.cases.commands.note_dispatch import note_dispatch
from doorleren.cases.models import Case
from doorleren.cases.queries import terms_of_case
from doorleren.cases.refusing import CaseRefused
from doorleren.core.days import day_of
from doorleren.decisions.commands.assess import assess
from doorleren.decisions.commands.decide import grant, leave_out, refuse
from doorleren.decisions.models import ActLetter, Decision
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.rules import Ruling
from doorleren.decisions.sealed import content_of
from doorleren.letters.queries import content_of as said_in
from doorleren.people.access import NotAllowed
from doorleren.people.models import Person
from doorleren.rounds.models import FixedPlace, Round
from doorleren.rules.library import Library
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import AT, UNTIL, YES, a_case, assessed, automatic, by, later

Staff = dict[str, Person]


def letter(decision: Decision) -> str:
    """Give all words of the letter of a decision."""
    said = said_in(ActLetter.objects.get(act=decision.act).letter)
    cells = (cell for piece in said.pieces for row in piece.rows for cell in row)
    lines = (line for piece in said.pieces for line in piece.lines)
    return " ".join((said.subject, *(piece.text for piece in said.pieces), *cells, *lines))


def test_granted(known: Library, round_: Round, staff: Staff) -> None:
    """A grant has the amount of the scheme, the place and pot as they were, an act, a sealed content and a letter."""
    case = a_case(known, round_)
    assessed(case, known, staff["assessor"])
    one = grant(case.pk, by=by(staff["decider"], later()), at=later(), activities_until=UNTIL)
    assert (one.kind, one.amount_cents, one.asked_cents, one.position) == ("granted", 69995, 69995, 1)
    assert (one.ceiling_cents, one.granted_before_cents, one.granted_before_number) == (10_000_000, 0, 0)
    assert (one.arrangement, one.advance_cents, one.settle_how) == ("a2", 69995, "ex_officio")
    case.refresh_from_db()
    assert case.state == "granted"
    settling = next(each for each in terms_of_case(case) if each.id == "settlement")
    assert (settling.kind, settling.start) == ("settlement-ex-officio", UNTIL)
    assert settling.last is not None
    assert f"{settling.last.day} " in letter(one)
    assert FixedPlace.objects.filter(ticket=one.ticket).exists()
    said = letter(one)
    for word in ("699,95", "de deelnemer is 18 jaar of ouder", "30 september 2026", case.reference):
        assert word in said, word
    assert [result.basis for result in content_of(one).results] == [
        "computed",
        "computed",
        "computed",
        "declared",
        "hand",
    ]
    assert b"offerte" not in bytes(one.content)


def test_the_second_gets_what_is_left(tmp_path: Path, db: None) -> None:
    """Who no longer fits whole gets a part, with why and how much in the letter; the running total stands on the row."""
    known = made.library(tmp_path, made.TIGHT)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    cases = [a_case(known, round_, name) for name in ("Nadia", "Omar", "Els")]
    for case in cases:
        assessed(case, known, staff["assessor"])
    first, second = (grant(case.pk, by=by(staff["decider"]), at=AT) for case in cases[:2])
    assert (first.amount_cents, second.kind, second.amount_cents) == (69995, "partly_granted", 30005)
    assert (second.granted_before_cents, second.granted_before_number, second.ceiling_cents) == (69995, 1, 100_000)
    assert "niet genoeg geld" in letter(second)
    with pytest.raises(DecisionRefused, match="geen plaats"):
        grant(cases[2].pk, by=by(staff["decider"]), at=AT)
    third = refuse(cases[2].pk, "ceiling", by=by(staff["decider"]), at=AT)
    assert (third.kind, third.article, third.granted_before_cents) == ("refused", "Awb, art. 4:25(2)", 100_000)
    assert "Het geld van deze ronde is op." in letter(third)


def test_who_assessed_does_not_decide(known: Library, round_: Round, staff: Staff) -> None:
    """Deciding is for somebody else than the assessor, and nothing is left of the attempt, not even a fixed place."""
    case = a_case(known, round_)
    from doorleren.people.models import RoleKind
    from tests.people import made as people

    people.role(staff["assessor"], RoleKind.DECIDER, body=round_.body)
    assessed(case, known, staff["assessor"])
    with pytest.raises(NotAllowed):
        grant(case.pk, by=by(staff["assessor"]), at=AT)
    assert not FixedPlace.objects.exists()
    assert not Decision.objects.exists()


def test_what_is_open_is_not_granted(known: Library, round_: Round, staff: Staff) -> None:
    """While a condition rests on the applicant's word alone, a person must judge it before it is granted."""
    case = a_case(known, round_)
    found = automatic(case, known)
    assert (found.outcome, found.clear, found.stated) == ("open", True, ["honest"])
    with pytest.raises(DecisionRefused, match="nog voorwaarden open"):
        grant(case.pk, by=by(staff["decider"]), at=AT)


def test_a_ground_for_what_departs(known: Library, round_: Round, staff: Staff) -> None:
    """An official who departs from what was computed, or judges what nobody computes, gives a ground."""
    case = a_case(known, round_)
    for ruling in (Ruling("adult", False), Ruling("honest", True), Ruling("unheard_of", True, "x")):
        with pytest.raises(DecisionRefused):
            assess(case.pk, [ruling], library=known, by=by(staff["assessor"]), at=AT)
    found = assessed(case, known, staff["assessor"], Ruling("adult", False, "het paspoort zegt anders"), YES)
    assert (found.outcome, found.automatic, found.clear) == ("fails", False, False)
    before = next(one for one in content_of(found).results if one.condition == "adult")
    assert (before.met, before.before, before.ground) == (False, True, "het paspoort zegt anders")


def test_other_facts_ask_a_view_first(known: Library, round_: Round, staff: Staff) -> None:
    """A refusal on facts that deviate from the applicant's own is another ground, and waits for notice of intent and its view."""
    from doorleren.decisions.commands.notify_intent import notify_intent

    case = a_case(known, round_)
    assessed(case, known, staff["assessor"], Ruling("adult", False, "het paspoort zegt anders"))
    decider = staff["decider"]
    with pytest.raises(DecisionRefused, match="andere gegevens"):
        refuse(case.pk, "conditions", by=by(decider), at=AT)
    with pytest.raises(DecisionRefused, match="Laat eerst weten"):
        refuse(case.pk, "other-facts", by=by(decider), at=AT)
    until = day_of(AT) + timedelta(days=14)
    row = notify_intent(case.pk, "other-facts", until=until, words="u bent nog geen 18", by=by(decider), at=AT)
    assert "U bent nog geen 18." in " ".join(p.text for p in said_in(ActLetter.objects.get(act=row).letter).pieces)
    after = AT + timedelta(days=15)
    with pytest.raises(CaseRefused, match="is nog niet verzonden"):
        refuse(case.pk, "other-facts", by=by(decider, after), at=after)
    note_dispatch(case.pk, of=row.number, on=day_of(AT), by=SITE, at=AT)
    with pytest.raises(CaseRefused, match="nog tijd"):
        refuse(case.pk, "other-facts", by=by(decider), at=AT)
    one = refuse(case.pk, "other-facts", by=by(decider, after), at=after)
    assert (one.ground, one.article, one.amount_cents) == ("other-facts", "Staatscourant 2026, 1", 0)
    assert one.act.ground == one.article


@pytest.mark.parametrize(("ground", "words", "why"), [
    ("ceiling", "", "volgt niet"), ("conditions", "", "volgt niet"), ("repeat", "", "volgt niet"),
    ("bankruptcy", "", "waarom deze grond"), ("bankruptcy", "failliet verklaard op 1 maart", "Laat eerst weten"),
    ("made-up", "", "bestaat niet"),
])  # fmt: skip
def test_a_ground_that_does_not_follow(
    ground: str, words: str, why: str, known: Library, round_: Round, staff: Staff
) -> None:
    """A refusal needs a ground that follows from the case, is said in words where it must be, and asks a view where the law does."""
    case = a_case(known, round_)
    assessed(case, known, staff["assessor"])
    with pytest.raises(DecisionRefused, match=why):
        refuse(case.pk, ground, by=by(staff["decider"]), at=AT, words=words)


def test_left_out(known: Library, round_: Round, staff: Staff) -> None:
    """What was not completed in time is left out once that was asked by a letter that went out, with what lacks in the letter."""
    from doorleren.cases.commands.ask_to_complete import ask_to_complete

    case = a_case(known, round_)
    until = day_of(AT) + timedelta(days=14)
    asked = ask_to_complete(case.pk, until=until, parts=["offer"], by=by(staff["assessor"]), at=AT)
    after = AT + timedelta(days=15)
    with pytest.raises(CaseRefused, match="‘om aanvulling gevraagd’ van 12-03-2026 is nog niet verzonden"):
        leave_out(case.pk, by=by(staff["decider"], after), at=after)
    note_dispatch(case.pk, of=asked.number, on=day_of(AT), by=SITE, at=AT)
    with pytest.raises(CaseRefused, match="nog tijd"):
        leave_out(case.pk, by=by(staff["decider"]), at=AT)
    one = leave_out(case.pk, by=by(staff["decider"], after), at=after)
    assert (one.kind, one.ground, one.assessment) == ("left_out", "incomplete", None)


def test_who_entered_neither_assesses_nor_decides(known: Library, round_: Round, staff: Staff) -> None:
    """An official who answered in the application for somebody else neither assesses nor decides on it."""
    case = a_case(known, round_)
    one = Application.objects.get(pk=int(case.subject_id))
    said = one.answers.first()
    assert said is not None
    for name in ("assessor", "decider"):
        said.pk, said.origin, said.by_kind, said.by_id = None, "official", "person", str(staff[name].pk)
        said.save(force_insert=True)
    with pytest.raises(NotAllowed):
        assessed(case, known, staff["assessor"])
    automatic(case, known)
    with pytest.raises(NotAllowed):
        grant(case.pk, by=by(staff["decider"]), at=AT)


def test_deciding_twice(known: Library, round_: Round, staff: Staff) -> None:
    """What was decided on is not decided on again while nothing overturned it."""
    case = a_case(known, round_)
    assessed(case, known, staff["assessor"])
    grant(case.pk, by=by(staff["decider"]), at=AT)
    with pytest.raises(CaseRefused, match="al beslist"):
        grant(case.pk, by=by(staff["second"]), at=AT)
    assert Case.objects.get(pk=case.pk).decided_at == AT
