"""Stopping an account within its 48 hours, and closing what the bank said that nobody could book."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from doorleren.applications.models import Application
from doorleren.applications.refusing import ApplicationRefused
from doorleren.audit.acts import Party
from doorleren.audit.models import Act
from doorleren.cases.recording import party_of
from doorleren.letters.commands.make_letter import make_letter
from doorleren.letters.models import Channel, Letter
from doorleren.letters.queries import letters_for
from doorleren.letters.templates import read_templates
from doorleren.letters.variables import examples
from doorleren.payments.commands.close_entry import close_entry
from doorleren.payments.commands.import_message import import_message
from doorleren.payments.commands.stop_account import stop_account, stop_account_as_payee, stop_own_account
from doorleren.payments.models import BankAnswer, PayeeAccount
from doorleren.payments.payable import accounts_in_force
from doorleren.payments.payees import account_in_force, coming_for
from doorleren.payments.queries import entries_for_a_person
from doorleren.payments.refusing import PaymentRefused
from doorleren.people.access import NotAllowed
from doorleren.people.models import Assurance, Person, RoleKind
from doorleren.rules.library import Library
from doorleren.shipped import folder
from tests.payments.made import run, unguarded
from tests.payments.paying import (
    DAY,
    DECIDED,
    IBANS,
    PAID,
    Scene,
    account,
    entry,
    granted,
    payee_of,
    statement,
    status,
)
from tests.people import made as people

HOUR = timedelta(hours=1)
SECOND = "NL69INGB0123456789"


def another(scene: Scene) -> PayeeAccount:
    """Another account for the payee of the first case, confirmed just now."""
    return account(scene.body, payee_of(scene.cases[0]), SECOND, scene.staff, PAID)


def late(scene: Scene, name: str, hours: float) -> dict[str, Any]:
    """An official so many hours later."""
    at = PAID + hours * HOUR
    return {"by": people.signed_in(scene.staff[name], at=at), "at": at}


def test_an_official_stops_it_in_time(scene: Scene) -> None:
    """Stopped in its last second it never counts, the one before stays, the payee hears it by the old channel, once; after 48 hours it is refused, by the database too."""
    payee, row = payee_of(scene.cases[0]), another(scene)
    before = account_in_force(scene.body.pk, payee.kind, payee.id, PAID)
    with pytest.raises(NotAllowed):
        stop_account(row.pk, "r", **late(scene, "decider", 1))
    with pytest.raises(PaymentRefused, match="U schreef er 0"):
        stop_account(row.pk, "  ", **late(scene, "assessor", 1))
    with pytest.raises(PaymentRefused, match="48 uur zijn voorbij"):
        stop_account(row.pk, "r", **late(scene, "assessor", 48))
    with pytest.raises(IntegrityError, match="payments_payee_stopped_in_time"), transaction.atomic():
        run("UPDATE payments_payeeaccount SET stopped_at = effective_at, stopped_by_id = proposed_by_id,"
            " stop_reason = 'r' WHERE id = %s", row.pk)  # fmt: skip
    stop_account(row.pk, "bellen: niet van hem", **late(scene, "assessor", 47.99))
    with pytest.raises(PaymentRefused, match="al gestopt"):
        stop_account(row.pk, "r", **late(scene, "assessor", 47.99))
    much_later = PAID + 100 * HOUR
    assert account_in_force(scene.body.pk, payee.kind, payee.id, much_later) == before
    key = (payee.kind, payee.id)
    assert accounts_in_force(scene.body.pk, [key], much_later) == {key: (before, False)}
    letter = Letter.objects.get(template="account_stopped")
    changed = Letter.objects.filter(template="account_changed", recipient_id=payee.id).latest("pk")
    assert (letter.recipient_id, letter.channel) == (payee.id, changed.channel)
    assert Act.objects.get(act="stopped", subject_id=str(row.pk)).details == {"who": "official"}
    for undone in ("stopped_at = NULL, stopped_by_id = NULL, stop_reason = ''", "stop_reason = 'x'"):
        with pytest.raises(IntegrityError, match="alleen gestopt"), transaction.atomic():
            run(f"UPDATE payments_payeeaccount SET {undone} WHERE id = %s", row.pk)


@pytest.mark.parametrize(("last", "goes"), [(Channel.E_MAIL, Channel.MESSAGE_BOX), (Channel.PRINT, Channel.PRINT)])
def test_a_notice_never_goes_as_word_by_e_mail(scene: Scene, last: Channel, goes: Channel) -> None:
    """Another account and its stop are told in the message box although the payee chose e-mail and got the last letter so; after post by post."""
    payee = payee_of(scene.cases[0])
    Person.objects.filter(pk=int(payee.id)).update(letters_by="e_mail", notice_email="thief@example.org")
    make_letter(read_templates(folder("law") / "letters")["granted"], examples(), about=party_of(scene.cases[0]), recipient=payee,
                language="nl", channel=last, on=DAY, at=PAID, fixed=True)  # fmt: skip
    assert letters_for(payee).values_list("channel", flat=True)[0] == last
    stop_account(another(scene).pk, "niet van hem", **late(scene, "assessor", 1))
    told = letters_for(payee).values_list("template", "channel")[:2]
    assert list(told) == [("account_stopped", goes), ("account_changed", goes)]


def test_the_payee_stops_it(scene: Scene) -> None:
    """Who applied stops it in their own file, nobody else does, and not once it is in use."""
    row = another(scene)
    application = Application.objects.get(pk=int(scene.cases[0].subject_id))
    other = Application.objects.get(pk=int(scene.cases[1].subject_id))

    def of(one: Application, hours: float) -> dict[str, Any]:
        at = PAID + hours * HOUR
        return {"by": people.signed_in(Person.objects.get(pk=one.applicant_number), at=at), "at": at}

    with pytest.raises(NotAllowed):
        stop_own_account(application.pk, **of(other, 1))
    with pytest.raises((PaymentRefused, ApplicationRefused)):
        stop_own_account(other.pk, **of(other, 1))
    with pytest.raises(PaymentRefused, match="geen rekening meer"):
        stop_own_account(application.pk, **of(application, 48))
    assert stop_own_account(application.pk, **of(application, 47)) == [row]
    assert Act.objects.get(act="stopped").details == {"who": "payee"}
    with pytest.raises(PaymentRefused, match="geen rekening meer"):
        stop_own_account(application.pk, **of(application, 47.5))


def test_a_payee_who_did_not_apply_stops_it(scene: Scene, known: Library) -> None:
    """The organisation that is paid stops it by who has a role and a mandate in it; who applied cannot, nor anybody else; once, in time."""
    own = people.organisation()
    case = granted(known, scene.round, scene.staff, "Omar", Party("organisation", str(own.pk)))
    before, row = (
        account(scene.body, payee_of(case), iban, scene.staff, at) for iban, at in ((IBANS[0], DECIDED), (SECOND, PAID))
    )
    applicant = Person.objects.get(pk=Application.objects.get(pk=int(case.subject_id)).applicant_number)
    agent, without, elsewhere = (people.person(name=name) for name in ("agent", "without", "elsewhere"))
    for who in (agent, without):
        people.role(who, RoleKind.EMPLOYER, organisation=own)
    people.mandate(agent, own)
    people.role(elsewhere, RoleKind.EMPLOYER, organisation=people.organisation("87654321"))
    people.mandate(elsewhere, people.organisation("87654321"))

    def of(who: Person, hours: float, **other: Any) -> dict[str, Any]:
        at = PAID + hours * HOUR
        return {"by": people.signed_in(who, at=at, **other), "at": at}

    with pytest.raises(PaymentRefused, match="geen rekening meer"):
        stop_own_account(int(case.subject_id), **of(applicant, 1))
    for who in (applicant, without, elsewhere, scene.staff["paymaster"]):
        assert coming_for(**of_who(of(who, 1))) == []
        with pytest.raises(NotAllowed):
            stop_account_as_payee(row.pk, **of(who, 1))
    with pytest.raises(NotAllowed):
        stop_account_as_payee(row.pk, **of(agent, 1, assurance=Assurance.LOW))
    with pytest.raises(PaymentRefused, match="48 uur zijn voorbij"):
        stop_account_as_payee(row.pk, **of(agent, 48))
    assert coming_for(**of_who(of(agent, 47))) == [row]
    stop_account_as_payee(row.pk, **of(agent, 47))
    assert coming_for(**of_who(of(agent, 47))) == []
    assert account_in_force(scene.body.pk, "organisation", str(own.pk), PAID + 100 * HOUR) == before
    assert Act.objects.get(act="stopped").details == {"who": "payee"}
    assert Letter.objects.get(template="account_stopped").recipient_id == str(own.pk)
    with pytest.raises(PaymentRefused, match="al gestopt"):
        stop_account_as_payee(row.pk, **of(agent, 47))


def of_who(given: dict[str, Any]) -> dict[str, Any]:
    """Who asks and when, as a read takes them."""
    return {"who": given["by"], "at": given["at"]}


def test_what_the_bank_said_is_closed(scene: Scene) -> None:
    """Where money moved two people close an entry, else one; each with a reason, nobody twice, and nothing that asks for nobody."""
    line = scene.release(scene.propose().run).ordered[0]
    for content in (
        statement(entry("x", 5)),
        statement(entry(line.end_to_end, line.cents)),
        status([line], "RJCT", "AC04"),
    ):
        import_message(scene.body.pk, content, by=scene.by("paymaster", 5), at=PAID)
    money, words = BankAnswer.objects.get(outcome="unknown"), BankAnswer.objects.get(outcome="contradicts")
    assert set(entries_for_a_person(scene.body.pk)) == {money, words}
    first, second = ({"by": scene.by(name, 9), "at": PAID} for name in ("paymaster", "other"))
    with pytest.raises(PaymentRefused, match="U schreef er 0"):
        close_entry(money.pk, " ", **first)
    with pytest.raises(NotAllowed):
        close_entry(money.pk, "r", by=scene.by("assessor", 9), at=PAID)
    close_entry(words.pk, "de bank herhaalde zich", **first)
    close_entry(money.pk, "van een andere afdeling", **first)
    assert list(entries_for_a_person(scene.body.pk)) == [money]
    with pytest.raises(NotAllowed):
        close_entry(money.pk, "r", **first)
    close_entry(money.pk, "eens", **second)
    assert not entries_for_a_person(scene.body.pk).exists()
    for one in (money, BankAnswer.objects.get(outcome="matched")):
        with pytest.raises(PaymentRefused, match="vraagt niets meer"):
            close_entry(one.pk, "r", **second)
    with pytest.raises(IntegrityError, match="verandert niet"), transaction.atomic():
        run("DELETE FROM payments_bankclosing")


def test_guards_off(scene: Scene) -> None:
    """Negative control: without the trigger a stop can be undone by SQL, so it is the trigger that refuses."""
    row = another(scene)
    stop_account(row.pk, "r", **late(scene, "assessor", 1))
    with unguarded():
        run("UPDATE payments_payeeaccount SET stop_reason = 'x' WHERE id = %s", row.pk)
    row.refresh_from_db()
    assert row.stop_reason == "x"
