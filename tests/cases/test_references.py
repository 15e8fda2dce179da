"""References of cases: one of each number, and a slip of the pen is always found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.cases.references import ALPHABET, BASE, MOST, NotAReference, read_beginning, read_reference, reference_of

NUMBERS = st.integers(1, MOST - 1)


@given(NUMBERS, st.integers(0, 6), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(number: int, place: int, letter: str) -> None:
    """A reference with one other character in it is refused."""
    bare = reference_of(number).replace("-", "")
    wrong = bare[:place] + letter + bare[place + 1 :]
    if wrong != bare:
        with pytest.raises(NotAReference, match="reference"):
            read_reference(wrong)


@given(NUMBERS, st.integers(0, 5), st.integers(1, 6))
def test_two_swapped_characters_are_found(number: int, place: int, apart: int) -> None:
    """A reference in which any two characters changed places is refused."""
    bare = list(reference_of(number).replace("-", ""))
    other = (place + apart) % 7
    bare[place], bare[other] = bare[other], bare[place]
    if "".join(bare) != reference_of(number).replace("-", ""):
        with pytest.raises(NotAReference):
            read_reference("".join(bare))


@given(NUMBERS, NUMBERS)
def test_two_numbers_have_two_references(one: int, other: int) -> None:
    """Different numbers get different references, and a reference is read back however it was typed."""
    assert (reference_of(one) == reference_of(other)) == (one == other)
    assert read_reference(f" {reference_of(one).lower().replace('-', ' ')} ") == reference_of(one)


def test_neighbours_look_nothing_alike() -> None:
    """Ten numbers in a row have ten first characters, so that nobody mixes up two letters on one desk."""
    assert len({reference_of(number)[0] for number in range(1, 11)}) == 10
    assert all(BASE % small for small in range(2, BASE))


@pytest.mark.parametrize("number", [0, -1, MOST])
def test_no_reference_of_another_number(number: int) -> None:
    """Zero, less, and what does not fit in six characters have no reference."""
    with pytest.raises(ValueError, match="allowed is 1"):
        reference_of(number)


@given(NUMBERS, st.integers(1, 7))
def test_the_beginning_of_one_is_read(number: int, length: int) -> None:
    """However much of a reference was typed, with or without its stroke, it is read as the beginning of that reference."""
    whole = reference_of(number)
    bare = whole.replace("-", "")[:length]
    assert whole.startswith(read_beginning(bare.lower()))
    assert read_beginning(bare) == read_beginning(f" {bare[:2]}-{bare[2:]} ")
    assert len(read_beginning(bare).replace("-", "")) == length


@pytest.mark.parametrize("text", ["", "-", "Teun", "K7M-9QXT2", "0", "'%"])
def test_what_begins_no_reference(text: str) -> None:
    """What no reference begins with, or what is longer than one, is read as none."""
    assert read_beginning(text) == ""
