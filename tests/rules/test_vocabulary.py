"""The project's vocabulary keeps to the contract: names, types, values and their order; and every fact can be asked."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from doorleren.rules.vocabulary import DECIMALS, Fact, load_vocabulary
from doorleren.shipped import folder

CONTRACT = Path(__file__).parents[3] / "shared" / "contract" / "facts.toml"
OWN = load_vocabulary(folder("schemes") / "facts.toml")
LANGUAGES = ("nl", "en")


def contract() -> dict[str, dict[str, Any]]:
    """Give the facts of the contract by full name."""
    content = tomllib.loads(CONTRACT.read_text("utf-8"))
    return {f"{table}.{short}": entry for table, members in content.items() for short, entry in members.items()}


@pytest.mark.skipif(not CONTRACT.exists(), reason="the contract (../shared/contract/facts.toml) is absent")
def test_the_vocabulary_keeps_the_contract() -> None:
    """Each fact of the contract is in the vocabulary with the same type and, first and in order, the same values."""
    differing = {}
    for name, entry in contract().items():
        fact = OWN.facts.get(name)
        values = list(entry.get("values", ()))
        if (
            fact is None
            or fact.type != entry["type"]
            or list(fact.values)[: len(values)] != values
            or bool(fact.values) != bool(values)
        ):
            differing[name] = (entry, fact)
    assert differing == {}


@pytest.mark.skipif(not CONTRACT.exists(), reason="the contract (../shared/contract/facts.toml) is absent")
def test_ordered_values_are_those_of_the_contract() -> None:
    """A fact whose values have an order, such as the education level, has no other values than the contract's."""
    known = contract()
    assert [name for name, fact in OWN.facts.items() if fact.ordered] == ["person.education_level"]
    assert list(OWN.facts["person.education_level"].values) == known["person.education_level"]["values"]


@pytest.mark.parametrize("fact", OWN.facts.values(), ids=list(OWN.facts))
def test_every_fact_can_be_asked_in_both_languages(fact: Fact) -> None:
    """A fact has a question, a help text and a label in Dutch and English, and a word for each of its values."""
    for language in LANGUAGES:
        assert fact.ask[language].endswith("?"), fact.name
        assert fact.help[language], fact.name
        assert fact.label[language], fact.name
        for value in fact.values:
            assert fact.value_labels[value][language], f"{fact.name} {value}"


def test_every_table_has_a_name() -> None:
    """Each table of facts has a name in both languages."""
    assert {table for table, words in OWN.tables.items() if not all(words.get(one) for one in LANGUAGES)} == set()


def test_a_number_says_its_unit() -> None:
    """Each number has a unit, so that euros and months never meet."""
    assert [name for name, fact in OWN.facts.items() if fact.type in DECIMALS and not fact.unit] == []


def test_a_misspelt_name_gets_the_nearest() -> None:
    """A fact that does not exist is answered with the one that was probably meant."""
    assert OWN.nearest("person.birthdate") == "person.birth_date"
    assert OWN.nearest("qqq") is None


def test_a_type_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    """A vocabulary file with an unknown type cannot be loaded, and the fault names fact and type."""
    path = tmp_path / "facts.toml"
    path.write_text('[person.age]\ntype = "whole"\n', "utf-8")
    with pytest.raises(ValueError, match=r"person\.age: type 'whole' does not exist"):
        load_vocabulary(path)
