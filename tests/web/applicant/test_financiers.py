"""Who pays along, on the pages: named by number, its own part and nothing else, its word, and what the official sees of it."""

import re

import pytest

from doorleren.applications.models import Application, Division, DivisionLine, FinancierWord, Member, MemberTask
from doorleren.applications.partnerships.financiers import Pays
from doorleren.audit.models import Act
from doorleren.cases.commands.close_case import close_case
from doorleren.cases.commands.forward import forward
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case
from doorleren.decisions.paid_together import shares
from doorleren.people.models import Mandate, Organisation, RoleKind
from doorleren.rounds.models import Ticket
from doorleren.web.applicant.who_does_what import tasks_to_report
from tests.applications import partners
from tests.applications.made import AT
from tests.applications.partners import FUND
from tests.decisions import made as decisions
from tests.people import made as people
from tests.web.applicant.filed import Filed
from tests.web.officer.desk import Desk
from tests.web.provider.visitor import Visitor

FIRM = {"employer.employees": "10", "employer.turnover": "1.000.000", "employer.eligible_costs": "600.000"}
LINES = {
    "of": "financing", "kind-0": "scheme", "amount-0": "720.000", "kind-1": "fund", "kvk-1": FUND, "name-1": "O&O-fonds Brood",
    "amount-1": "300.000", "kind-2": "own", "amount-2": "180.000",
}  # fmt: skip
ENDS = (
    "Deze aanvraag is ingetrokken.", "Over deze aanvraag is al besloten.", "Een andere instantie behandelt deze aanvraag nu.",
)  # fmt: skip
SECRETS = ("Bakkerij Bol", "720.000", "1.200.000", "180.000", "turnover")


@pytest.fixture
def paid(leila: Visitor, place: str) -> str:
    """The address of a draft of which a fund pays a part."""
    for member in (1, 2):
        leila.post(f"{place}/members/{member}", FIRM)
    leila.post(f"{place}/costs", LINES)
    assert leila.place == f"{place}/costs?saved=1"
    return place


@pytest.fixture
def fay(db: None) -> Visitor:
    """Of the fund."""
    return Visitor(partners.partner(people.organisation(FUND), "Fay", RoleKind.EMPLOYER))


def seen(fay: Visitor, paid: str) -> str:
    """Give the amount that the page of the fund carries along with its answer."""
    return re.findall(r'name="seen" value="(\d+)"', fay.open(f"{paid}/costs/{FUND}").page)[0]


def test_the_fund_sees_its_part_and_confirms(leila: Visitor, paid: str, fay: Visitor) -> None:
    """It finds its part in its own list, sees nothing else of the application, says its word once, and the applicant sees that."""
    page = fay.open("/applications")
    assert "Hier betaalt uw organisatie aan mee" in page.words
    assert "nog niet bevestigd" in page.words
    assert f"{paid}/costs/{FUND}" in page.page
    page = fay.open(f"{paid}/costs/{FUND}")
    assert "€\xa0300.000" in page.page
    assert "Bedrijf 90000031" in page.words
    for secret in SECRETS:
        assert secret not in page.page, secret
    for address in ("", "/costs", "/members", "/parties", "/plan", "/evidence"):
        assert fay.client.get(paid + address).status_code == 404, address
    page = fay.post(f"{paid}/costs/{FUND}", {"word": "confirmed", "seen": seen(fay, paid)})
    assert "bevestigd door deze organisatie" in page.words
    page = fay.post(f"{paid}/costs/{FUND}", {"word": "not_ours", "seen": seen(fay, paid)})
    assert "niet van haar" in page.words
    assert "niet van haar" in leila.open(f"{paid}/costs").words
    assert Act.objects.filter(act__startswith="share_").count() == 2


@pytest.mark.parametrize("who", ["lead partner", "of a member", "stranger", "mandate ended", "nobody"])
def test_to_others_it_does_not_exist(who: str, leila: Visitor, paid: str, fay: Visitor) -> None:
    """Looking and saying are answered as for a number that nobody has; who is not signed in is sent to sign in."""
    if who == "mandate ended":
        Mandate.objects.filter(organisation=Organisation.objects.get(kvk=FUND)).update(ends_on=people.LONG_AGO)
    kvk = {"of a member": "90000042", "stranger": "90000097"}.get(who)
    other = (
        Visitor(partners.partner(people.organisation(kvk), "Olga")) if kvk else {"lead partner": leila}.get(who, fay)
    )
    visitor = Visitor(None) if who == "nobody" else other
    allowed = (302, 403) if who == "nobody" else (404,)
    assert visitor.client.get(f"{paid}/costs/{FUND}").status_code in allowed
    assert visitor.client.post(f"{paid}/costs/{FUND}", {"word": "confirmed"}).status_code in allowed
    assert not FinancierWord.objects.exists()
    if who == "stranger":
        assert "Hier betaalt" not in visitor.open("/applications").words


def test_wrong_words_and_wrong_numbers(leila: Visitor, paid: str, fay: Visitor) -> None:
    """A word that is none keeps nothing; a part without number, with a wrong or one's own says so by its field."""
    page = fay.post(f"{paid}/costs/{FUND}", {"word": "maybe"})
    assert (fay.status, FinancierWord.objects.exists()) == (422, False)
    assert "Kies of dit deel" in page.words
    assert fay.client.get(f"{paid}/costs/90000999").status_code == 404
    before = Division.objects.count()
    for wrong, said in (
        ({"kvk-1": ""}, "Vul het KvK-nummer in"), ({"kvk-1": "123"}, "U gaf: 123."), ({"kvk-1": partners.LEAD}, "uw eigen KvK-nummer"),
        ({"kvk-2": FUND}, "hoort geen KvK-nummer"), ({"kvk-1": "90000999", "name-1": ""}, "Vul de naam"),
    ):  # fmt: skip
        page = leila.post(f"{paid}/costs", LINES | wrong)
        assert leila.status == 422, wrong
        assert said in page.words, wrong
    assert Division.objects.count() == before


def test_a_part_that_was_changed_meanwhile(paid: str, fay: Visitor) -> None:
    """Who answers to an amount that is another by now is told so, and nothing is kept."""
    old = seen(fay, paid)
    for told in (str(int(old) - 1), "", "x"):
        page = fay.post(f"{paid}/costs/{FUND}", {"word": "confirmed", "seen": told})
        assert (fay.status, FinancierWord.objects.exists()) == (409, False)
        assert "intussen veranderd" in page.words


def test_until_it_is_withdrawn(leila: Visitor, paid: str, fay: Visitor) -> None:
    """Once a draft was withdrawn nobody else is told of it any more, and no word is kept."""
    old = seen(fay, paid)
    leila.post(f"{paid}/withdraw", {})
    assert "Hier betaalt" not in fay.open("/applications").words
    assert fay.client.get(f"{paid}/costs/{FUND}").status_code == 404
    assert fay.client.post(f"{paid}/costs/{FUND}", {"word": "confirmed", "seen": old}).status_code == 404
    assert not FinancierWord.objects.exists()


def test_in_english_and_without_writing(paid: str, fay: Visitor) -> None:
    """The page exists in English, and looking at it keeps nothing."""
    assert fay.client.get(f"/en{paid}/costs/{FUND}").status_code == 200
    assert not FinancierWord.objects.exists()


def told_in(case: Case) -> int:
    """Let the application of a case name a fund and a member with its work, as they would have stood in it; give its number."""
    number = int(case.subject_id)
    asked = Ticket.objects.get().cents
    division = Division.objects.create(
        application_id=number, of="financing", unit="cents", whole=asked + 250_00, by_kind="person", at=AT
    )
    DivisionLine.objects.create(division=division, financier="scheme", part=asked)
    DivisionLine.objects.create(division=division, financier="fund", kvk=FUND, name="O&O-fonds Brood", part=250_00)
    member = Member.objects.create(
        application_id=number, number=2, kvk="90000042", name="Bakkerij Bol", kind="employer", by_kind="person", at=AT
    )
    MemberTask.objects.create(member=member, does="de lessen", reports="wie er kwam", by_kind="person", at=AT)
    return number


def test_the_official_and_the_decision_tell_who_pays_and_who_does_what(filed: Filed, fay: Visitor) -> None:
    """The official sees each part with its word, and each member's work; letter and decision tell both; then no word comes late."""
    number = told_in(filed.case)
    official = Desk(filed.staff["assessor"])
    official.send(f"/officer/cases/{filed.case.reference}/look", why="checking")
    words = official.open(f"/officer/cases/{filed.case.reference}").words
    for said in (
        "Wie betaalt wat",
        "O&O-fonds Brood",
        "nog niet bevestigd door deze organisatie",
        "Bakkerij Bol",
        "wie er kwam",
    ):
        assert said in words, said
    fay.post(f"/applications/{number}/costs/{FUND}", {"word": "confirmed"})
    assert "bevestigd door deze organisatie" in official.open(f"/officer/cases/{filed.case.reference}").words
    filed.decided()
    words = filed.nadia.open(f"{filed.place}/decision").words
    assert "Wie betaalt wat" in words
    assert "O&O-fonds Brood" in words
    words = filed.nadia.open(f"{filed.place}/letters/{filed.letter.pk}").words
    for said in (
        "Zo worden de kosten betaald",
        "O&O-fonds Brood",
        "Bakkerij Bol is verantwoordelijk voor: de lessen",
        "wie er kwam",
    ):
        assert said in words, said
    assert fay.client.post(f"/applications/{number}/costs/{FUND}", {"word": "not_ours"}).status_code == 409
    assert "niet meer veranderen" in fay.open(f"/applications/{number}/costs/{FUND}").words


@pytest.mark.parametrize(("became", "said"), [
    ("withdrawn", "Deze aanvraag is ingetrokken."), ("decided", "Over deze aanvraag is al besloten."),
    ("forwarded", "Een andere instantie behandelt deze aanvraag nu."),
    ("closed", "Een andere instantie behandelt deze aanvraag nu."),
])  # fmt: skip
def test_why_no_word_comes_any_more(became: str, said: str, filed: Filed, fay: Visitor) -> None:
    """Page and refusal say what became of the case, and nothing else: a case that was forwarded was not decided on, closed or not."""
    address, at = f"/applications/{told_in(filed.case)}/costs/{FUND}", filed.at()
    by = decisions.by(filed.staff["assessor"], at)
    assert 'name="word"' in fay.open(address).page
    if became == "withdrawn":
        perform(filed.case.pk, "withdrawn", by=by, at=at)
    elif became == "decided":
        filed.decided()
    else:
        forward(filed.case.pk, to="gemeente", by=by, at=at)
    if became == "closed":
        close_case(filed.case.pk, by=by, at=at)
    for page in (fay.open(address), fay.post(address, {"word": "confirmed"})):
        assert 'name="word"' not in page.page
        assert [one for one in ENDS if one in page.words] == [said]
    assert (fay.status, FinancierWord.objects.exists()) == (409, False)


def test_who_reports_a_delivery_reads_who_reports_what(filed: Filed) -> None:
    """The page on which a delivery is reported names the work of each member; another reporter reads of its own work only."""
    told_in(filed.case)
    filed.decided()
    words = filed.nadia.open(f"/applications/{filed.case.subject_id}/delivery").words
    assert "Wie meldt wat?" in words
    assert "Meldt bij de afronding: wie er kwam" in words
    application = Application.objects.get()
    for kvk, seen in (("90000042", ["Bakkerij Bol"]), (FUND, [])):
        application.reporter_kind, application.reporter_number = "organisation", people.organisation(kvk).pk
        assert [one["name"] for one in tasks_to_report(application)] == seen


@pytest.mark.parametrize(("granted", "rest"), [(720_00, None), (700_00, 20_00), (800_00, None)])
def test_what_a_decision_tells_adds_up(granted: int, rest: int | None) -> None:
    """The rows of a decision are the cost to the cent: what is granted less is named as covered by nobody."""
    lines = [DivisionLine(financier=kind, name=name, part=part) for kind, name, part in (
        ("scheme", "", 720_00), ("fund", "Fonds", 300_00), ("own", "", 180_00),
    )]  # fmt: skip
    *rows, whole = shares((Pays(one, None) for one in lines), granted, "nl")
    assert sum(one.cents or 0 for one in rows) == whole.cents
    assert [one.cents for one in rows] == [granted, 300_00, 180_00, *([rest] if rest else [])]
    assert shares((), granted, "nl") == ()
