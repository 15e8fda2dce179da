"""The acts in a request to correct: who may, in which order, what changes, what never does, and what goes at the end."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from doorleren.applications.answers import counted_answers, profile_of
from doorleren.applications.corrections.commands.answer_correction import (
    New,
    Told,
    complete_by_statement,
    correct,
    extend_correction,
    refuse_correction,
    tell_receivers,
)
from doorleren.applications.corrections.commands.ask_correction import take_back_correction
from doorleren.applications.corrections.commands.let_go import let_go_of_account, let_go_of_application
from doorleren.applications.corrections.refusing import CorrectionRefused
from doorleren.applications.corrections.sealed import party_of, said_in
from doorleren.applications.corrections.standing import open_at, standing_of
from doorleren.applications.models import About, Answer, Application, CorrectionRequest, CorrectionStep
from doorleren.applications.prefilling import told_earlier
from doorleren.applications.queries import submitted_answers
from doorleren.applications.retention.due import bound
from doorleren.audit.acts import SITE, checked
from doorleren.audit.models import Act
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.decisions.commands.decide import grant
from doorleren.decisions.judging import judged
from doorleren.decisions.matters import matter_of
from doorleren.decisions.models import Decision
from doorleren.letters.queries import content_of, letters_about
from doorleren.people.access import NotAllowed
from doorleren.people.file_keys import Destroyed
from doorleren.people.models import Body, FileKey, Person, RoleKind
from doorleren.rules.library import Library
from tests.applications.corrections.conftest import Ask
from tests.applications.made import oneself
from tests.decisions import made
from tests.people import made as people

Staff = dict[str, Person]
PRICE = New("650 euro", 650_00)
NOBODY = Told((), "alleen wij hadden het")


def last_letter(request: CorrectionRequest) -> tuple[str, str]:
    """Give the kind of the last letter of a request, and all its words."""
    letter = letters_about(party_of(request)).first()
    assert letter is not None
    return letter.template, str(content_of(letter).plain())


def test_a_correction_adds_an_answer_and_changes_no_decision(
    ask: Ask, case: Case, staff: Staff, known: Library
) -> None:
    """The last answer is the official's, with the request; what was submitted, what the rules say and the grant stay."""
    application = Application.objects.get(pk=int(case.subject_id))
    made.assessed(case, known, staff["assessor"])
    grant(
        case.pk,
        **made_library(known),
        by=made.by(staff["decider"], made.later()),
        at=made.later(),
        activities_until=made.UNTIL,
    )
    before = judged(matter_of(case), known), Decision.objects.get().amount_cents, submitted_answers(application, known)
    request, rows = ask(at=made.later(5)), Answer.objects.count()
    at, joost = made.later(10), staff["decider"]
    correct(request.pk, PRICE, Told(("Voorbeeldopleider",)), seen=1, library=known, by=made.by(joost, at), at=at)
    answer = Answer.objects.get(correction=request)
    assert (answer.fact, answer.cents, answer.origin, answer.by_id) == (
        "training.price",
        650_00,
        "official",
        str(joost.pk),
    )
    assert Answer.objects.count() == rows + 1
    assert profile_of(counted_answers(application.pk, known))["training.price"] == 650_00
    assert (
        judged(matter_of(case), known),
        Decision.objects.get().amount_cents,
        submitted_answers(application, known),
    ) == before
    template, words = last_letter(request)
    assert template == "correction_made"
    for said in (
        "650 euro",
        "Voorbeeldopleider",
        "verandert niets aan een besluit",
        "binnen 6 weken",
        "Autoriteit Persoonsgegevens",
    ):
        assert said in words
    assert "650" not in str(list(CorrectionStep.objects.values_list("content", flat=True)))
    acts = Act.objects.filter(subject_kind="correction", subject_id=str(request.pk)).order_by("id")
    assert [one.act for one in acts] == ["correction_asked", "corrected"]
    assert acts[1].details == {"about": "application", "changed": 1, "told": 1}
    assert checked().broken is None


def made_library(known: Library) -> dict[str, Any]:
    """Give the library to granting, where it asks for it."""
    return {"library": known} if "library" in grant.__annotations__ else {}


def test_the_order_of_acts(ask: Ask, staff: Staff, known: Library) -> None:
    """Extended once, within the month; answered once; told only after something changed; taken back only while it is open."""
    request = ask()
    first = request.due_on
    at = made.later()
    by = made.by(staff["decider"], at)
    with pytest.raises(CorrectionRefused, match="nog geen antwoord"):
        tell_receivers(request.pk, NOBODY, seen=1, by=by, at=at)
    with pytest.raises(CorrectionRefused, match="intussen"):
        extend_correction(request.pk, "veel verzoeken", seen=0, by=by, at=at)
    late = made.AT + timedelta(days=40)
    with pytest.raises(CorrectionRefused, match="eerste maand is voorbij"):
        extend_correction(request.pk, "veel verzoeken", seen=1, by=made.by(staff["decider"], late), at=late)
    extend_correction(request.pk, "veel verzoeken", seen=1, by=by, at=at)
    standing = standing_of(request)
    assert (standing.due_on, standing.term.last) == (standing.steps[1].until, standing.due_on)
    assert standing.due_on > first
    assert last_letter(request)[0] == "correction_extended"
    assert [one.due for one in open_at([request.body_id])] == [standing.due_on]
    with pytest.raises(CorrectionRefused, match="maar één keer"):
        extend_correction(request.pk, "nog meer", seen=2, by=by, at=at)
    complete_by_statement(request.pk, "Ik kreeg later korting.", NOBODY, seen=2, by=by, at=at)
    for act in (
        partial(refuse_correction, request.pk, "right", "het klopt", seen=3, by=by, at=at),
        partial(take_back_correction, request.pk, by=made.by(request.person, at), at=at),
    ):
        with pytest.raises(CorrectionRefused, match="al geantwoord"):
            act()
    tell_receivers(request.pk, Told(("Een ander loket",)), seen=3, by=by, at=at)
    assert said_in(standing_of(request).steps[-1])["told"] == ["Een ander loket"]
    assert not Answer.objects.filter(correction=request).exists()
    assert list(open_at([request.body_id])) == []


def test_the_database_holds_the_order_by_itself(ask: Ask) -> None:
    """A number that is skipped, an extension after the end, and telling after a refusal are refused by the database; so is any change."""
    request = ask()
    given = {"request": request, "by_kind": "person", "by_id": "1", "at": made.AT, "content": b"x"}
    for wrong in ({"number": 3, "step": "refused"}, {"number": 2, "step": "told"}):
        with pytest.raises(IntegrityError, match="applications_correction_in_order"), transaction.atomic():
            CorrectionStep.objects.create(**given, **wrong)
    CorrectionStep.objects.create(**given, number=2, step="refused")
    for wrong in ({"step": "told"}, {"step": "extended", "until": day_of(made.AT)}):
        with pytest.raises(IntegrityError, match="applications_correction_in_order"), transaction.atomic():
            CorrectionStep.objects.create(**given, **wrong, number=3)
    for rows in (CorrectionStep.objects.filter(request=request), CorrectionRequest.objects.filter(pk=request.pk)):
        with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
            rows.update(by_id="2") if rows.model is CorrectionStep else rows.update(fact="")
    with pytest.raises(IntegrityError, match="until its request is destroyed"), transaction.atomic():
        CorrectionStep.objects.filter(request=request).delete()


def test_who_may(ask: Ask, case: Case, staff: Staff, known: Library) -> None:
    """Only the body that was asked, with the right role and never for oneself; only a decider refuses; only who asked takes back."""
    nadia, at = Person.objects.get(name="Nadia"), made.later()
    with pytest.raises(NotAllowed, match="not_yours"):
        ask(who=people.person(name="Een ander"))
    request = ask()
    elsewhere = people.person(name="Decider elsewhere")
    people.role(elsewhere, RoleKind.DECIDER, body=people.body("ander"))
    refused = {elsewhere: "other_place", staff["paymaster"]: "no_role", staff["assessor"]: "no_role", nadia: "oneself"}
    for who, why in refused.items():
        with pytest.raises(NotAllowed, match=why):
            refuse_correction(request.pk, "right", "het klopt", seen=1, by=made.by(who, at), at=at)
        with pytest.raises(NotAllowed, match=why):
            correct(
                request.pk, PRICE, NOBODY, comment="zo", in_part=True, seen=1, library=known, by=made.by(who, at), at=at
            )
    people.role(nadia, RoleKind.DECIDER, body=request.body)
    with pytest.raises(NotAllowed, match="oneself"):
        correct(request.pk, PRICE, NOBODY, seen=1, library=known, by=made.by(nadia, at), at=at)
    with pytest.raises(NotAllowed, match="not_yours"):
        take_back_correction(request.pk, by=made.by(elsewhere, at), at=at)
    assert standing_of(request).last == 1
    correct(request.pk, PRICE, NOBODY, seen=1, library=known, by=made.by(staff["assessor"], at), at=at)
    assert standing_of(request).changed


def test_what_is_refused_by_field(ask: Ask, staff: Staff, known: Library) -> None:
    """An unknown answer, a national number, too many words, a value that is there already and nobody told: each names its field."""
    for other, field in (({"fact": "person.job"}, "fact"), ({"why": "mijn nummer is 999990019"}, "why"), ({"wished": "x" * 2001}, "wished"),
                         ({"about": About.OTHER, "application": None, "body": 0}, "body"),
                         ({"about": About.CONTACT, "application": None, "fact": "is_active"}, "fact")):  # fmt: skip
        with pytest.raises(CorrectionRefused) as said:
            ask(**other)
        assert said.value.field == field
    assert not CorrectionRequest.objects.exists()
    request, at = ask(), made.later()
    by = made.by(staff["decider"], at)
    for new, told, comment, part, field in (
        (PRICE, Told(), "", False, "told"), (PRICE, Told(("A",), "B"), "", False, "told"), (PRICE, NOBODY, "", True, "words"),
    ):  # fmt: skip
        with pytest.raises(CorrectionRefused) as said:
            correct(request.pk, new, told, comment=comment, in_part=part, seen=1, library=known, by=by, at=at)
        assert said.value.field == field
    with pytest.raises(CorrectionRefused, match="staat er nu al"):  # what Nadia said herself
        correct(request.pk, New("699,95 euro", 699_95), NOBODY, seen=1, library=known, by=by, at=at)
    correct(request.pk, New("650 euro", 650_00), NOBODY, seen=1, library=known, by=by, at=at)
    again = ask()
    with pytest.raises(CorrectionRefused, match="staat er nu al"):
        correct(again.pk, PRICE, NOBODY, seen=1, library=known, by=by, at=at)
    with pytest.raises(CorrectionRefused) as said:
        refuse_correction(again.pk, "no such reason", "x", seen=1, by=by, at=at)
    assert said.value.field == "reason"


def test_a_contact_field_changes_and_a_refusal_tells_the_reason(ask: Ask, staff: Staff, known: Library) -> None:
    """The address on the account becomes the new one; a refusal has the reason of the law, its article, and how to object."""
    nadia, at = Person.objects.get(name="Nadia"), made.later()
    body, by = Body.objects.get(pk=ask().body_id), made.by(staff["decider"], at)
    one = ask(about=About.CONTACT, application=None, fact="notice_email", body=body.pk)
    for wrong in ("geen adres", f"n@{'v' * 60}.{'v' * 60}.{'v' * 60}.{'v' * 60}.voorbeeld.nl"):
        with pytest.raises(CorrectionRefused, match="e-mailadres"):
            correct(one.pk, New("x", wrong), NOBODY, seen=1, library=known, by=by, at=at)
    correct(one.pk, New("n@voorbeeld.nl", "n@voorbeeld.nl"), NOBODY, seen=1, library=known, by=by, at=at)
    nadia.refresh_from_db()
    assert nadia.notice_email == "n@voorbeeld.nl"
    two = ask(about=About.CASE, fact="")
    refuse_correction(two.pk, "judgement", "U vraagt om een hoger bedrag.", seen=1, by=by, at=at)
    template, words = last_letter(two)
    assert template == "correction_refused"
    assert "daarvoor is er bezwaar (AVG, artikel 16). U vraagt om een hoger bedrag." in words
    assert "binnen 6 weken" in words


def test_at_the_end_of_retention_it_goes(ask: Ask, case: Case, staff: Staff) -> None:
    """An open request keeps the account; let go, its rows are gone, its letters do not open, its key is destroyed under an act."""
    about_file, about_me = ask(), ask(about=About.OTHER, application=None, fact="", body=case.body_id)
    Application.objects.filter(pk=int(case.subject_id)).update(applicant_number=staff["second"].pk)
    assert bound(about_me.person_id, day_of(made.AT))
    at = made.later()
    refuse_correction(about_me.pk, "right", "het klopt", seen=1, by=made.by(staff["decider"], at), at=at)
    letter = letters_about(party_of(about_me)).get()
    assert let_go_of_account(about_me.person_id, by=SITE, at=at) == 1
    assert list(CorrectionRequest.objects.all()) == [about_file]
    with pytest.raises(Destroyed):
        content_of(letter)
    key = FileKey.objects.get(about_kind="correction", about_id=str(about_me.pk))
    assert Act.objects.get(pk=key.destroyed_under).subject_kind == "correction"
    assert let_go_of_application(int(case.subject_id), by=SITE, at=at) == 1
    assert not CorrectionStep.objects.exists()


def test_a_next_application_takes_over_what_was_corrected(
    ask: Ask, case: Case, staff: Staff, known: Library
) -> None:  # fmt: skip
    """Of what was submitted the wrong answer would come along; what an official corrected on request goes before it."""
    born, right = "person.birth_date", date(1991, 4, 1)
    nadia = Person.objects.get(name="Nadia")

    def earlier() -> list[object]:
        return [one.value for one in told_earlier(oneself(nadia), frozenset({born}), known, made.later(20))]

    before = earlier()
    request, at = ask(fact=born, wished="1 april 1991", at=made.later(5)), made.later(10)
    told = {"seen": 1, "library": known, "by": made.by(staff["decider"], at), "at": at}
    correct(request.pk, New("1 april 1991", right), Told(("Voorbeeldopleider",)), **told)
    assert (before, earlier()) == ([date(1990, 4, 1)], [right])
