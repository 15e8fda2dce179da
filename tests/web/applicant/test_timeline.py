"""What happened, as a party reads it: each note as what it is, what a letter must tell only once it was sent, and nothing of within the office."""

from datetime import date, timedelta
from typing import Any

import pytest

from doorleren.cases.commands.note import note_contact
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.cases.terms.objecting import LIFTED
from doorleren.core.days import day_of
from doorleren.decisions.unclaimed import REMINDED
from doorleren.people.models import RoleKind
from doorleren.web.applicant.file.words import contacts, timeline
from doorleren.web.officer.case_words import notes
from tests.decisions.made import by
from tests.decisions.objecting import next_moment
from tests.people import made as people
from tests.web.applicant.filed import Filed

CONTACT = "Wij hadden contact met u."
DAY = date(2026, 3, 2)


def told(act: str, **details: Any) -> list[str]:
    """Say what a party reads of an act."""
    return [
        one["text"] for one in timeline((CaseAct(act=act, happened_on=DAY, details=details),), procedure="grant_settle")
    ]


def test_every_note_is_told_as_what_it_is() -> None:
    """Whatever can be noted has a sentence of its own, but for what the letter of another act tells."""
    assert set(notes()) - set(contacts()) == {LIFTED, REMINDED}
    assert [told("contact_noted", what=one) for one in notes() if one in contacts()] == [
        [contacts()[one]] for one in notes() if one in contacts()
    ]
    assert CONTACT not in contacts().values()


@pytest.mark.parametrize(("act", "details", "said"), [
    ("contact_noted", {"channel": "phone"}, [CONTACT]),
    ("contact_noted", {"what": LIFTED, "recovery": 1}, []),
    ("contact_noted", {"what": "something-new"}, []),
    ("contact_noted", {}, []),
    ("recovery_decided", {"cents": 100}, ["Wij besloten geld terug te vragen."]),
    ("recovery_decided", {"what": "deferred"}, ["U mag in delen of later terugbetalen."]),
    ("assigned", {}, []),
], ids=str)  # fmt: skip
def test_what_is_no_contact_is_not_called_so(act: str, details: dict[str, Any], said: list[str]) -> None:
    """Only a talk that an official noted is contact; a note within the office, and one that nobody knows, is not told."""
    assert told(act, **details) == said


@pytest.mark.parametrize(("against", "act", "judgment", "said"), [
    ("settled_lower", "appeal_noted", "", "U ging naar de rechter. Dat gaat over: lager vastgesteld, 2 maart 2026."),
    ("declared_in_default", "appeal_noted", "", "U ging naar de rechter, omdat wij te laat waren."),
    ("settled_lower", "judgment_noted", "annulled", "De rechter vernietigde ons besluit (lager vastgesteld, 2 maart 2026). Wij beslissen opnieuw."),
    ("objection_rejected", "appeal_ended", "annulled", "De rechter vernietigde onze beslissing op uw bezwaar. Wij beslissen er opnieuw op."),
    ("penalty_fixed", "appeal_ended", "annulled",
     "De rechter vernietigde ons besluit (dwangsom vastgesteld, 2 maart 2026). Uw subsidie verandert daardoor niet."),
    ("declared_in_default", "appeal_ended", "annulled", "De rechter vond ook dat wij te laat waren met beslissen."),
    ("refused", "appeal_ended", "unfounded", "Uw beroep is geëindigd (afgewezen, 2 maart 2026). Er komt geen nieuw besluit."),
    ("", "appeal_noted", "", "U ging naar de rechter."),
    ("", "judgment_noted", "annulled", "De rechter vernietigde ons besluit."),
])  # fmt: skip
def test_an_appeal_is_told_with_what_it_is_about(against: str, act: str, judgment: str, said: str) -> None:
    """The file says in plain words what went to court and what came of it; of an appeal that names no act only that it was."""
    named = CaseAct(number=1, act=against or "opened", happened_on=DAY)
    details: dict[str, Any] = ({"against": 1} if against else {}) | ({"judgment": judgment} if judgment else {})
    assert (
        timeline((named, CaseAct(number=2, act=act, happened_on=DAY, details=details)), procedure="grant_settle")[0][
            "text"
        ]
        == said
    )


def test_a_question_is_told_once_its_letter_was_sent(filed: Filed) -> None:
    """The page says that there was contact; what a letter asks stands there from the day on which it went out."""
    filed.decided()
    official = people.person(name="Fatima")
    people.role(official, RoleKind.ASSESSOR, body=filed.case.body)
    at = next_moment(filed.case)
    note_contact(filed.case.pk, channel="phone", by=by(official, at), at=at)
    at = next_moment(filed.case)
    until = day_of(at) + timedelta(days=14)
    asked = {"what": "proof_asked", "until": until.isoformat()}
    act = perform(filed.case.pk, "contact_noted", by=by(official, at), at=at, details=asked)
    words = filed.nadia.open(filed.place).words
    assert CONTACT in words
    assert "Wij vroegen u wat er is gedaan." not in words
    filed.send(act, letter=False)
    assert "Wij vroegen u wat er is gedaan." in filed.nadia.open(filed.place).words
