"""The work lists of cases: who sees them, what is on them, giving cases out and taking that back, and the export."""

import csv
import io
from urllib.parse import parse_qsl, urlencode

import pytest
from django.utils.translation import override

from doorleren.audit.models import View
from doorleren.cases.models import Case
from doorleren.decisions import named
from doorleren.people.models import Body, Person, RoleKind
from doorleren.web.officer.case_words import states
from doorleren.web.officer.cases import as_csv
from doorleren.web.surroundings import now
from tests.web.officer.cases_made import Bureau, many
from tests.web.officer.desk import Desk, counts, queries, with_role
from tests.web.provider.visitor import Visitor

pytestmark = pytest.mark.django_db
MOST_OF_A_LIST = 12
"""Queries, with those of the session and of the transaction."""


def exported(desk: Desk, **asked: str) -> list[list[str]]:
    """Give the rows of an export, without its head."""
    reply = desk.client.get("/officer/cases/export", asked)
    text = b"".join(reply.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


@pytest.mark.parametrize("address", ["/officer/cases", "/officer/cases/export"])
def test_who_may_look(bureau: Bureau, address: str) -> None:
    """Officials that treat, pay or audit see lists; a provider, a policy maker, an administrator and nobody are refused."""
    for desk in (bureau.fatima, bureau.joost, bureau.pim, bureau.eva):
        assert desk.client.get(address).status_code == 200
    for kind in (RoleKind.PROVIDER, RoleKind.POLICY_MAKER, RoleKind.ADMINISTRATOR, RoleKind.DESK_ADVISER):
        assert Desk(with_role(kind, body=bureau.body)).client.get(address).status_code == 403
    assert Desk(None).client.get(address).status_code in (302, 403)
    assert Desk(bureau.fatima.person, second_factor=False).client.get(address).status_code == 403


def test_another_body_sees_nothing(bureau: Bureau) -> None:
    """Who assesses for another body finds none of these cases: not on a list, not by reference, not in an export."""
    other = bureau.desk(RoleKind.ASSESSOR, "Olga", Body.objects.create(code="other", name="Ander"))
    reference = bureau.case.reference
    assert reference not in other.open("/officer/cases", official="all").words
    for typed in (reference, reference[:4], "Nadia"):
        page = other.open("/officer/cases", search=typed)
        assert (other.status, "Geen zaak gevonden." in page.words, reference in page.words) == (
            200,
            True,
            typed == reference,
        )
    assert exported(other, official="all") == []
    other.open(bureau.at)
    assert other.status == 404


def test_the_filter_unfolds_for_a_list_of_its_own(bureau: Bureau) -> None:
    """One of the lists that are asked most leaves the filter folded, also where it is empty; any other choice shows what was chosen."""
    fold = '<details class="dl-fold" open>'
    for asked in ({}, {"official": "none"}, {"official": "all"}, {"official": "all", "due": "over"}):
        assert fold not in bureau.fatima.open("/officer/cases", **asked).page, asked
    for asked in ({"state": "granted"}, {"official": str(bureau.joost.person.pk)}, {"official": "none", "due": "week"}):
        assert fold in bureau.fatima.open("/officer/cases", **asked).page, asked


def test_an_empty_list_says_what_to_do(bureau: Bureau) -> None:
    """Who has no cases reads how to get some; after taking one, it is on their list."""
    page = bureau.fatima.open("/officer/cases")
    assert "Neem een zaak die van niemand is" in page.words
    page = bureau.fatima.open("/officer/cases", official="none")
    assert bureau.at in page.links
    bureau.fatima.send("/officer/cases/assign", cases=[bureau.case.pk], claim="1", back="official=none")
    assert bureau.fatima.place == "/officer/cases?official=none&done=1"
    page = bureau.fatima.open(bureau.fatima.place)
    assert "1 zaak is nu van u." in page.words
    assert bureau.at in bureau.fatima.open("/officer/cases").links


def test_my_team(bureau: Bureau) -> None:
    """Who is in a team sees the cases of everybody in it, and no others; who is in none is not offered the list, nor given it."""
    els, karel = bureau.desk(RoleKind.ASSESSOR, "Els"), bureau.desk(RoleKind.ASSESSOR, "Karel")
    many(bureau.case, 3, to=(els.person, karel.person, bureau.fatima.person))
    assert "Van mijn team" not in els.open("/officer/cases").words
    bureau.fatima.person.roles.update(team="Noord")
    els.person.roles.update(team="Noord")
    karel.person.roles.update(team="Zuid")
    page = els.open("/officer/cases")
    assert "Van mijn team (2)" in page.words
    assert len(exported(els, official="team")) == 2
    assert {row[6] for row in exported(els, official="team")} == {"Els", "Fatima"}
    assert {row[6] for row in exported(karel, official="team")} == {"Karel"}
    assert queries(lambda: els.client.get("/officer/cases", {"official": "team"})) <= MOST_OF_A_LIST + 2
    outsider = bureau.desk(RoleKind.ASSESSOR, "Olga", Body.objects.create(code="other", name="Ander"))
    outsider.person.roles.update(team="Noord")
    assert exported(outsider, official="team") == []


def test_what_somebody_is_called_is_no_page(bureau: Bureau) -> None:
    """A name with signs of HTML stands on the list as it was written, and adds nothing to the page."""
    hacker = bureau.desk(RoleKind.ASSESSOR, 'Els<img src=x onerror="f()">')
    many(bureau.case, 1, to=(hacker.person,))
    told = bureau.fatima.client.get("/officer/cases", {"official": "all"}).content.decode()
    assert "Els&lt;img src=x onerror=&quot;f()&quot;&gt;</td>" in told
    assert "<img src=x" not in told


def test_words_that_are_kept_are_those_of_the_language() -> None:
    """A table of words that was asked in one language is not given in the other."""
    with override("nl"):
        dutch = states()
    with override("en"):
        assert states()["granted"] != dutch["granted"]
    with override("nl"):
        assert states() == dutch


def test_many_are_given_out_and_taken_back(bureau: Bureau) -> None:
    """Cases go to a colleague with one press, and back with another; a number that is no case changes nothing."""
    rows = many(bureau.case, 3)
    colleague = bureau.joost.person
    assert colleague is not None
    chosen = [*(one.pk for one in rows), bureau.case.pk + 77_777]
    bureau.fatima.send("/officer/cases/assign", cases=chosen, to=colleague.pk, back="official=all")
    assert set(Case.objects.filter(pk__in=chosen).values_list("assigned_to", flat=True)) == {colleague.pk}
    page = bureau.fatima.open(bureau.fatima.place)
    assert "3 zaken zijn nu van Joost." in page.words
    bureau.fatima.send("/officer/cases/undo", back="official=all")
    assert "De toewijzing is ongedaan gemaakt." in bureau.fatima.open(bureau.fatima.place).words
    assert set(Case.objects.filter(pk__in=chosen).values_list("assigned_to", flat=True)) == {None}
    bureau.fatima.send("/officer/cases/undo", back="official=all")
    assert set(Case.objects.filter(pk__in=chosen).values_list("acts", flat=True)) == {3}


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"claim": "1"}, "Kies eerst een of meer zaken"),
        ({"to": ""}, "Kies aan wie u de zaken geeft"),
        ({"to": "x"}, "Kies aan wie"),
    ],
    ids=["none", "nobody", "no-number"],
)
def test_errors_by_field(bureau: Bureau, sent: dict[str, str], wrong: str) -> None:
    """Nothing chosen, or nobody to give it to, is said on the same list, and nothing changes."""
    cases = [] if "claim" in sent else [bureau.case.pk]
    page = bureau.fatima.send("/officer/cases/assign", cases=cases, back="official=all", **sent)
    assert bureau.fatima.status == 422
    assert wrong in page.words
    assert bureau.at in page.links
    assert bureau.again().assigned_to is None


def test_who_may_not_assign(bureau: Bureau) -> None:
    """Who pays or audits sees no boxes and may not send the form."""
    for desk in (bureau.pim, bureau.eva):
        assert 'name="cases"' not in desk.client.get("/officer/cases?official=all").content.decode()
        desk.send("/officer/cases/assign", cases=[bureau.case.pk], claim="1")
        assert desk.status == 403
    assert bureau.again().assigned_to is None


def test_a_reference_leads_to_the_case(bureau: Bureau) -> None:
    """A whole reference in small letters and without its stroke leads to the case, its beginning to a list with those that begin so."""
    typed = bureau.case.reference.lower().replace("-", " ")
    bureau.fatima.open("/officer/cases", search=typed)
    assert bureau.fatima.place == bureau.at
    others = [one.reference for one in many(bureau.case, 40)]
    for length in (1, 3, 5):
        found = [row[0] for row in exported(bureau.fatima, search=typed[:length])]
        begins = bureau.case.reference[:length].rstrip("-")
        assert set(found) == {one for one in (*others, bureau.case.reference) if one.startswith(begins)}


def test_a_case_is_found_by_name(bureau: Bureau) -> None:
    """The beginnings of words of the applicant's name find the case, whosever it is and closed too, with that name; a list without names none."""
    Person.objects.filter(name="Nadia").update(name="Nadia Yılmaz-de Vries")
    many(bureau.case, 5)
    for typed in ("nadia", "Vries Nad", "YILMAZ", "yilm"):
        page = bureau.joost.open("/officer/cases", search=typed)
        assert (bureau.at in page.links, "Nadia Yılmaz-de Vries" in page.words) == (True, True), typed
        assert [row[0] for row in exported(bureau.joost, search=typed)] == [bureau.case.reference], typed
    for typed in ("adia", "Nadia Mulder", "%", "na'dia", "x' | 'nadia"):
        assert bureau.at not in bureau.joost.open("/officer/cases", search=typed).links, typed
    assert "Nadia" not in bureau.joost.open("/officer/cases", official="all").words
    closed = now()
    Case.objects.filter(pk=bureau.case.pk).update(withdrawn_at=closed, closed_at=closed, last_act_at=closed)
    assert bureau.again().state == "closed"
    assert [row[0] for row in exported(bureau.joost, search="nadia")] == [bureau.case.reference]
    assert exported(bureau.joost, official="all", search="nadia", state="received") == []


def test_whom_a_name_showed_is_in_the_log(bureau: Bureau) -> None:
    """Each case that a page or an export shows by a name is noted as viewed, and the applicant reads so; a reference notes nothing."""
    many(bureau.case, 3)
    noted = View.objects.filter(subject_kind="case_name")
    bureau.joost.open("/officer/cases", search=bureau.case.reference[:3])
    bureau.joost.open("/officer/cases", search="niemand")
    assert not noted.exists()
    bureau.joost.open("/officer/cases", search="nadia")
    exported(bureau.joost, search="nadia")
    assert list(noted.values_list("subject_id", "page")) == [
        (str(bureau.case.pk), "officer-cases"), (str(bureau.case.pk), "officer-cases-export"),
    ]  # fmt: skip
    nadia = Visitor(Person.objects.get(name="Nadia"))
    words = nadia.open(f"/applications/{bureau.case.subject_id}/file/seen").words
    assert (words.count("uw naam, in een lijst van zaken"), words.count("zocht een zaak op naam")) == (2, 2)


def test_a_case_that_was_found_is_taken_there(bureau: Bureau) -> None:
    """Who takes a case from what they found comes back to what they found, however long it was."""
    typed = "Nadia " + "n" * 190
    back = urlencode({"search": typed, "official": "all", "order": "received"})
    bureau.fatima.send("/officer/cases/assign", cases=[bureau.case.pk], claim="1", back=back)
    assert dict(parse_qsl(bureau.fatima.place.partition("?")[2])) == {
        "search": typed, "official": "all", "order": "received", "done": "1",
    }  # fmt: skip
    assert bureau.again().assigned_to == bureau.fatima.person


def test_a_name_that_many_have(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name of more cases than can be shown asks for more of it, and shows none of them."""
    monkeypatch.setattr(named, "MOST", 0)
    page = bureau.joost.open("/officer/cases", search="nadia")
    assert (bureau.joost.status, bureau.at in page.links) == (422, False)
    assert "Typ meer van de naam" in page.words


def test_nothing_found(bureau: Bureau) -> None:
    """A search that finds nothing says what was looked for and where, and leads to a wider one and to none."""
    page = bureau.joost.open("/officer/cases", search="Jansen", state="received")
    assert f"Wij zochten bij {bureau.body.name} naar een aanvrager" in page.words
    assert "‘Jansen’" in page.words
    assert {"/officer/cases?search=Jansen&official=all", "/officer/cases?official=all"} <= set(page.links)


def test_the_export_is_the_filter(bureau: Bureau) -> None:
    """For each filter the export has the same cases in the same order as the pages of the list, one after another."""
    fatima = bureau.fatima.person
    many(bureau.case, 120, to=(fatima, None, bureau.joost.person))
    for asked in ({"official": "all"}, {"official": "me"}, {"official": "none", "due": "over"},
                  {"official": "all", "due": "week", "order": "received"}, {"official": "all", "state": "received"}):  # fmt: skip
        shown: list[str] = []
        address, told = "/officer/cases", dict(asked)
        while address:
            reply = bureau.fatima.client.get(address, told)
            shown += [row["reference"] for row in reply.context["rows"]]
            address, told = reply.context["following"], {}
        assert [row[0] for row in exported(bureau.fatima, **asked)] == shown, asked
        assert shown, asked
    assert View.objects.filter(subject_kind="case_export", subject_id=str(bureau.body.pk)).count() == 5


def test_no_cell_is_a_formula() -> None:
    """What a spreadsheet would compute is written as words, and the rest as it is."""
    text = "".join(as_csv([["=1+1", "+31", "-2", "@x", "naam", ""]]))
    assert text == "\N{BYTE ORDER MARK}'=1+1,'+31,'-2,'@x,naam,\r\n"


def test_a_list_costs_the_same_with_a_thousand_cases(bureau: Bureau) -> None:
    """A page of 1,200 cases, narrowed or not, asks no more queries than one of two, and says that there are more than a thousand."""
    addresses = [
        f"/officer/cases?official=all{more}"
        for more in ("", "&due=week", f"&scheme={bureau.case.scheme}&order=received")
    ]
    many(bureau.case, 2, to=(None, bureau.fatima.person))

    def asked() -> list[int]:
        return [queries(lambda one=address: bureau.fatima.client.get(one)) for address in addresses]  # type: ignore[misc]

    few = asked()
    many(bureau.case, 1200, start=2000, to=(bureau.fatima.person, None, bureau.joost.person))
    assert all(
        now <= before for now, before in zip(asked(), few, strict=True)
    )  # a list that ends here looks for more once
    assert max(few) <= MOST_OF_A_LIST
    assert "meer dan 1.000" in bureau.fatima.open(addresses[0]).words


def test_looking_writes_nothing(bureau: Bureau) -> None:
    """Lists, export and the pages of a case write nothing but the log of who viewed."""
    bureau.fatima.open("/officer/cases")
    before = counts()
    for address in ("/officer/cases?official=all", bureau.at, f"{bureau.at}/acts/ask", f"{bureau.at}/assess"):
        bureau.fatima.open(address)
        assert bureau.fatima.status == 200
    exported(bureau.fatima, official="all")
    bureau.eva.open(f"{bureau.at}/look")
    assert counts() == before


def test_the_keyboard_gets_past_the_rows(bureau: Bureau) -> None:
    """Every fifth row of who may assign has a way to what is done with the ticked ones; who may not has none."""
    many(bureau.case, 11)
    page = bureau.fatima.open("/officer/cases?official=all")
    assert page.page.count('href="#q-assign">Naar wat u hebt aangevinkt</a>') == 2
    assert page.page.index('href="#q-assign"') < page.page.index('id="q-assign" tabindex="-1"')
    assert "q-assign" not in bureau.pim.open("/officer/cases?official=all").page
