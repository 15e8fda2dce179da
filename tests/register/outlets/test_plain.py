"""What several outlets write alike."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from doorleren.register.entries import Run
from doorleren.register.outlets import languages, plain
from doorleren.register.outlets.listed import Listed, activity_address
from tests.register.outlets.catalogue import BARE, BARE_PROVIDER, CHANGED_AT


@pytest.mark.parametrize(
    ("months", "text"),
    [("0", "P0M"), ("6", "P6M"), ("1.5", "P1M15D"), ("0.25", "P8D"), ("1.999", "P1M30D"), ("0.001", "P0M")],
)
def test_durations(months: str, text: str) -> None:
    """Months become a duration of ISO 8601, parts of a month days."""
    assert plain.iso_duration(Decimal(months)) == text


@pytest.mark.parametrize(
    ("cents", "rate", "within"), [(12100, 21, 2100), (10900, 9, 900), (5, 0, 0), (100, 21, 17), (3, 100, 2)]
)
def test_vat_within(cents: int, rate: int, within: int) -> None:
    """The VAT within an amount, half a cent up."""
    assert plain.vat_cents(cents, Decimal(rate)) == within


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://roc.example", "https://roc.example"),
        (" HTTP://Roc.Example:8080/a b?c=é#d ", "http://roc.example:8080/a%20b?c=%C3%A9#d"),
        ("https://münchen.example/%zz", "https://xn--mnchen-3ya.example/%25zz"),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("https://[1", None),
        ("https://x:y/", None),
        ("https://" + "a" * 70 + ".example", None),
        ("https://a.example/" + "b" * 2048, None),
        ("roc.example", None),
        ("", None),
    ],
)
def test_web_addresses(typed: str, address: str | None) -> None:
    """Only what a browser can open as a page is an address, and it comes out in ASCII."""
    assert plain.web_address(typed) == address


@pytest.mark.parametrize(
    ("run", "months", "last"),
    [
        (Run(), None, None),
        (Run(date(2024, 1, 31)), "1", (date(2024, 2, 29), False)),
        (Run(date(2024, 1, 31)), None, (date(2024, 1, 31), False)),
        (Run(date(2024, 11, 15)), "2.5", (date(2025, 1, 15), False)),
        (Run(date(9999, 12, 1)), "2", (date(9999, 12, 1), False)),
        (Run(date(2024, 1, 31), date(2024, 2, 1)), "9", (date(2024, 2, 1), True)),
    ],
)
def test_last_days(run: Run, months: str | None, last: tuple[date, bool] | None) -> None:
    """A last day is the one told, or whole months after the first day within the calendar, and it says which."""
    assert plain.last_day(run, Decimal(months) if months else None) == last


def test_only_what_is_told() -> None:
    """Unknown and empty fields are left out; no, zero and exact numbers stay."""
    entry = replace(
        BARE, evening=False, study_hours=0, duration_months=Decimal("1.50"), published_from=date(2024, 1, 2)
    )
    assert plain.told(entry, ("provider",)) == {
        "code": "1", "title": "Lassen", "evening": False, "study_hours": 0, "duration_months": "1.50", "language": "nl",
        "published_from": "2024-01-02",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("language", "three", "two"),
    [("nl", "nld", "nl"), ("EN-gb", "eng", "en"), ("deu", "deu", "de"), ("Engels", "und", ""), ("", "und", "")],
)
def test_languages(language: str, three: str, two: str) -> None:
    """A known code is told in both lengths, anything else is undetermined."""
    assert (languages.three_letters(language), languages.two_letters(language)) == (three, two)


def test_every_language_has_its_own_code() -> None:
    """The 183 languages of ISO 639-1 each have one code of three letters of their own."""
    assert len(languages.THREE) == len(languages.TWO) == 183


def test_a_listing_must_fit() -> None:
    """A moment without a zone and a provider that the entry does not name are refused by name."""
    with pytest.raises(ValueError, match="changed_at"):
        Listed(BARE, BARE_PROVIDER, 1, datetime(2024, 1, 1), True)  # noqa: DTZ001 (that is what is refused)
    with pytest.raises(ValueError, match="provider"):
        Listed(BARE, replace(BARE_PROVIDER, code="other"), 1, CHANGED_AT, True)


def test_the_address_of_an_activity() -> None:
    """The address is the same with and without a last slash behind the site."""
    assert (
        activity_address("https://a.example/", 7)
        == activity_address("https://a.example", 7)
        == "https://a.example/trainings/7"
    )
