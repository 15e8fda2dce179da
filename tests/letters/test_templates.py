"""The templates of letters: every one can be filled in both languages, and a mistake in one is named."""

import re
from datetime import date
from pathlib import Path

import pytest

from doorleren.decisions.procedure_values import of_provision
from doorleren.letters.filled import NotFilled, fill
from doorleren.letters.html import as_html
from doorleren.letters.templates import Template, best_of, read_templates, templates_of
from doorleren.letters.variables import VARIABLES, Reason, examples
from doorleren.rules.faults import SchemeFault
from doorleren.shipped import folder

LAW = folder("law")
ALL = read_templates(LAW / "letters")
ON = date(2026, 3, 2)
NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", sorted(ALL))
def test_every_letter_can_be_written(name: str, language: str) -> None:
    """Each template is filled from the examples without a brace left, and says something besides its subject."""
    content = fill(ALL[name], examples(), on=ON, language=language)
    written = as_html(content)
    assert content.pieces
    assert "{" not in written
    assert f'lang="{language}"' in written


def test_every_variable_is_used_by_some_letter() -> None:
    """No variable is asked of whoever fills letters without a template that says it."""
    used = frozenset().union(*(one.variables for one in ALL.values()))
    above = {"body", "recipient", "address", "reference"}
    assert VARIABLES.keys() - used - above == set()


NO_CASE = "correction"
"""With what the names of letters begin that are about what is kept of somebody, not about a case."""


@pytest.mark.parametrize("name", sorted(name for name in ALL if not name.startswith(NO_CASE)))
def test_every_letter_about_a_case_names_the_scheme(name: str) -> None:
    """Who has several applications reads in each letter of which scheme it is, in either language."""
    assert "scheme" in ALL[name].variables
    for language in ("nl", "en"):
        assert "Scheme of this case" in as_html(
            fill(ALL[name], examples() | {"scheme": "Scheme of this case"}, on=ON, language=language)
        )


@pytest.mark.parametrize("kind", sorted({name.partition(".")[0] for name in ALL if not name.startswith(NO_CASE)}))
@pytest.mark.parametrize("procedure", ["loan", "purchase", "service"])
@pytest.mark.parametrize(("language", "never"), [("nl", "subsidie|voorschot"), ("en", r"\b(grants?|advance)\b")])
def test_no_letter_calls_what_is_no_grant_one(kind: str, procedure: str, language: str, never: str) -> None:
    """Whatever letter a loan, a place or support gets, its template names it by a variable, or in words of its own."""
    assert not re.search(never, _template_said(best_of(ALL, kind, procedure), language))


@pytest.mark.parametrize(("language", "said"), [("nl", "subsidie"), ("en", "grant")])
def test_letters_of_a_grant_call_it_one(language: str, said: str) -> None:
    """A template of a grant does say the word that the others may not."""
    assert said in _template_said(best_of(ALL, "settled_as_granted", "direct"), language)


def _template_said(template: Template, language: str) -> str:
    return "\n".join([template.subject[language], *(one.texts.get(language, "") for one in template.blocks)])


@pytest.mark.parametrize("name", sorted(ALL))
@pytest.mark.parametrize(("language", "why"), [("nl", "Waarom"), ("en", "Why")])
def test_no_letter_asks_why_twice(name: str, language: str, why: str) -> None:
    """Where the reason stands in the text, the conditions have a heading of their own."""
    said = "\n".join(one.texts.get(language, "") for one in ALL[name].blocks)
    assert len(re.findall(rf"\b{why}\b", said)) <= 1


DECISIONS = [name for name in sorted(ALL) if name.startswith(("granted", "partly", "refused", "settled", "left_out", "recovery_decided", "withdrawn", "amended"))]  # fmt: skip


@pytest.mark.parametrize("name", DECISIONS)
def test_every_decision_says_how_to_object(name: str) -> None:
    """Under each decision stands that one can object within six weeks and where, where objection is open (Awb, art. 3:45)."""
    written = as_html(fill(ALL[name], examples(), on=ON, language="nl"))
    assert "binnen 6 weken" in written
    assert "Mijn aanvragen" in written
    closed = as_html(fill(ALL[name], examples() | {"objection_open": False}, on=ON, language="nl"))
    assert "bezwaar" not in closed


def test_values_are_written_as_people_write_them() -> None:
    """Money has a comma and two decimals in Dutch and a point in English; a day is written in full."""
    values = examples() | {"granted_cents": 123_456_700}
    dutch = fill(ALL["granted"], values, on=ON, language="nl")
    english = fill(ALL["granted"], values, on=ON, language="en")
    assert f"€{NBSP}1.234.567,00" in dutch.subject
    assert "€1,234,567.00" in english.subject
    assert (dutch.day, english.day) == ("2 maart 2026", "2 March 2026")


def test_what_is_filled_in_cannot_become_code() -> None:
    """A name with braces, tags or typesetting marks stands in the letter as it was written."""
    nasty = '<script>{body} #read("/etc/passwd") *x*'
    content = fill(ALL["granted"], examples() | {"recipient": nasty, "scheme": nasty}, on=ON, language="nl")
    assert content.recipient == nasty
    assert nasty in content.subject
    assert "<script>" not in as_html(content)


@pytest.mark.parametrize(
    ("name", "value"),
    [("granted_cents", "699.95"), ("granted_cents", True), ("applied_on", "2026-03-02"), ("scheme", None)],
)
def test_a_value_of_another_kind_is_refused(name: str, value: object) -> None:
    """What is not of the variable's kind is refused by its name; nothing is written."""
    with pytest.raises(NotFilled, match=name):
        fill(ALL["granted"], examples() | {name: value}, on=ON, language="nl")
    left = examples()
    del left[name]
    with pytest.raises(NotFilled, match=name):
        fill(ALL["granted"], left, on=ON, language="nl")


MISTAKES = {
    "unknown variable": ('id = "x"\nsubject = { nl = "{naam}", en = "a" }', "naam"),
    "loose brace": ('id = "x"\nsubject = { nl = "a { b", en = "a" }', "braces"),
    "one language": ('id = "x"\nsubject = { nl = "a" }', "en"),
    "another id": ('id = "y"\nsubject = { nl = "a", en = "a" }', "id"),
    "table of text": ('id = "x"\nsubject = { nl = "a", en = "a" }\n[[block]]\nkind = "sums"\nof = "scheme"', "of"),
    "when of text": (
        'id = "x"\nsubject = { nl = "a", en = "a" }\n[[block]]\nwhen = "scheme"\nnl = "a"\nen = "a"',
        "when",
    ),
    "full stop after sentences": ('id = "x"\nsubject = { nl = "{grounds}.", en = "a" }', "whole sentences"),
    "unknown part": ('id = "x"\nsubject = { nl = "a", en = "a" }\n[[block]]\nuse = "apeal"', "use"),
    "superfluous key": ('id = "x"\ncolour = "red"\nsubject = { nl = "a", en = "a" }', "colour"),
}


@pytest.mark.parametrize("mistake", sorted(MISTAKES))
def test_a_mistake_in_a_template_is_named(mistake: str, tmp_path: Path) -> None:
    """Each mistake is refused with the file, the key and what is allowed."""
    text, named = MISTAKES[mistake]
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SchemeFault, match=named) as fault:
        read_templates(tmp_path)
    assert "x.toml" in str(fault.value)


def test_a_scheme_may_have_a_letter_of_its_own(tmp_path: Path) -> None:
    """A template beside the scheme goes before that of the law, and only for that scheme."""
    own = tmp_path / "one-scheme" / "letters"
    own.mkdir(parents=True)
    (own / "granted.toml").write_text('id = "granted"\nsubject = { nl = "Gefeliciteerd", en = "Congratulations" }\n')
    assert templates_of("one-scheme", law=LAW, schemes=[tmp_path])["granted"].subject["nl"] == "Gefeliciteerd"
    assert templates_of("one-scheme", law=LAW, schemes=[tmp_path])["refused"] == ALL["refused"]
    assert templates_of("another", law=LAW, schemes=[tmp_path])["granted"] == ALL["granted"]


def test_a_kind_of_procedure_has_words_of_its_own(tmp_path: Path) -> None:
    """A loan gets the letter of loans and any other grant the common one; what a scheme has of that kind goes before both."""
    assert best_of(ALL, "granted", "loan").subject["nl"] == "U kunt {granted_cents} lenen van {scheme}"
    assert best_of(ALL, "granted", "direct") == ALL["granted"]
    assert {ALL[name].id for name in ALL if name.startswith("granted")} == {"granted"}
    own = tmp_path / "one-scheme" / "letters"
    own.mkdir(parents=True)
    (own / "granted.toml").write_text('id = "granted"\nsubject = { nl = "Gefeliciteerd", en = "Congratulations" }\n')
    found = templates_of("one-scheme", law=LAW, schemes=[tmp_path])
    assert best_of(found, "granted", "loan").subject["nl"] == "Gefeliciteerd"
    assert best_of(found, "refused", "loan") == ALL["refused.loan"]


def test_a_procedure_that_is_none_is_refused(tmp_path: Path) -> None:
    """A template for a kind of procedure that does not exist is refused, with those that do."""
    (tmp_path / "granted.gift.toml").write_text('id = "granted"\nsubject = { nl = "a", en = "a" }\n')
    with pytest.raises(SchemeFault, match=r"gift.*loan"):
        read_templates(tmp_path)


LESS = {
    "partly_granted.service": "Wij betalen ten hoogste € 699,95.",
    "settled_lower.service": "Wij betalen daarvoor € 600,00.",
}
"""Letters about a service of which less is paid, and what they say of it."""


@pytest.mark.parametrize("name", sorted({name for name in ALL if name.endswith(".service")} - set(LESS)))
def test_a_service_is_no_money(name: str) -> None:
    """No other letter about a service names an amount: what is zero is not granted, asked or settled."""
    assert "€" not in as_html(fill(ALL[name], examples() | {"note": ""}, on=ON, language="nl"))


@pytest.mark.parametrize("name", sorted(LESS))
def test_less_for_a_service_is_said_with_its_amount(name: str) -> None:
    """Who gets less than was asked or granted reads what was decided and how it was calculated, and no promise about what is paid back."""
    words = as_html(fill(ALL[name], examples(), on=ON, language="nl")).replace("\N{NO-BREAK SPACE}", " ")
    assert LESS[name] in words
    assert "Zo is het bedrag berekend:" in words
    assert "hoeft ons" not in words


@pytest.mark.parametrize("name", ["amended", "budget_reservation"])
@pytest.mark.parametrize(
    ("procedure", "said"), [("grant_settle", "als voorschot"), ("purchase", "vooraf"), ("loan", "als lening")]
)
def test_what_is_paid_in_parts_is_called_what_it_is(name: str, procedure: str, said: str) -> None:
    """With a decision that is given anew the reader of a grant still sees that the parts are an advance; others read their own word."""
    given = examples() | of_provision(procedure, "nl") | {"has_advance_parts": True, "advance_waits": True}
    words = as_html(fill(ALL[name], given, on=ON, language="nl")).replace("\N{NO-BREAK SPACE}", " ")
    assert f"Wij betalen € 699,95 {said}, in delen." in words
    assert f"Wij betalen een bedrag {said}, in delen, verdeeld over" in words


def test_what_was_not_met_comes_first() -> None:
    """Conditions that are not met stand first with their reason, then those that cannot be told; those that are met follow in short."""
    told = (
        Reason("u bent 18", True, "volgens uw aanvraag", "Regeling, art. 1"), Reason("er is een offerte", None, "wij weten dit niet"),
        Reason("u betaalde niets", False, "er is een rekening", "Regeling, art. 2"),
    )  # fmt: skip
    words = as_html(fill(ALL["refused"], examples() | {"reasons": told}, on=ON, language="nl"))
    places = [words.index(one) for one in ("u betaalde niets", "er is een rekening (Regeling, art. 2)", "er is een offerte",
              "Aan deze voorwaarden voldoet u wel:", "u bent 18 (Regeling, art. 1)")]  # fmt: skip
    assert places == sorted(places)
    assert "volgens uw aanvraag" not in words
    met = as_html(fill(ALL["granted"], examples() | {"reasons": told[:1]}, on=ON, language="nl"))
    assert "Aan deze voorwaarden voldoet u:" in met
    assert "Voorwaarde</th>" not in met


@pytest.mark.parametrize("typed", ["u was er niet", "U was er niet.", "u was er niet.."])
@pytest.mark.parametrize("name", sorted(name for name in ALL if "grounds" in ALL[name].variables))
def test_what_an_official_typed_is_whole_sentences(name: str, typed: str) -> None:
    """In every letter the reason begins with a capital and ends with one full stop, however it was typed."""
    words = as_html(fill(ALL[name], examples() | {"grounds": typed}, on=ON, language="nl"))
    assert "U was er niet." in words
    assert "niet.." not in words
