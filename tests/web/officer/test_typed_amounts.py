"""What officials type as an amount, a number or a percentage is read as the language of the page writes it, and nothing else is one."""

from fractions import Fraction

import pytest
from django.utils import translation

from doorleren.web.officer.act_form import Typed, read_cents
from doorleren.web.officer.typed_amounts import typed_cents, written_cents
from doorleren.web.officer.typed_figures import Unread, cents, number, share


def test_amounts_as_typed() -> None:
    """An amount is read with points between thousands and a comma or point before cents; nothing else is one."""
    read = {text: typed_cents(text) for text in ("699,95", "1.250,5", "25000", "1.5", "1,234.5", "-3", "", "1.25.000")}
    assert read == {
        "699,95": 69995, "1.250,5": 125050, "25000": 2_500_000, "1.5": 150, "1,234.5": None, "-3": None, "": None,
        "1.25.000": None,
    }  # fmt: skip


@pytest.mark.parametrize(("language", "refused", "read"), [("nl", "12,345", "12.345"), ("en", "12.345", "12,345")])
def test_an_amount_is_never_a_thousand_times_what_was_typed(language: str, refused: str, read: str) -> None:
    """Three digits behind the mark of decimals of the page are none, in every form of officials; behind the other mark they are thousands."""
    with translation.override(language):
        assert (typed_cents(refused), typed_cents(read)) == (None, 1_234_500)
        assert cents(read) == 1_234_500
        with pytest.raises(Unread, match=refused):
            cents(refused)


@pytest.mark.parametrize(("language", "read", "refused"), [("nl", "1.500", "1,500"), ("en", "1,500", "1.500")])
def test_a_number_is_never_a_thousand_times_what_was_typed(language: str, read: str, refused: str) -> None:
    """A whole number has the thousands of its page; the other mark, decimals, letters and more than a billion are none, and that is said."""
    with translation.override(language):
        assert (number(read), number(" 1500 "), number("0")) == (1500, 1500, 0)
        for wrong in (refused, "1.5", "1,5", "1500,00", "veel", "-1", "", "1000000000"):
            with pytest.raises(Unread, match=wrong or "-"):
                number(wrong)


@pytest.mark.parametrize(("language", "third"), [("nl", "33,33"), ("en", "33.33")])
def test_a_percentage_has_at_most_two_decimals(language: str, third: str) -> None:
    """Up to a hundred percent in hundredths, with its sign or without; three digits behind a mark are thousands or nothing."""
    with translation.override(language):
        assert [share(text) for text in (third, f"{third} %", "25", "100%", "0")] == [
            Fraction(3333, 10_000), Fraction(3333, 10_000), Fraction(1, 4), 1, 0,
        ]  # fmt: skip
        for wrong in ("100,01", "100.01", "33,333", "33.333", "101", "%", "-1", ""):
            with pytest.raises(Unread, match=wrong or "-"):
                share(wrong)


@pytest.mark.parametrize(("language", "written"), [("nl", "1250,05"), ("en", "1250.05")])
def test_what_a_form_starts_with_is_read_back(language: str, written: str) -> None:
    """An amount is written with the mark of the page, without cents where there are none, and reads as it was."""
    with translation.override(language):
        assert (written_cents(125_005), written_cents(100_000)) == (written, "1000")
        assert [typed_cents(written_cents(one)) for one in (125_005, 100_000, 7, 0)] == [125_005, 100_000, 7, 0]


@pytest.mark.parametrize(("language", "read", "refused"), [("nl", "€ 1.250", "1,250"), ("en", "€ 1,250", "1.250")])
def test_a_former_price_is_typed_as_any_amount(language: str, read: str, refused: str) -> None:
    """The price on a form of admission has the marks of the page; what is none is told at its field, and nothing typed is no fault."""
    with translation.override(language):
        typed = Typed({"price": read, "other": refused, "most": "1000001"})
        assert [read_cents(typed, name) for name in ("price", "other", "most", "none")] == [125_000, None, None, None]
        assert list(typed.errors) == ["other", "most"]
        assert refused in typed.errors["other"]
