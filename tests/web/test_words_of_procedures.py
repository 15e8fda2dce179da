"""What is given is called by its right word: no page of one's own file, page of a case or letter calls a loan, a place or support a grant."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from doorleren.audit.acts import SITE
from doorleren.cases.acts import ACTS, WHATEVER_IS_GIVEN, called, why_said
from doorleren.cases.commands.perform import perform
from doorleren.cases.stops import STOPS
from doorleren.core.texts import in_language
from doorleren.decisions.commands.settle import settle_as_granted, settle_lower
from doorleren.decisions.loans import REPAID
from doorleren.letters.models import Dispatch, Letter
from doorleren.letters.queries import content_of
from doorleren.people.models import Person
from doorleren.people.national_number import new_keys
from doorleren.rules.provisions import MEANT, provision_of, what_is_meant
from doorleren.web.applicant.file.words import happened, states
from doorleren.web.officer.batch_words import why_left
from doorleren.web.officer.case_act_kinds import FORMS
from doorleren.web.provision_words import file_said
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.objecting import next_moment, objected
from tests.web.officer import case_lives
from tests.web.officer.case_lives import LIVES, WEIGHED, Life
from tests.web.officer.cases_made import Bureau, scheme_known
from tests.web.officer.test_advances import looking
from tests.web.provider.visitor import Visitor

KIND = 'kind = "grant_settle"'
SCHEMES: Mapping[str, str] = {
    "loan": made.LOAN.replace('kind = "loan"', 'kind = "loan"\nbudget_reservation = true'),
    "purchase": made.HARD.replace(KIND, 'kind = "purchase"'), "service": made.HARD.replace(KIND, 'kind = "service"'),
    "grant_settle": made.HARD,
}  # fmt: skip
OTHERS = ("loan", "purchase", "service")
NAMED = re.compile(r"Kaderregeling subsidies OCW, SZW en VWS")
"""A title of law that stays as it is, in the citations of terms and acts."""
WRONG = re.compile(r"\bsubsidie|voorschot|\bverle(?:en|nen|ning|end)\b|\bverleen", re.IGNORECASE)


def _settled(life: Life) -> None:
    LIVES["reported"](life)
    life.did("decider", settle_as_granted, words="het klopt")


def _settled_lower(life: Life) -> None:
    LIVES["announced"](life)
    life.did("decider", settle_lower, 40_000, WEIGHED, days=15)


def _settled_at_nil(life: Life) -> None:
    LIVES["announced"](life)
    life.did("decider", settle_lower, 0, WEIGHED, days=15)


def _repaid(life: Life) -> None:
    LIVES["granted"](life)
    at = next_moment(life.case)
    perform(life.case.pk, "contact_noted", by=SITE, at=at, details={"what": REPAID})
    life.did("decider", settle_as_granted)


def _paid_out(life: Life) -> None:
    LIVES["granted"](life)
    life.did("paymaster", perform, "advance_paid")


def _objected_to(life: Life) -> None:
    LIVES["granted"](life)
    objected(life.case)


OF_ALL = (
    "asked", "assessed", "intended", "granted", "payment suspended", "revoking", "reported", "questioned", "objected", "called",
    "granted and objected to", "appealed", "revoked and objected", "penalised", "closed",
)  # fmt: skip
OWN: Mapping[str, Callable[[Life], None]] = {
    "settled": _settled, "settled lower": _settled_lower, "settled at nil": _settled_at_nil, "repaid": _repaid,
    "paid out": _paid_out, "granted and objected to": _objected_to,
}  # fmt: skip
WALKS = [
    *((procedure, stage) for procedure in OTHERS for stage in (*OF_ALL, "paid out") if (procedure, stage) != ("loan", "closed")),
    *((procedure, stage) for procedure in ("purchase", "service") for stage in ("settled", "settled lower", "settled at nil")),
    ("loan", "repaid"),
]  # fmt: skip


@pytest.fixture
def life_of(
    settings: Any, tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str, str], Life]]:
    """Give a case of a procedure that lived so far, on a site that knows its scheme."""
    settings.DOORLEREN_IDENTITY_KEYS, settings.DOORLEREN_HOME = new_keys(), tmp_path
    monkeypatch.setattr(case_lives, "draw_sample", lambda *_args, **_told: None)  # a loan is in no sample
    opened = []

    def lived(procedure: str, stage: str) -> Life:
        known = scheme_known(settings, tmp_path, SCHEMES[procedure])
        library = known.__enter__()
        opened.append(known)
        life = Life(Bureau(library, a_round(library, opened=True)))
        (OWN.get(stage) or LIVES[stage])(life)
        return life

    yield lived
    for one in opened:
        one.__exit__(None, None, None)


@pytest.mark.parametrize(("procedure", "stage"), WALKS)
def test_nothing_calls_it_a_grant(life_of: Callable[[str, str], Life], procedure: str, stage: str) -> None:
    """Every page of the file, its data, every letter and the pages of officials are without the words of a grant; the file says its own."""
    life = life_of(procedure, stage)
    told = dict(_told(life))
    assert len(told) > 7, list(told)
    wrong = {place: _around(words) for place, words in told.items() if WRONG.search(words)}
    assert wrong == {}
    assert stage != "granted" or provision_of(procedure).name["nl"] in told["file "]


@pytest.mark.parametrize("stage", ["granted", "settled", "paid out"])
def test_a_grant_is_called_one(life_of: Callable[[str, str], Life], stage: str) -> None:
    """The same walk finds the words of a grant in the file, in a letter and with officials, where it is one."""
    told = dict(_told(life_of("grant_settle", stage)))
    found = {place.partition(" ")[0] for place, words in told.items() if WRONG.search(words)}
    assert {"file", "letter", "case"} <= found, found


@pytest.mark.parametrize("procedure", SCHEMES)
def test_why_a_batch_left_a_case_for_a_person(procedure: str) -> None:
    """The reasons speak of a grant where a grant is given, and of what else is given where that is so."""
    said = " ".join(why_left(code, procedure) for code in ("granted_since", "not_looked_up", "not_granted", "claimed"))
    assert bool(WRONG.search(said)) is (procedure not in OTHERS)
    assert provision_of(procedure).granting["nl"] in said


FORMS_OF = ("assessed", "granted", "reported", "objected", "granted and objected to")
"""Lives after which the forms of acts are looked at."""


@pytest.mark.parametrize(
    ("procedure", "stage"),
    [*((procedure, stage) for procedure in OTHERS for stage in FORMS_OF), ("loan", "repaid"), ("purchase", "settled")],
)
def test_no_form_of_an_act_calls_it_a_grant(life_of: Callable[[str, str], Life], procedure: str, stage: str) -> None:
    """Who decides reads no word of a grant on any form of an act, whether it can be done or why not, nor in what a grant will do."""
    forms = dict(_forms(life_of(procedure, stage)))
    assert len(forms) > 30, list(forms)
    assert {name: _around(words) for name, words in forms.items() if WRONG.search(words)} == {}
    assert stage != "assessed" or "Het besluit: toegekend." in forms["grant ahead"]


def test_forms_of_a_grant_call_it_one(life_of: Callable[[str, str], Life]) -> None:
    """The same forms do say those words of a grant: as the name of an act, beside a field, as a reason why not, and of what will happen."""
    forms = {name for name, words in _forms(life_of("grant_settle", "settled")) if WRONG.search(words)}
    assert {"amend", "uphold", "revoke"} <= forms, forms
    forms = {name for name, words in _forms(life_of("grant_settle", "assessed")) if WRONG.search(words)}
    assert {"grant", "grant ahead", "settle"} <= forms, forms


def _forms(life: Life) -> Iterator[tuple[str, str]]:
    """Give the words of every form of an act that one of two deciders may open, and of what granting will do where it is possible."""
    at = f"/officer/cases/{life.case.reference}/acts"
    for desk in (life.bureau.joost, life.sanne):
        for name in FORMS:
            page = desk.open(f"{at}/{name}")
            if desk.status != 403:
                yield name, _words(page.page)
    page = life.bureau.joost.send(f"{at}/grant", seen=str(life.case.acts))
    if "Dit gaat er gebeuren" in page.words:
        yield "grant ahead", _words(page.page)


def _told(life: Life) -> Iterator[tuple[str, str]]:
    """Give the words of everything that is told of a case, by where it stands."""
    case = life.case
    letters = list(Letter.objects.filter(about_kind="case", about_id=str(case.pk)).order_by("pk"))
    for one in letters:
        Dispatch.objects.get_or_create(letter=one, sent=True, defaults={"channel": "print", "at": one.made_at})
        content = content_of(one)
        lines = [content.subject, *(piece.text for piece in content.pieces)]
        lines += [cell for piece in content.pieces for row in (*piece.rows, piece.lines) for cell in row]
        yield f"letter {one.template}", " ".join(lines)
    place = f"/applications/{case.subject_id}/file"
    nadia = Visitor(Person.objects.get(name="Nadia"))
    yield "list", _words(nadia.open("/applications").page)
    waiting, seen = [place], set[str]()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        page = nadia.open(address)
        assert nadia.status == 200, (address, page.words)
        yield f"file {address.removeprefix(place)}", _words(page.page)
        found = {link for link in page.links if link.startswith(place) and not link.endswith(("/all", "/pdf"))}
        waiting += sorted(found - seen - set(waiting))
    with zipfile.ZipFile(io.BytesIO(nadia.client.get(f"{place}/all").content)) as archive:
        data = json.loads(archive.read("dossier.json"))
    yield "data", _without_titles(json.dumps(data, ensure_ascii=False))
    desk = looking(case)
    for at in (f"/officer/cases/{case.reference}", "/officer/cases?official=all"):
        yield f"case {at}", _words(desk.open(at).page)


def _words(page: str) -> str:
    """Give the words of what a page is about, without its frame and the filter above a list."""
    main = page[page.index("<main") : page.index("</main>")]
    bare = re.sub(r"<select.*?</select>", " ", main, flags=re.DOTALL)
    return _without_titles(" ".join(re.sub(r"<[^>]*>", " ", bare).split()))


def _without_titles(words: str) -> str:
    return NAMED.sub("", words)


def _around(words: str) -> list[str]:
    return [words[max(0, one.start() - 60) : one.end() + 40] for one in WRONG.finditer(words)]


# --- the words themselves


@pytest.mark.parametrize("procedure", OTHERS)
def test_no_sentence_of_a_file_or_act_calls_it_a_grant(procedure: str) -> None:
    """Whatever a case can come to: no state, no act, no notice of intent and no reason why not says grant; those of a grant do."""
    told = _sentences(procedure)
    assert [one for one in told if WRONG.search(one)] == []
    assert [one for one in _sentences("grant_settle") if WRONG.search(one)]
    assert any(provision_of(procedure).name["nl"] in one for one in told)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_act_is_called_something_in_each_language(language: str) -> None:
    """No procedure leaves an act without a name, or names one that is not there."""
    for procedure in (*OTHERS, "grant_settle"):
        assert set(provision_of(procedure).acts) <= set(ACTS)
        assert set(provision_of(procedure).meant) <= set(MEANT)
        assert all(in_language(called(one, procedure), language) for one in ACTS)


def test_every_reason_that_is_told_otherwise_is_a_reason() -> None:
    """What is put in other words is said by a stop or by what must come first; every other reason stays as it is."""
    said = {one.texts["nl"] for one in STOPS.values()} | {
        after.texts["nl"] for one in ACTS.values() for after in one.after
    }
    assert set(WHATEVER_IS_GIVEN) <= said
    closed = STOPS["closed"].texts
    assert why_said(closed, "loan") == closed
    for one in WHATEVER_IS_GIVEN:
        assert why_said({"nl": one, "en": ""}, "direct")["nl"] == one


def _sentences(procedure: str) -> list[str]:
    reasons = [*(one.texts for one in STOPS.values()), *(after.texts for one in ACTS.values() for after in one.after)]
    return [
        *(words for badge, _tone, sentence in states(procedure).values() for words in (badge, sentence)),
        *happened(procedure).values(), *file_said(procedure).values(),
        *(what_is_meant(one, procedure, "nl") for one in MEANT),
        *(called(one, procedure)["nl"] for one in ACTS),
        *(why_said(one, procedure)["nl"] for one in reasons),
    ]  # fmt: skip


# --- the law that is cited

ON_GRANTS = re.compile(r"Awb, art\. (?:[\d:()]+(?:, | en | tot en met | tot ))*4:(?:2[1-9]|[3-7]\d|80)\b")
"""A citation of title 4.2 of the Awb, which is about grants (and loans) alone."""


@pytest.mark.parametrize("stage", ["granted", "settled lower", "revoking"])
@pytest.mark.parametrize("procedure", ["purchase", "service"])
def test_no_law_on_grants_is_cited(life_of: Callable[[str, str], Life], procedure: str, stage: str) -> None:
    """For a place and for support no act, decision, letter or form rests on the law on grants."""
    life = life_of(procedure, stage)
    told = {place: words for place, words in (*_told(life), *_forms(life)) if place != "file /terms"}
    assert {place: ON_GRANTS.findall(words) for place, words in told.items() if ON_GRANTS.search(words)} == {}


def test_the_law_on_grants_is_cited_for_grants(life_of: Callable[[str, str], Life]) -> None:
    """The same pages of a grant do cite it, with the acts and in the forms."""
    life = life_of("grant_settle", "granted")
    assert any(ON_GRANTS.search(words) for place, words in _told(life) if place.startswith("case"))
    assert {"amend", "revoke"} & {name for name, words in _forms(life) if ON_GRANTS.search(words)}
