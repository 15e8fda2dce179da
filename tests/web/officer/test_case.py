"""One case on the pages of officials: who sees what, what can be done now, each act with its preview, and its letters."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from doorleren.audit.models import Act, View
from doorleren.cases.commands.note import note_contact
from doorleren.core.days import day_of
from doorleren.decisions import judging
from doorleren.decisions.commands.act_by_letter import ask_by_letter
from doorleren.decisions.commands.note_advice import note_advice
from doorleren.decisions.models import Assessment, Decision
from doorleren.letters.models import Letter
from doorleren.people.models import Body, RoleKind
from doorleren.web import known
from doorleren.web.surroundings import now
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.objecting import next_moment
from tests.people import made as people
from tests.web.officer.case_lives import WORDS, Life
from tests.web.officer.cases_made import Bureau
from tests.web.officer.desk import Desk, queries

pytestmark = pytest.mark.django_db
YES = "yes"
MOST_OF_A_CASE = 24
"""Queries, with those of the session, of the transaction and of the log of who viewed."""


@pytest.fixture
def bureau(settings: Any, tmp_path: Path, db: None) -> Iterator[Bureau]:
    """The trial scheme with evidence on a site that knows it, and its body."""
    library = made.library(tmp_path, made.UNDER_LAW)
    settings.DOORLEREN_SCHEMES = (tmp_path / "schemes",)
    known.library.cache_clear()
    yield Bureau(library, a_round(library, opened=True))
    known.library.cache_clear()


def typed(days: int) -> str:
    """Write a day so many days from now as an official types it."""
    return (day_of(now()) + timedelta(days=days)).strftime("%d-%m-%Y")


def done(desk: Desk, bureau: Bureau, name: str, **fields: Any) -> None:
    """Do an act through its form, confirmed at once."""
    address = f"{bureau.at}/acts/{name}"
    page = desk.send(address, seen=str(bureau.again().acts), confirmed="1", **fields)
    assert desk.status == 302, page.words


def asked(bureau: Bureau) -> None:
    """Let Fatima ask to complete."""
    done(bureau.fatima, bureau, "ask", parts=["offer"], lacking="lacks", until=typed(14))


def assessed(bureau: Bureau, **fields: str) -> None:
    """Let Fatima assess: all is met."""
    told = {f"met-{one}": YES for one in ("adult", "priced", "tie", "citizen", "honest")}
    told |= {"ground-honest": "de offerte is van na de aanvraag"}
    page = bureau.fatima.send(f"{bureau.at}/assess", seen=str(bureau.again().acts), confirmed="1", **(told | fields))
    assert bureau.fatima.status == 302, page.words


def test_a_case_on_one_page(bureau: Bureau) -> None:
    """An assessor sees the rules with answers, the evidence, the term with its steps and the history; the look is noted."""
    page = bureau.fatima.open(bureau.at)
    for words in (
        "Nadia", "de deelnemer is 18 jaar of ouder", "699,95", "de offerte van de opleider", "Staatscourant 2026, 1",
        "beslissen op de aanvraag", "Awb, art. 4:1", "Er is nog geen brief gemaakt.",
    ):  # fmt: skip
        assert words in page.words, words
    last = View.objects.filter(viewer_id=str(bureau.fatima.person.pk)).latest("pk")  # type: ignore[union-attr]
    assert (last.subject_kind, last.subject_id, last.page) == ("case", str(bureau.case.pk), "officer-case")


def test_who_pays_sees_no_answers(bureau: Bureau) -> None:
    """Who pays reads how a case stands once a reason was given, without answers and evidence."""
    bureau.pim.send(f"{bureau.at}/look", why="asked")
    page = bureau.pim.open(bureau.at)
    assert "Wat er is gebeurd" in page.words
    assert "Nadia" not in page.words
    assert "18 jaar" not in page.words


def test_a_file_of_somebody_else_opens_with_a_reason(bureau: Bureau) -> None:
    """A case that a colleague has shows nothing before a reason is given; the reason is in the record, and holds for a while."""
    bureau.fatima.send(f"{bureau.at}/take")
    page = bureau.joost.open(bureau.at)
    assert (bureau.joost.place, page.words) == (f"{bureau.at}/look", "")
    page = bureau.joost.open(f"{bureau.at}/look")
    assert "Nadia" not in page.words
    for address in ("/acts/close", "/assess", "/letters/1"):
        bureau.joost.open(bureau.at + address)
        assert bureau.joost.place == f"{bureau.at}/look", address
    page = bureau.joost.send(f"{bureau.at}/look")
    assert (bureau.joost.status, "Kies waarom u dit dossier opent." in page.words) == (422, True)
    bureau.joost.send(f"{bureau.at}/look", why="verveling")
    assert bureau.joost.status == 422
    bureau.joost.send(f"{bureau.at}/look", why="replacing")
    assert "Nadia" in bureau.joost.open(bureau.at).words
    act = Act.objects.filter(act="looked_into").get()
    assert (act.subject_id, act.details) == (str(bureau.case.pk), {"why": "replacing"})
    assert "Nadia" not in bureau.eva.open(bureau.at).words


def test_only_what_is_possible_is_offered(bureau: Bureau) -> None:
    """A new case offers to ask and not to grant, and says why; the address of what is not possible says it too."""
    page = bureau.fatima.open(bureau.at)
    assert f"{bureau.at}/acts/ask" in page.links
    assert f"{bureau.at}/acts/complete" not in page.links
    assert "Er staat niets open om dit op te laten volgen" in page.words
    assert f"{bureau.at}/acts/grant" not in page.links
    page = bureau.joost.open(f"{bureau.at}/acts/grant")
    assert (bureau.joost.status, "De aanvraag is nog niet beoordeeld." in page.words) == (409, True)


def test_asking_to_complete(bureau: Bureau) -> None:
    """The form names what lacks, the preview shows the letter and keeps nothing, and one press makes act and letter."""
    address, seen = f"{bureau.at}/acts/ask", str(bureau.case.acts)
    fields = {"parts": ["offer", "training.price"], "until": typed(21), "note": "Stuur de offerte met datum."}
    page = bureau.fatima.send(address, seen=seen, **fields)
    assert (bureau.fatima.status, "Kies er een uit de lijst." in page.words) == (422, True)
    page = bureau.fatima.send(address, seen=seen, lacking="explains", **fields)
    assert "U vraagt alleen om uitleg" in page.words
    fields["lacking"] = "lacks"
    page = bureau.fatima.send(address, seen=seen, **fields)
    for words in (
        "Wij missen nog iets bij uw aanvraag",
        "de offerte van de opleider",
        "Stuur de offerte met datum.",
        "De aanvraag verliest haar plaats: € 699,95 komt vrij.",
        "na wie er dan al is",
    ):
        assert words in page.words, words
    assert (bureau.acts(), Letter.objects.count()) == (["opened"], 0)
    bureau.fatima.send(address, seen=seen, confirmed="1", **fields)
    assert bureau.fatima.place == f"{bureau.at}?done=ask"
    assert bureau.acts() == ["opened", "asked_to_complete"]
    page = bureau.fatima.open(bureau.fatima.place)
    assert "wacht op verzending" in page.words
    letter = Letter.objects.get()
    reply = bureau.fatima.client.get(f"{bureau.at}/letters/{letter.pk}")
    assert (reply["Content-Type"], reply.content[:5]) == ("application/pdf", b"%PDF-")
    assert View.objects.filter(subject_kind="letter", subject_id=str(letter.pk)).count() == 1
    bureau.fatima.open(f"{bureau.at}/letters/{letter.pk + 1}")
    assert bureau.fatima.status == 404


@pytest.mark.parametrize(
    ("name", "fields", "wrong"),
    [
        ("ask", {"until": "1-1-2020", "parts": ["offer"]}, "Kies een dag na vandaag."),
        ("ask", {"until": "morgen", "parts": ["offer"]}, "U vulde in: morgen."),
        ("ask", {"until": "31-12-2030"}, "Kruis aan wat er ontbreekt."),
        ("ask", {"until": "31-12-2030", "parts": ["paspoort"]}, "Kies alleen wat in de lijst staat."),
        ("ask", {"until": "31-12-2030", "parts": ["offer"], "note": "x" * 1001}, "U vulde er 1001 in."),
        ("extend", {"until": "31-12-2030"}, "Vul de reden in."),
        ("suspend", {"on": "1-1-2030", "suspending": "zin"}, "Kies er een uit de lijst."),
        ("default", {"on": "1-1-2030"}, "Kies vandaag of een eerdere dag."),
        ("assign", {"to": "999999"}, "Kies er een uit de lijst."),
        ("contact", {"on": ""}, "U vulde in: niets."),
        ("complaint", {"words": "x" * 10_001}, "U vulde er 10001 in."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_errors_by_field(bureau: Bureau, name: str, fields: dict[str, Any], wrong: str) -> None:
    """What was filled in wrong is said beside the field with what was given, and nothing is done."""
    page = bureau.fatima.send(f"{bureau.at}/acts/{name}", seen="1", confirmed="1", **fields)
    assert (bureau.fatima.status, wrong in page.words) == (422, True), page.words
    assert bureau.acts() == ["opened"]


def test_something_happened_meanwhile(bureau: Bureau) -> None:
    """A form that was opened before another act is not taken."""
    seen = str(bureau.case.acts)
    done(bureau.fatima, bureau, "contact", channel="phone", words=WORDS, on=typed(0))
    page = bureau.fatima.send(f"{bureau.at}/acts/withdraw", seen=seen, confirmed="1", on=typed(0))
    assert (bureau.fatima.status, "Er is intussen iets gebeurd" in page.words) == (409, True)
    assert bureau.acts() == ["opened", "contact_noted"]


def test_a_life_by_forms(bureau: Bureau) -> None:
    """Asking, completing, suspending, resuming, extending, a notice of default, withdrawing, closing and reopening all work."""
    asked(bureau)
    done(bureau.fatima, bureau, "complete", on=typed(0))
    done(bureau.fatima, bureau, "suspend", on=typed(0), suspending="consent")
    done(bureau.fatima, bureau, "resume", on=typed(0))
    done(bureau.fatima, bureau, "extend", until=typed(40), grounds="het is druk")
    done(bureau.fatima, bureau, "default", on=typed(0))
    done(bureau.fatima, bureau, "withdraw", on=typed(0))
    done(bureau.fatima, bureau, "close")
    done(bureau.fatima, bureau, "reopen", reopening="mistake")
    assert bureau.acts()[1:] == [
        "asked_to_complete", "completed", "term_suspended", "term_resumed", "extended", "declared_in_default", "withdrawn",
        "closed", "reopened",
    ]  # fmt: skip
    assert Letter.objects.count() == 2
    assert bureau.again().state == "withdrawn"


def test_forwarding_and_handing_over(bureau: Bureau) -> None:
    """A case is handed to a colleague, who forwards it with a letter; the one who had it then needs a reason to look."""
    Body.objects.create(code="right", name="Juiste instantie")
    done(bureau.fatima, bureau, "assign", to=str(bureau.joost.person.pk))  # type: ignore[union-attr]
    assert "nu van Joost" in bureau.fatima.open("/officer/cases", done="1").words
    bureau.fatima.open(bureau.at)
    assert bureau.fatima.place == f"{bureau.at}/look"
    done(bureau.joost, bureau, "forward", body="right", grounds="wij gaan hier niet over")
    assert bureau.again().state == "forwarded"


def test_assessing(bureau: Bureau) -> None:
    """What nobody can compute asks a ground; the outcome is shown before it is kept; the assessment stands on the page."""
    address = f"{bureau.at}/assess"
    page = bureau.fatima.open(address)
    assert "de opleiding is niet al betaald" in page.words
    told = {f"met-{one}": YES for one in ("adult", "priced", "tie", "citizen", "honest")}
    page = bureau.fatima.send(address, seen="1", **told)
    assert (bureau.fatima.status, "Schrijf op waarom u hier anders over oordeelt" in page.words) == (422, True)
    page = bureau.fatima.send(address, seen="1", **told, **{"ground-honest": "gezien"})
    assert (bureau.fatima.status, "Uitkomst: voldoet" in page.words, Assessment.objects.count()) == (200, True, 0)
    page = bureau.fatima.send(address, seen="1", **(told | {"met-adult": "misschien", "ground-honest": "gezien"}))
    assert (bureau.fatima.status, "Kies voldaan, niet voldaan" in page.words) == (422, True)
    assessed(bureau)
    assert Assessment.objects.get().outcome == "meets"
    assert "Beoordeling 1 van" in bureau.fatima.open(bureau.at).words


def test_to_assess_the_rules_are_asked_once(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page to assess, and the page of the case, judge what was submitted once."""
    asked, real = [0], judging.form_for

    def counted(*given: Any, **named: Any) -> Any:
        asked[0] += 1
        return real(*given, **named)

    monkeypatch.setattr(judging, "form_for", counted)
    for address in (f"{bureau.at}/assess", bureau.at):
        asked[0] = 0
        bureau.fatima.open(address)
        assert (bureau.fatima.status, asked[0]) == (200, 1), address


def test_deciding_by_somebody_else(bureau: Bureau) -> None:
    """The preview shows amount, pot and letter and keeps nothing; the decider grants; who assessed may not, and an old proof is renewed."""
    assessed(bureau)
    address = f"{bureau.at}/acts/grant"
    bureau.fatima.open(address)
    assert bureau.fatima.status == 403
    page = bureau.joost.send(address, seen="2", note="Veel succes.")
    for words in ("Het besluit: verleend.", "699,95", "Veel succes.", "van € 100.000"):
        assert words in page.words.replace("\N{NO-BREAK SPACE}", " "), words
    assert (Decision.objects.count(), Letter.objects.count(), bureau.again().state) == (0, 0, "assessed")
    late = Desk(bureau.joost.person, minutes_ago=10)
    page = late.send(address, seen="2", confirmed="1", note="Veel succes.")
    assert (late.status, "Log nog een keer in" in page.words) == (403, True)
    bureau.joost.send(address, seen="2", confirmed="1", note="Veel succes.")
    assert bureau.joost.place == f"{bureau.at}?done=grant"
    assert Decision.objects.get().amount_cents == 69995
    page = bureau.joost.open(bureau.at)
    assert "Besluit 1 van" in page.words


def test_a_rule_stands_once(bureau: Bureau) -> None:
    """Each condition stands once on the page, before and after it was assessed and decided on, with the assessment beside the facts."""
    rule, ground = "de deelnemer is 18 jaar of ouder", "de offerte is van na de aanvraag"
    assert bureau.fatima.open(bureau.at).words.count(rule) == 1
    assessed(bureau)
    done(bureau.joost, bureau, "grant", note="Veel succes.")
    page = bureau.joost.open(bureau.at)
    assert (page.words.count(rule), page.words.count(ground), "Besluit 1 van" in page.words) == (1, 1, True)
    assert "Voldaan: 5 voorwaarden" in page.words


def test_another_judgement_beside_the_computed_one(bureau: Bureau) -> None:
    """What an official judges otherwise stands with the ground beside what the rules say, and above the conditions that are met."""
    assessed(bureau, **{"met-adult": "no", "ground-adult": "de geboortedatum klopt niet"})
    page = bureau.fatima.open(bureau.at)
    asks, met = page.words.index("Niet voldaan, of nog niet te zeggen"), page.words.index("Voldaan: 4 voorwaarden")
    assert asks < page.words.index("de geboortedatum klopt niet") < page.words.index("Volgens de regels:") < met


def test_what_carries_a_case_on_comes_first(bureau: Bureau) -> None:
    """On the page of a case the acts that carry it on stand before its rules and the other acts; on a form the fields before them."""
    page = bureau.fatima.open(bureau.at)
    places = [
        page.page.index(one) for one in ("/assess", "/acts/ask", "Andere handelingen", "/acts/contact", 'id="file"')
    ]
    assert places == sorted(places)
    assessed(bureau)
    page = bureau.joost.open(f"{bureau.at}/acts/grant")
    assert page.words.index("Toelichting in de brief") < page.words.index("Beoordelingen en besluiten")
    page = bureau.joost.send(f"{bureau.at}/acts/grant", seen="2", note="Veel succes.")
    assert page.words.index("Ja, verleen") < page.words.index("Veel succes.")


def test_one_who_is_both_does_not_decide_on_their_own(bureau: Bureau) -> None:
    """Somebody who may assess and decide is offered no decision in a case that they assessed, and reads why."""
    people.role(bureau.fatima.person, RoleKind.DECIDER, body=bureau.body)
    assessed(bureau)
    page = bureau.fatima.open(bureau.at)
    assert f"{bureau.at}/acts/grant" not in page.links
    assert "U hebt deze aanvraag beoordeeld. Een ander moet dit doen." in page.words
    bureau.fatima.send(f"{bureau.at}/acts/grant", seen="2", confirmed="1")
    assert (bureau.fatima.status, Decision.objects.count()) == (403, 0)


def test_a_refusal_names_its_ground(bureau: Bureau) -> None:
    """Where no ground can be used the page says of each why, with the way to the notice of intent; none of them is accepted."""
    assessed(bureau, **{"met-adult": "no", "ground-adult": "de geboortedatum klopt niet"})
    address, seen = f"{bureau.at}/acts/refuse", "2"
    page = bureau.joost.open(address)
    for words in (
        "Er is nu geen grond om af te wijzen.", "Er is geld bij de plaats van deze aanvraag.", "Daarvoor is een andere grond.",
        "Stuur eerst een voornemen, zodat de aanvrager een zienswijze kan geven.",
    ):  # fmt: skip
        assert words in page.words, words
    assert f"{bureau.at}/acts/intent" in page.links
    assert 'name="seen"' not in page.page
    for ground in ("ceiling", "conditions", "other-facts"):
        page = bureau.joost.send(address, seen=seen, confirmed="1", ground=ground)
        assert (bureau.joost.status, "Kies er een uit de lijst." in page.words) == (422, True)
    done(bureau.joost, bureau, "intent", ground="other-facts", until=typed(14), words="de geboortedatum klopt niet")
    assert bureau.acts() == ["opened", "assessed", "intent_notified"]


def test_a_case_costs_the_same_after_many_acts(bureau: Bureau) -> None:
    """After four advices, assessments, questions with their letters and calls a page asks exactly as many queries as after one of each."""
    life = Life(bureau)

    def once_more() -> None:
        life.did("assessor", note_advice, "positive", WORDS)
        at = next_moment(life.case)
        made.assessed(life.case, bureau.known, life.staff["assessor"], made.YES, at=at)
        life.did("assessor", ask_by_letter, until=life.day(14), parts={"offer": "de offerte"})
        life.did("assessor", note_contact, channel="phone")

    once_more()
    few = queries(lambda: bureau.fatima.open(bureau.at))
    for _ in range(3):
        once_more()
    assert queries(lambda: bureau.fatima.open(bureau.at)) == few
    assert few <= MOST_OF_A_CASE
    assert bureau.fatima.open(bureau.at).words.count("Beoordeling ") == 4
