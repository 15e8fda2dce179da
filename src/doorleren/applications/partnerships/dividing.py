"""Dividing a whole to the cent: reading the parts that were typed, and what lacks or is too much. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from doorleren.applications.refusing import ApplicationRefused
from doorleren.core.money import in_words
from doorleren.core.texts import Texts

HUNDRED_PERCENT = 10_000
"""A hundred percent, in hundredths of a percent."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: of a member (its number) or of a kind of financier with its name; in cents or hundredths of a percent.

    `kvk`: of the organisation that pays it, where it is one.
    """

    part: int
    member: int | None = None
    financier: str = ""
    name: str = ""
    kvk: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A division that adds up: in which unit ("cents", "hundredths"), of which whole, and the parts."""

    unit: str
    whole: int
    parts: tuple[Part, ...]

    @property
    def members(self) -> frozenset[int]:
        """Give the numbers of the members that have a part."""
        return frozenset(one.member for one in self.parts if one.member is not None)

    def of(self, financiers: Iterable[str]) -> int:
        """Give the sum of the parts of these kinds of financiers."""
        wanted = frozenset(financiers)
        return sum(one.part for one in self.parts if one.financier in wanted)


def ensure_adds_up(whole: int, parts: Sequence[Part], unit: str) -> None:
    """Raise ApplicationRefused that says how much lacks or is too much, unless the parts are the whole exactly."""
    total = sum(one.part for one in parts)
    if total != whole:
        raise ApplicationRefused(_off(whole, total, unit), ("parts",))


def split(whole: int, weights: Sequence[int]) -> list[int]:
    """Split a whole by weights so that the parts add up exactly; who has the largest rest gets the cent, the first first.

    Example: 100 by 1, 1, 1 gives 34, 33, 33. Without any weight nobody gets anything: that is refused (ValueError).
    """
    total = sum(weights)
    if total <= 0 or min(weights, default=0) < 0:
        raise ValueError(f"weights {list(weights)!r}: allowed are numbers of 0 or more that are not all 0")
    parts = [whole * one // total for one in weights]
    rests = sorted(range(len(parts)), key=lambda place: -(whole * weights[place] % total))
    for place in rests[: whole - sum(parts)]:
        parts[place] += 1
    return parts


def written(amount: int, unit: str, language: str) -> str:
    """Write an amount in its unit: "€ 1.212,50", "12,50%"."""
    text = in_words(amount)[language]
    return f"{text.removeprefix('€ ')}%" if unit == "hundredths" else text


def _off(whole: int, total: int, unit: str) -> Texts:
    lacks = total < whole

    def said(language: str, more: str, less: str) -> str:
        told = {"total": total, "whole": whole, "off": abs(whole - total)}
        return (less if lacks else more).format(
            **{name: written(amount, unit, language) for name, amount in told.items()}
        )

    return {
        "nl": said(
            "nl",
            "De delen zijn samen {total}. Het geheel is {whole}. Het is {off} te veel.",
            "De delen zijn samen {total}. Het geheel is {whole}. Er ontbreekt nog {off}.",
        ),
        "en": said(
            "en",
            "The parts are {total} together. The whole is {whole}. That is {off} too much.",
            "The parts are {total} together. The whole is {whole}. {off} still lacks.",
        ),
    }
