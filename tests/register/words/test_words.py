"""Words: folding, forms, compounds, spelling, our own synonyms, and the analysis that the search takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.register.words.analysis import analyse
from doorleren.register.words.compounds import Splitter
from doorleren.register.words.folding import fold, telling_words, words
from doorleren.register.words.forms import stem
from doorleren.register.words.spelling import Spelling
from doorleren.register.words.synonyms import own_synonyms

TEXTS = st.text(max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Diëtist", "dietist"), ("CAISSIÈRE", "caissiere"), ("huishoud(st)er", "huishouder"), ("kapper(s)", "kapper")],
)
def test_folding(text: str, folded: str) -> None:
    """Capitals, accents and letters in brackets make no difference."""
    assert fold(text) == folded


def test_words_that_say_nothing_are_dropped_unless_they_are_all() -> None:
    """Empty words are left out, but a query of empty words alone is kept."""
    assert telling_words("leraar in het onderwijs") == ["leraar", "onderwijs"]
    assert telling_words("de") == ["de"]
    assert words("C++ en C#") == ["c++", "en", "c#"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("verkoopster", "verkoper"), ("docente", "docent"), ("directrice", "directeur"), ("monteuse", "monteur"),
        ("psychologe", "psycholoog"), ("bestuurster", "bestuurder"), ("technica", "technicus"), ("leraren", "leraar"),
        ("timmervrouw", "timmerman"), ("lassers", "lasser"), ("wolven", "wolf"), ("mogelijkheden", "mogelijkheid"),
        ("docenten", "docent"), ("monteurs", "monteuse"), ("processen", "proces"), ("technici", "technica"), ("technische", "technisch"),
    ],
)  # fmt: skip
def test_forms_of_one_word_meet(one: str, other: str) -> None:
    """She and he, one and many, and an adjective with its ending have one stem."""
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("burgemeester", "burger"), ("minister", "mini"), ("bos", "boot")])
def test_other_words_stay_apart(one: str, other: str) -> None:
    """Words that only look like forms of each other keep stems of their own."""
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("automonteur", ("auto", "monteur")),
        ("bedrijfsleider", ("bedrijf", "leider")),
        ("boekenwinkel", ("boek", "winkel")),
        ("fietsreparatiemonteur", ("fiets", "reparatie", "monteur")),
        ("monteur", ("monteur",)),
        ("auto", ("auto",)),
        ("onbekendwoord", ("onbekendwoord",)),
    ],
)
def test_compounds_are_cut(word: str, parts: tuple[str, ...]) -> None:
    """A compound is cut at its links into words that occur; other words stay whole."""
    known = ["auto", "monteur", "bedrijf", "leider", "boek", "winkel", "fiets", "reparatie"]
    assert tuple(map(stem, Splitter.of([known] * 3).parts(word))) == tuple(map(stem, parts))


def test_a_common_last_part_justifies_an_unknown_first_one() -> None:
    """A word that nobody listed is cut before a last part that many words have, not before a rare one."""
    often, seldom = Splitter.of([["machine"]] * 9), Splitter.of([["machine"]] * 2)
    assert often.parts("pigmenteermachine") == ("pigmenteer", "machine")
    assert seldom.parts("pigmenteermachine") == ("pigmenteermachine",)


def test_words_spelt_alike() -> None:
    """One wrong letter is found, likest first, and the word itself is not among them."""
    near = Spelling(["timmerman", "zimmerman", "kapper", "timmer"]).near("timmermann")
    assert near[0][1] == "timmerman"
    assert "kapper" not in [word for _, word in near]
    assert all(word != "kapper" for _, word in Spelling(["kapper"]).near("kapper"))


def test_our_own_synonyms_are_well_made() -> None:
    """Every group has at least two words and every official name an everyday one that is not the same."""
    own = own_synonyms()
    assert all(len(set(group)) > 1 for group in own.groups)
    assert len(own.names) >= 150
    wrong = [official for official, said in own.names.items() if not said or official in said]
    assert wrong == []


def test_everyday_names_without_any_import() -> None:
    """What people say leads to the official name while nothing has been imported."""
    assert own_synonyms().official("Vuilnisman") == ("vuilnisophaler",)
    assert "kapper" in own_synonyms().official("kapster")
    assert own_synonyms().official("kwalsterpoetser") == ()


def test_analysis_gives_all_forms() -> None:
    """A token holds the folded word, its stem and the stems of its parts."""
    token = analyse("Automonteurs", Splitter.of([["auto", "monteur"]] * 5))[0]
    assert token.text == "automonteurs"
    assert token.stem == stem("automonteur")
    assert token.parts == (stem("auto"), stem("monteur"))
    assert token.stems == (token.stem, *token.parts)


@given(TEXTS)
def test_any_text_is_analysed(text: str) -> None:
    """No text stops the analysis, and folding twice changes nothing."""
    assert all(token.text and token.stem for token in analyse(text, Splitter({})))
    assert words(" ".join(words(text))) == words(text)
