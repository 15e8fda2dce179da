"""Text, words and codes of others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.register.entries import CERTIFICATE_VALUES
from doorleren.register.intake import codes, texts, words
from doorleren.register.intake.faults import Misread
from doorleren.rules.vocabulary import load_vocabulary
from doorleren.shipped import folder


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<p>Leren <b>lassen</b></p><p>in staal</p>", "Leren lassen\nin staal"), ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("<script>alert(1)</script>Zorg<!-- x > y -->", "Zorg"), ("jonger < 18 en > 12", "jonger < 18 en > 12"),
        ("<style>p{}", ""), ('"Tussen aanhalingstekens"', "Tussen aanhalingstekens"), ("een\x07bel", "een bel"),
        ("<br>regel<br/>twee", "regel\ntwee"), ("=SOM(A1)", "=SOM(A1)"), ("twee\nregels", "twee\nregels"),
    ],
)  # fmt: skip
def test_clean_text(raw: str, text: str) -> None:
    """Markup and control characters go, the text stays as it was."""
    assert texts.clean(raw) == text


@pytest.mark.parametrize("raw", ["a\x00b", "half \ud800", "x" * (texts.LONGEST_TEXT + 1)])
def test_text_that_nobody_can_keep(raw: str) -> None:
    """A NUL, half a character and a giant are faults."""
    with pytest.raises(Misread):
        texts.clean(raw)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["<script>", "<!--", "<a ", "<", "&lt;", "<p>", '"', "<style", "</", "<b <b "])
def test_hostile_markup_costs_no_more_than_its_length(piece: str) -> None:
    """A hundred thousand characters of broken markup are read at once, not in minutes."""
    assert len(texts.clean((piece * texts.LONGEST_TEXT)[: texts.LONGEST_TEXT])) <= texts.LONGEST_TEXT


@given(st.text(max_size=200))
def test_no_script_survives(text: str) -> None:
    """No text keeps the beginning of a script, unless it was written as text."""
    try:
        found = texts.clean(f"<script>{text}</script>x{text}".replace("&", ""))
    except Misread:
        return
    assert "<script>" not in found


def test_formulas_are_marked_not_changed() -> None:
    """What a spreadsheet would run is known as such, and guarded where a spreadsheet is written."""
    assert all(texts.is_formula(one) for one in ("=1+1", "+31 20", "-20%", "@SUM", "\tx"))
    assert texts.guarded("=1+1") == "'=1+1"
    assert texts.guarded("Zorg") == "Zorg"


def test_slug() -> None:
    """A code made of a name has small letters, digits and hyphens."""
    assert texts.slug("ROC Midden, Zeïst  ") == "roc-midden-zeist"


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("level", "MBO-4", "mbo4"), ("level", "mbo niveau 1", "entree"), ("level", "hbo", "hbo"), ("delivery", "e-learning", "online"),
        ("delivery", "Deels online", "blended"), ("delivery", "Klassikaal", "on_site"), ("kind", "Cursus", "course"),
        ("route", "derde leerweg", "third_path"), ("goal", "Praktijkverklaring", "practice_statement"), ("sector", "Zorg & welzijn", None),
        ("certificate_value", "keuzedeel", "mbo_elective"), ("recognition", "NRTO", "quality_mark"), ("intensity", "Voltijd", "full_time"),
        ("level", "mbo 5", None), ("delivery", "2", None),
    ],
)  # fmt: skip
def test_words(field: str, text: str, value: str | None) -> None:
    """A listed word is read as the register's own word, and one that is not listed is a fault."""
    if value is not None:
        assert words.read_word(field, text) == value
        return
    with pytest.raises(Misread):
        words.read_word(field, text)


def test_the_words_are_those_of_the_facts() -> None:
    """The words that a file is read into are exactly those in which schemes ask."""
    facts = load_vocabulary(folder("schemes") / "facts.toml").facts
    named = {"sector": "training.target_sector", "recognition": "provider.recognition"}
    for field in ("kind", "route", "goal", "level", "intensity", "delivery", "sector", "recognition"):
        allowed = set(facts[named.get(field, f"training.{field}")].values)
        assert set(words.TABLES[field].values()) == allowed, field
    assert set(words.TABLES["certificate_value"].values()) == set(CERTIFICATE_VALUES)


def test_levels_of_frameworks() -> None:
    """A level of NLQF or EQF is told apart from a level of education."""
    assert [words.read_level(one) for one in ("NLQF 4", "EQF level 5", "mbo 3")] == ["nlqf4", "eqf5", "mbo3"]
    assert [words.read_step(one) for one in ("4", "NLQF 6", "4+", "niveau 2")] == [4, 6, 4, 2]
    with pytest.raises(Misread):
        words.read_step("9")


def test_yes_and_no() -> None:
    """Yes and no are read in two languages and as digits; a 2 is neither."""
    assert all(words.read_truth(one) for one in ("ja", "Yes", "1", "t", "True", "J"))
    assert not any(words.read_truth(one) for one in ("nee", "No", "0", "f", "FALSE"))
    with pytest.raises(Misread):
        words.read_truth("2")


def test_languages() -> None:
    """A language is two letters, from a name, a code of three letters or a code with a country."""
    assert [words.read_language(one) for one in ("Nederlands", "nld", "nl-NL", "Engels", "FR")] == [
        "nl",
        "nl",
        "nl",
        "en",
        "fr",
    ]
    with pytest.raises(Misread):
        words.read_language("Klingon")


def test_codes() -> None:
    """KvK numbers, postcodes, addresses and ESCO ids have one shape each."""
    assert [codes.read_kvk(one) for one in ("12345678", "KvK 1234 5678", "kvk: 12.34.56.78")] == ["12345678"] * 3
    assert [codes.read_postcode(one) for one in ("3511ab", "3511 AB", "3511")] == ["3511 AB", "3511 AB", "3511"]
    assert codes.read_url("www.voorbeeld.nl/a?b=c") == "https://www.voorbeeld.nl/a?b=c"
    esco = "00030d09-2b3a-4efd-87cc-c4ea39d27c34"
    assert codes.read_esco(f"http://data.europa.eu/esco/occupation/{esco}; {esco}") == (esco,)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (codes.read_kvk, "1234567"), (codes.read_kvk, "123456789"), (codes.read_kvk, "1234567a"), (codes.read_postcode, "0123 AB"),
        (codes.read_postcode, "B-1000"), (codes.read_url, "javascript:alert(1)"), (codes.read_url, "naam@voorbeeld.nl"),
        (codes.read_url, "https://a b.nl"), (codes.read_url, "niet bekend"), (codes.read_esco, "lasser"), (codes.read_url, "https://a@b.nl"),
    ],
)  # fmt: skip
def test_codes_of_another_shape(read: object, text: str) -> None:
    """A code of another shape is a fault."""
    assert callable(read)
    with pytest.raises(Misread):
        read(text)


def test_only_what_calculates_is_worth_a_remark() -> None:
    """A list with dashes, a telephone number and a temperature are usual text; what a spreadsheet would run is not."""
    assert all(texts.calculates(one) for one in ("=1+1", "@SUM(A1)", "-2+3+cmd|' /C calc'!A0", "+HYPERLINK(A1)"))
    assert not any(
        texts.calculates(one) for one in ("- lassen (MIG)", "+31 20 123 45 67", "-20 graden", "Lassen = leuk")
    )
