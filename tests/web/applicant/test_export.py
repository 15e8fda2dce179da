"""Everything that is kept of a person as one archive: whole against the law's table, one's own and nobody else's, an act."""

import hashlib
import io
import json
import re
import zipfile
from typing import Any

from django.apps import apps

from doorleren.audit.acts import Party
from doorleren.audit.models import Act
from doorleren.audit.viewing import note_views
from doorleren.decisions.commands.note_advice import note_advice
from doorleren.decisions.commands.note_talk import note_complaint_of, note_talk
from doorleren.letters.queries import pdf_of
from doorleren.payments.models import PayeeAccount
from doorleren.payments.payees import iban_hash, sealed_iban
from doorleren.people import national_number
from doorleren.people.file_keys import destroy_key
from doorleren.people.models import IN_BODY, Assurance, NationalNumber, Person, RoleKind
from doorleren.people.personal_content import personal_content
from doorleren.rounds.models import Round
from doorleren.web.people.export.rows import GONE, fields_of
from doorleren.web.people.export.ways import CODES, ELSEWHERE, LEFT_OUT, WAYS
from doorleren.web.people.export.words import FIELDS, TABLES
from tests.decisions import made
from tests.people import made as people
from tests.web.applicant.filed import Filed
from tests.web.officer.desk import Desk, counts, with_role
from tests.web.provider.visitor import Visitor

PAGE = "/account/export"
NUMBER, OTHER_NUMBER, IBAN, OTHER_IBAN = "999990019", "999990020", "NL91ABNA0417164300", "NL20INGB0001234567"


def known_by(person: Person, number: str, iban: str, case: Any) -> None:
    """Give somebody a national number and a bank account."""
    keys, party = national_number.keys(), Party("person", str(person.pk))
    NationalNumber.objects.create(person=person, lookup=keys.hashed(number), sealed=keys.sealed(number))
    PayeeAccount.objects.create(
        body=case.body, payee_kind=party.kind, payee_id=party.id, lookup=iban_hash(iban, keys),
        sealed=sealed_iban(iban, party, keys), sealed_name=keys.sealed(f"Rekening van {person.name}"), reason="opgegeven",
        proposed_by=with_role(RoleKind.ASSESSOR, f"Voorsteller {person.name}", case.body), proposed_at=made.AT,
    )  # fmt: skip


def opened(raw: bytes) -> tuple[dict[str, bytes], dict[str, Any], str]:
    """Give the parts of an archive, what its JSON says, and its readable page."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return parts, json.loads(parts["gegevens.json"]), parts["lees-mij.html"].decode()


def gaps(tables: set[str], *lists: Any) -> tuple[set[str], set[str]]:
    """Give the tables that stand in no list or in two, and those of a list that are not there."""
    named = [one for some in lists for one in some]
    return {one for one in tables if named.count(one) != 1}, set(named) - tables


def test_every_table_of_the_law_is_in_it_or_named_with_the_reason() -> None:
    """No table with personal content is forgotten or doubled; each field is given or named as a code, and has words in both languages."""
    tables = {model for row in personal_content().rows for model in row.fields}
    assert gaps(tables, WAYS, ELSEWHERE, LEFT_OUT) == (set(), set())
    assert gaps(tables | {"people.Shoe"}, WAYS, ELSEWHERE, LEFT_OUT) == ({"people.Shoe"}, set())
    assert gaps(tables, WAYS, ELSEWHERE, {**LEFT_OUT, "people.Role": {}}) == ({"people.Role"}, set())
    assert set(TABLES) == set(WAYS) >= set(CODES)
    assert {name for label in WAYS for name in fields_of(label)} == set(FIELDS)
    for label in WAYS:
        there = {field.name for field in apps.get_model(label)._meta.concrete_fields}
        kept = {name for row in personal_content().rows for name in row.fields.get(label, ())}
        assert set(fields_of(label)) | set(CODES.get(label, ())) <= there, label
        assert set(CODES.get(label, ())) == kept - set(fields_of(label)), label


def test_an_account_that_was_destroyed_is_named_as_that(filed: Filed) -> None:
    """That there was one is told, with when; what it was nobody can read any more, and that is said."""
    nadia = people.Person.objects.get(name="Nadia")
    known_by(nadia, NUMBER, IBAN, filed.case)
    kept = PayeeAccount.objects.get()
    gone = {"sealed": "", "sealed_name": "", "reason": "", "withdrawn_at": made.AT, "destroyed_at": made.AT}
    for name, value in ({"pk": None} | gone).items():
        setattr(kept, name, value)
    kept.save(force_insert=True)
    first, second = opened(filed.nadia.client.post(PAGE).content)[1]["tables"]["payments.PayeeAccount"]
    assert (first["sealed"], first["destroyed_at"]) == (IBAN, None)
    assert (second["sealed"], second["sealed_name"], second["destroyed_at"]) == (GONE, GONE, made.AT.isoformat())


def test_what_is_in_it(filed: Filed) -> None:
    """Account, number, role, answers, bank account, letters, messages, words, acts and who looked: all of it, once it was told."""
    filed.decided()
    letter, nadia = filed.letter, people.Person.objects.get(name="Nadia")
    known_by(nadia, NUMBER, IBAN, filed.case)
    people.role(nadia, RoleKind.PARTICIPANT)
    filed.nadia.send(f"{filed.place}/write/objection", text="Ik vroeg meer.", step="send")
    otto = with_role(RoleKind.AUDITOR, "Otto Looman", filed.case.body)
    note_views([Party("case", str(filed.case.pk))], by=Party("person", str(otto.pk)), page="case", at=filed.at())
    reply = filed.nadia.client.post(PAGE)
    assert (reply.status_code, reply["Content-Type"], reply["X-Content-Type-Options"]) == (
        200,
        "application/zip",
        "nosniff",
    )
    parts, told, page = opened(reply.content)
    folder = f"dossier-{filed.case.reference}"
    assert parts[f"{folder}/brief-{letter.pk}.pdf"] == pdf_of(letter)
    assert json.loads(parts[f"{folder}/dossier.json"])["messages"][0]["text"] == "Ik vroeg meer."
    rows = told["tables"]
    assert rows["people.Person"][0]["name"] == "Nadia"
    assert rows["people.NationalNumber"] == [{"sealed": NUMBER, "person": "you"}]
    assert rows["people.Role"][0]["kind"] == "participant"
    assert (rows["payments.PayeeAccount"][0]["sealed"], rows["payments.PayeeAccount"][0]["proposed_by"]) == (
        IBAN,
        "someone_else",
    )
    assert rows["applications.Application"][0]["applicant_number"] == "you"
    assert {one["application"] for one in rows["applications.Answer"]} == {int(filed.case.subject_id)}
    assert len(rows["rounds.Ticket"]) == 1
    assert [(one["of"], one["words"]) for one in told["words_in_files"]] == [("objection", "Ik vroeg meer.")]
    assert [one["who"] for one in told["seen_by"]] == [f"controleur, {filed.case.body.name}"]
    assert any(one["act"] == "objection_received" or one["by_you"] for one in told["acts"])
    kept = {one["id"]: one for one in told["what_we_keep"]}
    assert set(kept) == {one.id for one in personal_content().rows}
    assert all(one["why"] and one["ground"] and one["long"] for one in told["what_we_keep"])
    for said in (
        "Alles wat wij van u bewaren",
        NUMBER,
        IBAN,
        "burgerservicenummer",
        "Ik vroeg meer.",
        "controleur",
        "699,95",
    ):
        assert said in page, said
    assert "None" not in re.sub(r"<[^>]*>", " ", page)


def test_nobody_else_is_in_it(filed: Filed) -> None:
    """Of another applicant there is nothing, and of officials no name and no number, in no part of the archive."""
    filed.decided()
    nadia, piets = people.Person.objects.get(name="Nadia"), made.a_case(filed.known, Round.objects.get(), "Pieter")
    pieter = people.Person.objects.get(name="Pieter")
    known_by(nadia, NUMBER, IBAN, filed.case)
    known_by(pieter, OTHER_NUMBER, OTHER_IBAN, piets)
    _parts, told, _page = opened(filed.nadia.client.post(PAGE).content)
    everything = b"\n".join(opened(filed.nadia.client.post(PAGE).content)[0].values()).decode("utf-8", "ignore")
    for hidden in ("Pieter", OTHER_NUMBER, OTHER_IBAN, piets.reference, "Voorsteller", *filed.staff):
        assert not re.search(
            rf"\b{re.escape(hidden)}\b(?!_)", re.sub(r"%PDF.*?%%EOF", "", everything, flags=re.DOTALL)
        ), hidden
    assert len(told["tables"]["applications.Application"]) == 1
    _parts, his, _page = opened(Visitor(pieter).client.post(PAGE).content)
    assert his["tables"]["people.NationalNumber"][0]["sealed"] == OTHER_NUMBER
    assert NUMBER not in json.dumps(his)


def test_what_was_not_told_yet_is_not_in_it(filed: Filed) -> None:
    """A decision of which the letter was not sent is in no part: no letter, no amount, no act of an official."""
    filed.decided(sent=False)
    parts, told, page = opened(filed.nadia.client.post(PAGE).content)
    assert not [name for name in parts if name.endswith(".pdf")]
    assert told["tables"]["letters.Letter"] == []
    assert "granted" not in json.dumps([told["words_in_files"], told["acts"]])
    assert json.loads(parts[f"dossier-{filed.case.reference}/dossier.json"])["decision"] is None
    assert "Wij kenden" not in page


def test_a_talk_and_a_complaint_are_in_it(filed: Filed) -> None:
    """What an official wrote down of a talk or a complaint is given to whom it is about; an advice that no letter told is not."""
    told: dict[str, Any] = {"by": made.by(filed.staff["assessor"], filed.at()), "at": filed.at()}
    note_talk(filed.case.pk, "phone", "U belde over de dag.", **told)
    note_complaint_of(filed.case.pk, "U wachtte te lang.", **told)
    note_advice(filed.case.pk, "mixed", "Er valt iets voor te zeggen.", **told)
    words = opened(filed.nadia.client.post(PAGE).content)[1]["words_in_files"]
    assert [(one["act"], one["words"]) for one in words] == [
        ("contact_noted", "U belde over de dag."), ("complaint_received", "U wachtte te lang."),
    ]  # fmt: skip


def test_it_is_an_act(filed: Filed) -> None:
    """The record says that the archive was given, with its hash and counts; nothing else is written."""
    before = counts()
    raw = filed.nadia.client.post(PAGE).content
    act = Act.objects.get(act="exported_own_content")
    assert act.details["sha256"] == hashlib.sha256(raw).hexdigest()
    assert act.details["files"] == len(opened(raw)[0])
    assert {name: number - before[name] for name, number in counts().items() if number != before[name]} == {
        "audit_act": 1
    }


def test_a_destroyed_file_says_so(filed: Filed) -> None:
    """What was destroyed is named with that word; the rest is given."""
    filed.decided()
    destroy_key(Party("case", str(filed.case.pk)), by=Party("site", ""), at=filed.at())
    parts, told, page = opened(filed.nadia.client.post(PAGE).content)
    assert {one["why"] for one in told["not_in_here"]} == {"destroyed"}
    assert told["tables"]["letters.Letter"][0]["content"] == "destroyed"
    assert "vernietigd: de bewaartermijn is voorbij" in page
    assert not [name for name in parts if name.endswith(".pdf")]


def test_every_role_gets_its_own_only(filed: Filed) -> None:
    """Whatever one's role is, the archive is one's own: no file of the people whom one works for is in it."""
    filed.decided()
    for kind in RoleKind:
        otto = with_role(kind, f"Otto {kind}", filed.case.body if kind in IN_BODY else None)
        _parts, told, _page = opened(Desk(otto).client.post(PAGE).content)
        assert (told["person"], told["files"], told["tables"]["applications.Application"]) == (otto.pk, [], []), kind
        assert [one["kind"] for one in told["tables"]["people.Role"]] == [kind]
        assert "Nadia" not in json.dumps(told), kind


def test_looking_writes_nothing_and_proof_has_to_be_fresh(filed: Filed) -> None:
    """The page names what is in it; a proof of an hour ago leads to signing in once more and back, and gives nothing."""
    filed.decided()
    nadia = people.Person.objects.get(name="Nadia")
    before = counts(("people_session",))
    page = filed.nadia.open(PAGE)
    assert "Maak het archief en download het" in page.words
    assert "Dit is een sleutel." in page.words
    late = Desk(nadia, minutes_ago=60)
    for ask, status in ((late.open, 200), (late.send, 403)):
        page = ask(PAGE)
        assert late.status == status
        assert "/sign-in?next=%2Faccount%2Fexport&renew=1" in page.links
        assert "Maak het archief" not in page.words
    assert counts(("people_session",)) == before
    assert PAGE in filed.nadia.open("/account").links
    assert filed.nadia.client.get(f"/en{PAGE}").status_code == 200


def test_who_may_not(db: None) -> None:
    """A visitor is led to signing in; who signed in with little assurance is refused with what would help."""
    visitor = Desk(None)
    visitor.open(PAGE)
    assert (visitor.status, visitor.place.split("?")[0]) == (302, "/sign-in")
    visitor.send(PAGE)
    assert visitor.status == 403
    low = Visitor(people.person(), Assurance.LOW)
    assert "hoger betrouwbaarheidsniveau" in low.open(PAGE).words
    assert low.status == 403
    assert low.client.post(PAGE).status_code == 403
    assert not Act.objects.filter(act="exported_own_content").exists()
