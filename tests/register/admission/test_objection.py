"""How to object: the sentence follows from the dated law."""

from datetime import date

import pytest

from doorleren.register import objection
from doorleren.register.objection import Term, how_to_object, term_on

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("act", ["admitted", "refused", "suspended", "removed"])
def test_every_decision_says_how_to_object(act):
    """A decision names the six weeks, the articles, and that objection does not stop it, in both languages."""
    texts = how_to_object(act, TODAY)
    assert texts is not None
    for words in texts.values():
        assert all(part in words for part in ("6 we", "6:7", "6:8", "6:16"))
    assert "niet tegen" in texts["nl"]


def test_the_sentence_names_who_decided():
    """With the name of the body the sentence says where to object; without it, that it is the one that decided."""
    named = how_to_object("refused", TODAY, "Uitvoerder X, Postbus 1, Zeist")
    assert all("Uitvoerder X, Postbus 1, Zeist" in words for words in named.values())
    online = how_to_object("refused", TODAY, "Uitvoerder X", "https://x.example/bezwaar")
    assert "bezwaar bij Uitvoerder X, of via https://x.example/bezwaar. De termijn" in online["nl"]
    assert "with Uitvoerder X, or at https://x.example/bezwaar. The term" in online["en"]
    plain = how_to_object("refused", TODAY)
    assert " of via " not in plain["nl"]
    assert "bij de instantie die het nam" in plain["nl"]
    assert "with the authority that took it" in plain["en"]


def test_an_application_is_no_decision():
    """Nobody can object to an application."""
    assert how_to_object("applied", TODAY) is None


def test_another_law_is_another_sentence(monkeypatch):
    """From the day of a new term on the sentence has its weeks, before it the old ones."""
    both = (term_on(TODAY), Term(date(2027, 1, 1), 8, "6:7", "6:8", True, "6:16"))
    monkeypatch.setattr(objection, "_terms", lambda: both)
    assert "6 weken" in how_to_object("refused", date(2026, 12, 31))["nl"]
    assert "8 weken" in how_to_object("refused", date(2027, 1, 1))["nl"]
    assert "niet" not in how_to_object("refused", date(2027, 1, 1))["nl"].rsplit(". ", 1)[-1]


def test_before_the_law_there_is_no_term():
    """A day before the first term is an error that names the file."""
    with pytest.raises(LookupError, match=r"objection\.toml"):
        term_on(date(1993, 12, 31))
