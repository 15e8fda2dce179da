"""What goes along with letters, every piece before a hearing, and letters to who acts for an applicant."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from doorleren.audit.models import Act
from doorleren.cases.acts import ACTS
from doorleren.cases.queries import acts_of
from doorleren.core.days import day_of
from doorleren.decisions.attachments import evidence_listed
from doorleren.decisions.commands.act_by_letter import extend_by_letter, forward_by_letter
from doorleren.decisions.commands.hear_objection import call_to_hearing
from doorleren.decisions.commands.note_representative import note_death_of, note_guardian_of
from doorleren.decisions.models import ActLetter
from doorleren.decisions.pieces import NOTHING, PAPERS, paper_of, pieces_of_case
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.representatives import Representative, representative_of
from doorleren.letters.queries import content_of
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.decisions.made import a_case, by
from tests.decisions.objecting import Staff, next_moment, objected, refused

pytestmark = pytest.mark.django_db
HOME = "Kerkstraat 1\n1234 AB Voorbeeldstad"


def extended(case: Any, staff: Staff, days: int = 14) -> Any:
    """A letter to the applicant, as it says it."""
    at = next_moment(case)
    until = day_of(at) + timedelta(days=days)
    act = extend_by_letter(case.pk, until=until, grounds="drukte", by=by(staff["assessor"], at), at=at)
    return ActLetter.objects.get(act=act).letter


def test_every_act_leaves_a_paper_or_none() -> None:
    """Each act of the table is a letter, a paper, or is said to leave nothing; no act stands in both tables."""
    letters = {name for name, one in ACTS.items() if one.letter}
    assert letters | set(PAPERS) | NOTHING == set(ACTS)
    assert not set(PAPERS) & NOTHING
    assert {name for name in ACTS if paper_of(name, "direct") is None} == NOTHING - letters


def test_the_hearing_letter_lists_every_piece(known: Library, round_: Round, staff: Staff) -> None:
    """The letter that calls to a hearing carries the numbered list of all pieces of the case, in the order of their days."""
    case = a_case(known, round_)
    refused(case, known, staff)
    objected(case)
    at = next_moment(case)
    act = call_to_hearing(case.pk, heard_at=datetime(2026, 3, 20, 9, tzinfo=UTC), by=by(staff["second"], at), at=at)
    content = content_of(ActLetter.objects.get(act=act).letter)
    table = content.pieces[-1]
    listed = [row[0] for row in table.rows]
    assert [piece.text for piece in content.pieces if piece.kind == "attachment"] == [
        "Bijlage 1: lijst van alle stukken die ter inzage liggen"
    ]
    for named in (
        "de aanvraag",
        "de beoordeling",
        "brief: voornemen",
        "de zienswijze",
        "brief: afgewezen",
        "het bezwaar",
    ):
        assert any(named in one for one in listed), named
    assert [one.split(".")[0] for one in listed] == [str(place) for place in range(1, len(listed) + 1)]
    days = [one.day for one in pieces_of_case(acts_of(case.pk), (), case.procedure)]
    assert days == sorted(days)


def test_only_documents_that_count_are_listed() -> None:
    """A document that arrived whole is listed with its day; refused, withdrawn and waiting ones are not, and without any there is no list."""

    def given(standing: str, day: int) -> Any:
        return SimpleNamespace(standing=standing, document=SimpleNamespace(at=datetime(2026, 3, day, 12, tzinfo=UTC)))

    asked = SimpleNamespace(evidence=SimpleNamespace(text={"nl": "de offerte", "en": "the offer"}))
    every = [given(one, day) for day, one in enumerate(("uploaded", "refused", "withdrawn", "waiting", "receiving"), 1)]
    (along,) = evidence_listed([SimpleNamespace(asked=asked, given=every)], "nl")  # type: ignore[list-item]
    assert along.pieces[0].rows == (("de offerte", "1 maart 2026"),)
    assert evidence_listed([SimpleNamespace(asked=asked, given=every[1:])], "nl") == ()  # type: ignore[list-item]


@pytest.mark.parametrize("note", [note_guardian_of, note_death_of])
def test_letters_go_to_who_acts_for_the_applicant(note: Any, known: Library, round_: Round, staff: Staff) -> None:
    """Before it they go to the applicant; after it to the representative, at their address, by post; no term changes by it."""
    case = a_case(known, round_)
    before = extended(case, staff)
    assert (content_of(before).recipient, before.channel) == ("Nadia", "message_box")
    at = next_moment(case)
    due = case.due_on
    act = note(case.pk, " De erven  van Nadia ", HOME, by=by(staff["assessor"], at), at=at)
    case.refresh_from_db()
    assert case.due_on == due
    told = Act.objects.filter(subject_kind="case", subject_id=str(case.pk)).latest("id")
    assert "Nadia" not in str(told.details)
    assert act.details == {}
    after = extended(case, staff, 20)
    content = content_of(after)
    assert (content.recipient, content.address) == ("De erven van Nadia", ("Kerkstraat 1", "1234 AB Voorbeeldstad"))
    assert after.channel == "print"


def test_the_last_representative_counts(known: Library, round_: Round, staff: Staff) -> None:
    """Another representative takes the place of the first."""
    case = a_case(known, round_)
    for name in ("B. Eerste", "C. Tweede"):
        at = next_moment(case)
        note_guardian_of(case.pk, name, HOME, by=by(staff["assessor"], at), at=at)
    case.refresh_from_db()
    assert representative_of(case) == Representative("C. Tweede", ("Kerkstraat 1", "1234 AB Voorbeeldstad"))


@pytest.mark.parametrize(("name", "address", "field"), [
    (" ", HOME, "represented_by"), ("x" * 201, HOME, "represented_by"), ("B. Eerste", " \n ", "represented_at"),
    ("B. Eerste", "regel\n" * 7, "represented_at"),
])  # fmt: skip
def test_a_name_and_an_address_are_needed(
    name: str, address: str, field: str, known: Library, round_: Round, staff: Staff
) -> None:
    """What lacks or is too long is refused at its field, and nothing is noted."""
    case = a_case(known, round_)
    at = next_moment(case)
    with pytest.raises(DecisionRefused) as wrong:
        note_guardian_of(case.pk, name, address, by=by(staff["assessor"], at), at=at)
    assert wrong.value.field == field
    case.refresh_from_db()
    assert case.guardian_noted_at is None


def test_a_forwarded_application_says_where_it_went(known: Library, round_: Round, staff: Staff) -> None:
    """The letter names the body to which it was forwarded, and what happens there."""
    case = a_case(known, round_)
    at = next_moment(case)
    act = forward_by_letter(case.pk, to=round_.body.code, grounds="het hoort daar", by=by(staff["assessor"], at), at=at)
    text = " ".join(piece.text for piece in content_of(ActLetter.objects.get(act=act).letter).pieces)
    assert f"naar {round_.body.name}" in text
    assert "Die instantie behandelt uw aanvraag verder" in text
