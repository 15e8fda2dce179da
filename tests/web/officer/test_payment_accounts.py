"""Bank accounts of payees on the pages: one proposes, another confirms, 48 hours, a letter; and what each role sees of it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from doorleren.audit.acts import SITE
from doorleren.audit.models import Act, View
from doorleren.cases.models import Case, CaseAct
from doorleren.core.days import day_of
from doorleren.letters.models import Letter
from doorleren.letters.queries import content_of
from doorleren.payments.commands.destroy_accounts import destroy_payments
from doorleren.payments.models import PayeeAccount
from doorleren.payments.payees import account_in_force
from doorleren.people.models import RoleKind
from doorleren.web.surroundings import now
from tests.payments.paying import gone, payee_of
from tests.web.officer.desk import Desk, counts, with_role
from tests.web.officer.paying_desks import Till, a_till

pytestmark = pytest.mark.django_db
LIST = "/officer/accounts"
GOOD = {"iban": "nl91 abna 0417 1643 00", "name": "N. de Vries", "reason": "Bankafschrift van maart"}
SHOWN = "NL91 ABNA 0417 1643 00"


@pytest.fixture
def till(settings: Any, tmp_path: Path, db: None) -> Iterator[Till]:
    """One granted case, of which the payee has an account in use."""
    with a_till(settings, tmp_path, 1) as made:
        yield made


def case_of(till: Till) -> Case:
    """The case."""
    return till.scene.cases[0]


def proposed(till: Till, desk: Desk | None = None, **typed: str) -> PayeeAccount:
    """Propose another account for the payee of the case."""
    who = desk or till.wim
    who.send(f"{LIST}/of-case/{case_of(till).reference}", **(GOOD | typed))
    assert who.status == 302
    return PayeeAccount.objects.latest("pk")


def test_two_people_and_a_letter(till: Till) -> None:
    """An assessor proposes from the case, a paymaster compares and confirms; the old account stays 48 hours, the payee gets a letter."""
    payee = payee_of(case_of(till))
    before = account_in_force(till.scene.body.pk, payee.kind, payee.id, now())
    row = proposed(till, till.fatima)
    assert till.fatima.place == f"{LIST}/{row.pk}?done=account_proposed"
    address = f"{LIST}/{row.pk}"
    page = till.fatima.open(address)
    assert "Een collega die betaalt, moet haar bevestigen." in page.words
    assert "Ja, bevestig" not in page.words
    assert till.fatima.client.post(f"{address}/confirm").status_code == 403
    assert "u, of een andere collega die betaalt" in till.ria.open(LIST).words
    page = till.ria.open(address)
    assert SHOWN in page.words
    assert "Vergelijk het nummer en de naam met het bewijs." in page.words
    letters = Letter.objects.filter(template="account_changed").count()
    till.ria.send(f"{address}/confirm")
    assert (till.ria.status, till.ria.place) == (302, f"{address}?done=account_confirmed")
    page = till.ria.open(address)
    assert "bevestigd, nog niet in gebruik" in page.words
    assert "wacht op verzending: berichtenbox" in page.words
    assert account_in_force(till.scene.body.pk, payee.kind, payee.id, now()) == before
    assert account_in_force(till.scene.body.pk, payee.kind, payee.id, now() + timedelta(hours=48)) == row
    assert Letter.objects.filter(template="account_changed").count() == letters + 1
    letter = Letter.objects.latest("pk")
    told = str(content_of(letter).plain())
    assert (letter.recipient_kind, letter.recipient_id) == (payee.kind, payee.id)
    assert "Nadia 0" in told
    assert "ABNA" not in told
    assert "0417" not in told
    assert View.objects.filter(subject_kind="payee_account", subject_id=str(row.pk)).exists()
    assert not Act.objects.filter(details__icontains="ABNA").exists()
    assert "Over dit voorstel is al beslist." in till.ria.send(f"{address}/confirm").words


def test_who_confirms_reads_what_the_check_of_the_name_said(till: Till, settings: Any) -> None:
    """A name that does not belong to the account is told to who confirms, who may do so all the same; others read nothing of it."""
    row = proposed(till)
    assert "niet gecontroleerd" in till.ria.open(f"{LIST}/{row.pk}").words
    till.wim.send(f"{LIST}/{row.pk}/withdraw")
    settings.DOORLEREN_NAME_CHECK = 'command:echo \'{"outcome": "no_match"}\''
    address = f"{LIST}/{proposed(till).pk}"
    assert "de naam hoort niet bij de rekening" in till.wim.open(address).words
    assert "Bel de ontvanger" not in till.wim.open(address).words
    assert "Bel de ontvanger op een nummer dat u al kende" in till.ria.open(address).words
    till.ria.send(f"{address}/confirm")
    assert till.ria.place == f"{address}?done=account_confirmed"


BAD = {
    "iban_digits": ("iban", "NL91ABNA0417164301", "U vulde 18 tekens in. Dat aantal klopt, maar een teken niet."),
    "iban_length": ("iban", "NL91ABNA", "U vulde 8 tekens in. Een Nederlands nummer heeft er 18."),
    "iban_empty": ("iban", " ", "Vul het rekeningnummer in, bijvoorbeeld NL91 ABNA 0417 1643 00."),
    "iban_elsewhere": ("iban", "BR1800360305000010009795493C1", "Naar dit land kunnen wij niet betalen."),
    "name_empty": ("name", "", "Vul de naam bij de rekening in."),
    "name_long": ("name", "n" * 71, "van ten hoogste 70 tekens. U vulde 71 tekens in."),
    "reason_empty": ("reason", "", "Vul in waarom u deze rekening voorstelt."),
    "reason_long": ("reason", "r" * 1001, "van ten hoogste 1000 tekens. U vulde 1001 tekens in."),
}


def test_what_is_wrong_stands_beside_its_field(till: Till) -> None:
    """A number that cannot be, a name or reason that lacks or is too long: told by field, with what is allowed; nothing is kept."""
    before = counts()
    for name, (field, typed, said) in BAD.items():
        page = till.wim.send(f"{LIST}/of-case/{case_of(till).reference}", **(GOOD | {field: typed}))
        assert (till.wim.status, said in page.words) == (422, True), name
        assert f'href="#q-{field}"' in page.page, name
    assert counts() == before
    proposed(till)
    page = till.ria.send(f"{LIST}/of-case/{case_of(till).reference}", **GOOD)
    assert (till.ria.status, "Er wacht al een voorstel" in page.words) == (409, True)


FINDS = {"": "niets", "DL-0000-0000": "DL-0000-0000", "x": "x"}


@pytest.mark.parametrize("typed", FINDS)
def test_finding_the_case_of_a_payee(typed: str, till: Till) -> None:
    """The reference of a case leads to its form; what is none of the body's cases is told with what was typed."""
    page = till.wim.open(f"{LIST}/new", case=typed)
    assert (till.wim.status, f"U vulde in: {FINDS[typed]}." in page.words) == (422, True)
    till.wim.open(f"{LIST}/new", case=case_of(till).reference.lower())
    assert (till.wim.status, till.wim.place) == (302, f"{LIST}/of-case/{case_of(till).reference}")


def test_withdrawn_and_the_account_of_a_body(till: Till) -> None:
    """A proposal is withdrawn once; a body's own account is changed by the same two steps, and gets no letter."""
    row = proposed(till)
    till.ria.send(f"{LIST}/{row.pk}/withdraw")
    assert "ingetrokken" in till.ria.open(f"{LIST}/{row.pk}").words
    assert "Over dit voorstel is al beslist." in till.ria.send(f"{LIST}/{row.pk}/withdraw").words
    body, letters = till.scene.body, Letter.objects.count()
    assert body.name in till.wim.open(LIST).words
    till.wim.send(f"{LIST}/of-body/{body.pk}", **GOOD)
    own = PayeeAccount.objects.latest("pk")
    assert (own.payee_kind, own.payee_id) == ("body", str(body.pk))
    till.ria.send(f"{LIST}/{own.pk}/confirm")
    own.refresh_from_db()
    assert (own.confirmed_by_id, Letter.objects.count()) == (till.scene.staff["other"].pk, letters)
    assert till.wim.client.get(f"{LIST}/of-body/{body.pk + 999}").status_code == 404


def test_who_sees_and_who_does(till: Till) -> None:
    """An auditor sees no number and does nothing; other roles see nothing; another body's officials find nothing; GET writes nothing."""
    row = proposed(till)
    form, address = f"{LIST}/of-case/{case_of(till).reference}", f"{LIST}/{row.pk}"
    looks = [LIST, address]
    sends = [form, f"{address}/change", f"{address}/withdraw", f"{address}/confirm"]
    before = counts()
    page = till.eva.open(address)
    assert (till.eva.status, "ABNA" in page.page, "N. de Vries" in page.page) == (200, False, False)
    assert {till.eva.client.get(one).status_code for one in looks} == {200}
    assert {till.eva.client.post(one, GOOD).status_code for one in sends} == {403}
    for desk in (till.wim, till.ria, till.fatima):
        for one in (*looks, f"{LIST}/new", form, f"{address}/change"):
            desk.open(one)
            assert desk.status == 200, one
    assert counts() == before
    for kind in RoleKind:
        if kind not in (RoleKind.AUDITOR, RoleKind.PAYMASTER, RoleKind.ASSESSOR):
            desk = Desk(with_role(kind, kind.value))
            assert {desk.client.get(one).status_code for one in (*looks, form)} == {403}, kind
            assert {desk.client.post(one, GOOD).status_code for one in sends} == {403}, kind
    cy = till.stranger
    assert case_of(till).reference not in cy.open(LIST).words
    assert cy.client.get(address).status_code == 404
    assert {cy.client.post(one, GOOD).status_code for one in sends} == {404}
    late = Desk(till.scene.staff["other"], minutes_ago=10)
    assert late.client.post(f"{address}/confirm").status_code in (302, 403)
    row.refresh_from_db()
    assert (row.confirmed_at, row.withdrawn_at, PayeeAccount.objects.latest("pk")) == (None, None, row)


def test_payment_is_suspended_and_released_from_the_case(till: Till) -> None:
    """A decider suspends payment with a reason in a letter, and pays again; meanwhile the case is on no list, and a second time asks whether it is another suspicion."""
    case = case_of(till)
    address = f"/officer/cases/{case.reference}"
    till.joost.send(f"{address}/look", why="checking")

    def act(name: str, **more: str) -> None:
        told = {"grounds": "de opleiding lijkt niet te bestaan", "seen": str(Case.objects.get(pk=case.pk).acts), **more}
        page = till.joost.send(f"{address}/acts/{name}", **told)
        assert (till.joost.status, "De opleiding lijkt niet te bestaan." in page.words) == (200, True)
        till.joost.send(f"{address}/acts/{name}", confirmed="1", **told)
        assert till.joost.status == 302

    act("suspend-payment")
    assert "de betaling is opgeschort" in till.wim.open("/officer/payments/propose").words
    act("release-payment")
    assert "1 betaling, samen" in till.wim.open("/officer/payments/propose").words
    kinds = list(Letter.objects.filter(about_id=str(case.pk)).order_by("-pk").values_list("template", flat=True)[:2])
    assert kinds == ["payment_released", "payment_suspended"]
    told = {"grounds": "weer een signaal", "seen": str(Case.objects.get(pk=case.pk).acts)}
    page = till.joost.send(f"{address}/acts/suspend-payment", **told)
    assert (till.joost.status, "hetzelfde vermoeden" in page.words, "Kies er een uit de lijst." in page.words) == (
        422,
        True,
        True,
    )
    act("suspend-payment", suspicion="same")
    first, again = CaseAct.objects.filter(case=case, act="payment_suspended").order_by("number")
    assert (again.details["since"], again.details["until"]) == (first.number, first.details["until"])


def test_an_account_that_was_destroyed_says_so(till: Till) -> None:
    """Its page has who and when, and no number, name or reason; that of a proposal that waited neither, and nobody can confirm it."""
    case = case_of(till)
    payee, told = payee_of(case), proposed(till)
    row = PayeeAccount.objects.filter(payee_id=payee.id, confirmed_at__isnull=False).latest("pk")
    address = f"{LIST}/{row.pk}"
    assert "Rekeningnummer" in till.ria.open(address).words
    gone(case)
    later = now() + timedelta(days=8 * 366)
    assert destroy_payments(day_of(later), by=SITE, at=later)[0] == 2
    for one in (row, told):
        page = till.ria.open(f"{LIST}/{one.pk}")
        assert (till.ria.status, "vernietigd" in page.words) == (200, True)
        for hidden in ("Rekeningnummer", GOOD["name"], GOOD["reason"], "Ja, bevestig", "Controle van de naam"):
            assert hidden not in page.words, hidden
