"""Numbers, prices, hours and durations as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.core.money import euros
from doorleren.register.intake import amounts
from doorleren.register.intake.faults import Misread

CENTS = st.integers(0, amounts.LARGEST_PRICE)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1250", 125000), ("1250.5", 125050), ("1250,50", 125050), ("€ 1.250,-", 125000), ("1,250.00", 125000),
        ("€1.250,50", 125050), ("1.250", 125000), ("1,250", 125000), ("EUR 95", 9500), ("95 euro", 9500), ("1 250,00", 125000),
        ("1'250.00", 125000), ("gratis", 0), ("Free", 0), ("0", 0), ("€ 0,00", 0), ("1.250,00 incl. btw", 125000),
        ("250 p.p.", 25000), ("999.999,99", 99999999), ("12.", 1200), (",50", 50), ("€ 1.250,--", 125000),
    ],
)  # fmt: skip
def test_prices_as_people_write_them(text: str, cents: int) -> None:
    """A price is read exactly in each of the ways in which people write one."""
    assert amounts.read_cents(text) == cents


@pytest.mark.parametrize(
    "text",
    [
        "-5", "€ -5,00", "abc", "1.2.3", "12,34,56", "vanaf 500", "500-700", "1.250 excl. btw", "1e9", "١٢٣", "99999999999", "1,2345",
        "12 34", "", "€", "nan", "inf", "1_000", "0x10", "(100)", "9" * 400, "1.25.000,00", "5 per maand",
    ],
)  # fmt: skip
def test_what_is_no_price_is_refused(text: str) -> None:
    """Negative, absurd, doubtful and foreign amounts are refused, not repaired."""
    with pytest.raises(Misread) as caught:
        amounts.read_cents(text)
    assert caught.value.refuses is None


def test_on_request_is_not_told() -> None:
    """A price on request is no mistake that refuses the row: the price is not told, with a word about it."""
    with pytest.raises(Misread) as caught:
        amounts.read_cents("Op aanvraag")
    assert caught.value.refuses is False


@given(CENTS)
def test_every_amount_comes_back(cents: int) -> None:
    """Whatever the notation, an amount with two decimals comes back to the cent."""
    plain = euros(cents)
    english = f"{cents // 100:,}.{cents % 100:02d}"
    dutch = english.translate(str.maketrans(",.", ".,"))
    for text in (plain, plain.replace(".", ","), english, dutch, f"€ {dutch}", f"{english} EUR"):
        assert amounts.read_cents(text) == cents


@given(st.text(max_size=40))
def test_any_text_is_an_amount_or_misread(text: str) -> None:
    """No text brings anything but an amount within bounds or a fault."""
    try:
        cents = amounts.read_cents(text)
    except Misread:
        return
    assert 0 <= cents <= amounts.LARGEST_PRICE


@given(st.text("0123456789.,eE+- PpTYMWDuren", max_size=30))
def test_any_text_is_a_duration_or_misread(text: str) -> None:
    """No text brings anything but hours and months within bounds or a fault."""
    for read, most in ((amounts.read_hours, amounts.MOST_HOURS), (amounts.read_months, amounts.MOST_MONTHS)):
        try:
            found = read(text)
        except Misread:
            continue
        assert found is None or 0 < found <= most


def test_the_column_shows_its_decimal_sign() -> None:
    """One sign with three digits behind it is thousands, unless the column uses it for decimals: then nobody can say."""
    assert amounts.decimal_sign(["12.50", "1.250"]) == "."
    assert amounts.decimal_sign(["12,5", "80"]) == ","
    assert amounts.decimal_sign(["1200.000", "240.000"]) == ".000"
    assert amounts.decimal_sign(["1.250", "2,000", "5"]) == ""
    assert amounts.read_number("1.250", ",") == 1250
    assert amounts.read_number("240.000", ".000") == 240
    with pytest.raises(Misread) as caught:
        amounts.read_cents("1.250", ".")
    assert caught.value.allowed is amounts.NOT_SURE


@pytest.mark.parametrize(
    ("text", "hours"), [("40 uur", 40), ("40", 40), ("1.250 uren", 1250), ("7,5", 8), ("0", None), ("12 hrs", 12)]
)
def test_hours(text: str, hours: int | None) -> None:
    """A study load is whole hours, rounded half up; nought is not told."""
    assert amounts.read_hours(text) == hours


@pytest.mark.parametrize("text", ["40 uur per week", "24-32", "-3", "60000", "veertig", "3 weken"])
def test_what_are_no_hours(text: str) -> None:
    """A range, a load per week and other units are no study load."""
    with pytest.raises(Misread):
        amounts.read_hours(text)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("6 maanden", "6.00"), ("12 weken", "2.77"), ("1 jaar en 6 maanden", "18.00"), ("P1Y6M", "18.00"), ("P10W", "2.31"),
        ("6", "6.00"), ("4,5 maand", "4.50"), ("5 dagen", "0.16"), ("2 years", "24.00"), ("ca. 3 mnd", "3.00"),
    ],
)  # fmt: skip
def test_durations(text: str, months: str) -> None:
    """A duration is months with two decimals, from whatever unit it was given in."""
    assert amounts.read_months(text) == Decimal(months)


@pytest.mark.parametrize("text", ["40 uur", "6-8 maanden", "lang", "21 jaar", "3 maanden 2 maanden", "P", ""])
def test_what_is_no_duration(text: str) -> None:
    """Hours, ranges and absurd lengths are no duration."""
    with pytest.raises(Misread):
        amounts.read_months(text)


def test_rates_of_vat() -> None:
    """A rate of VAT is a percentage; exempt is nought."""
    assert [amounts.read_rate(text) for text in ("21%", "9", "vrijgesteld", "0")] == [21, 9, 0, 0]
    with pytest.raises(Misread):
        amounts.read_rate("121%")
