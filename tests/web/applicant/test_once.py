"""Once in a calendar year, on the pages: said beforehand, refused when one puts a second application ready, and free after a withdrawal."""

from pathlib import Path
from typing import Any

import pytest

from doorleren.applications.commands.enter_for import Entry, enter_for
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.models import Application
from doorleren.core.days import day_of
from doorleren.people.commands.know_by_number import know_by_number
from doorleren.people.models import RoleKind
from doorleren.people.national_number import new_keys
from doorleren.web import known as web_known
from tests.applications import made
from tests.applications.made import WHOLE, answer, draft
from tests.applications.test_once import AUTUMN, PERSON, ROUNDS, SPRING
from tests.people import made as people
from tests.web.provider.visitor import Visitor

BSN = "999990019"
RULE = "Voor één persoon kan één keer per kalenderjaar worden aangevraagd."
SAYS = f'{PERSON}once = {{ who = "person", within = "year", source = "order, art. 5" }}\n'


@pytest.fixture
def rounds(db: None, known: Any, tmp_path: Path) -> Any:
    """The rounds of spring and autumn, open, of a scheme that takes a person once a year."""
    made.library(tmp_path / "schemes", made.FILE.replace(PERSON, SAYS, 1) + ROUNDS)
    web_known.library.cache_clear()
    yield [made.a_round(web_known.library(), code=code, opened=True) for code in (SPRING, AUTUMN)]
    web_known.library.cache_clear()


def test_it_is_said_beforehand(rounds: Any) -> None:
    """The page of the scheme says it with its source, that of the round among what was announced, and the API too."""
    visitor = Visitor(people.person(name="Bo"))
    page = visitor.open("/schemes/proefregeling").words
    assert RULE in page
    assert "Staatscourant 2026, 1, art. 5" in page
    assert RULE in visitor.open(f"/rounds/{rounds[0].pk}").words
    assert (
        "For one person one can apply once in each calendar year." in visitor.open(f"/en/rounds/{rounds[0].pk}").words
    )
    (track, _other) = visitor.client.get("/api/v1/schemes/proefregeling").json()["tracks"]
    assert (track["once"]["who"], track["once"]["within"], track["once"]["times"]) == ("person", "year", None)


def test_a_second_one_in_the_year(rounds: Any) -> None:
    """Who has one ready in spring reads, in autumn, which one it is; after withdrawing that one it stands ready."""
    person = people.person(name="Nadia")
    nadia, library = Visitor(person), web_known.library()
    spring, autumn = (draft(library, one, person) for one in rounds)
    for one in (spring, autumn):
        answer(library, one, person, WHOLE)
    nadia.post(f"/applications/{spring.pk}/ready", {"person.eu_citizen": "true"})
    assert nadia.place == f"/applications/{spring.pk}/submit"
    page = nadia.post(f"/applications/{autumn.pk}/ready", {"person.eu_citizen": "true"})
    assert nadia.status == 409
    assert f"{RULE} Dat is al gebeurd met aanvraag {spring.pk}." in page.words
    nadia.post(f"/applications/{spring.pk}/withdraw", {})
    assert Application.objects.get(pk=spring.pk).withdrawn_at is not None
    nadia.post(f"/applications/{autumn.pk}/ready", {"person.eu_citizen": "true"})
    assert nadia.place == f"/applications/{autumn.pk}/submit"


def test_paper_that_was_signed_since(rounds: Any, settings: Any) -> None:
    """Whose own application was put back for paper reads on its page that it is a draft again, and why; before that nothing."""
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    person, library = know_by_number(BSN, name="Nadia", at=made.AT), web_known.library()
    nadia, clerk = Visitor(person), people.person(name="Bram")
    spring, autumn = rounds
    people.role(clerk, RoleKind.DESK_ADVISER, body=autumn.body)
    own = draft(library, spring, person)
    answer(library, own, person, WHOLE)
    nadia.post(f"/applications/{own.pk}/ready", {"person.eu_citizen": "true"})
    again = "Deze aanvraag is weer een concept"
    assert again not in nadia.open(f"/applications/{own.pk}/ready").words
    at = Application.objects.get(pk=own.pk).frozen_at
    assert at is not None
    by = people.signed_in(clerk, at=at)
    entry = Entry("paper", day_of(at), "N. Bakker", "Dorpsstraat 1", day_of(at), "map 12", BSN)
    paper = enter_for(autumn, own.track, entry, by=by, at=at)
    save_answers(paper.pk, [Given(*told) for told in WHOLE.items()], library=library, by=by, at=at)
    freeze_draft(
        paper.pk, sensitive=made.SENSITIVE, person_key=bytes(settings.DOORLEREN_PERSON_KEY), today=day_of(at),
        library=library, by=by, at=at,
    )  # fmt: skip
    assert again in nadia.open(f"/applications/{own.pk}/ready").words
