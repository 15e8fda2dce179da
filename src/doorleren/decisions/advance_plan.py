"""The plan of an advance: in which parts it is paid, from which day or after what. Kaderregeling art. 6.1; Awb 4:95 (recalled).

Pure. The parts add up to the advance to the cent. What was due before the day of the decision is due on that day, so that a
grant that is decided anew begins with all that is due by then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from doorleren.core.days import add_months
from doorleren.core.texts import Texts
from doorleren.rules.frameworks import Advance

PROGRESS = "progress"
"""What a part waits for: a report of progress that an official has accepted."""

MOST_MONTHS = 60
"""Over how many months an advance is spread at most: activities last five years at most (Kaderregeling art. 4.3)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an advance in cents, to be paid from a day (`due`), or once something has happened (`after`, a code)."""

    number: int
    cents: int
    due: date | None
    after: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts of an advance in order; `parts` is None where it is spread and the last day of the activities is not known.

    `decided`: the day of the decision; what is due on another day is paid later.
    """

    parts: tuple[Part, ...] | None = ()
    decided: date | None = None

    @property
    def cents(self) -> int | None:
        """Add up the parts; None where they are not known yet."""
        return None if self.parts is None else sum(one.cents for one in self.parts)

    @property
    def in_parts(self) -> tuple[Part, ...]:
        """Give the parts where there is a plan to keep; none where all is paid at once, or nothing is."""
        found = self.parts or ()
        return found if any(one.due != self.decided for one in found) else ()


def plan(advance: Advance, cents: int, *, decided: date, starts: date | None, ends: date | None) -> Plan:
    """Give the plan for a grant of so many cents. Activities of which the first day is not known begin on the day of the decision.

    Spread: equal parts, one for each month of the activities that begins in them. Example: 3,000 euros from 10 January to
    5 April, decided on 12 February: three months begin, and two of them before that day, so 2,000 on 12 February and 1,000 on 10 March.
    """
    begins = starts or decided
    if not advance.spread:
        return Plan(_numbered(_at_once(advance, cents, decided, begins, ends)), decided)
    if ends is None:
        return Plan(None, decided)
    return Plan(_numbered(_spread(int(cents * advance.share), decided, begins, ends)), decided)


def in_words(parts: Sequence[Part]) -> tuple[tuple[Texts, int], ...]:
    """Say of each part from when it is paid, with its cents."""
    return tuple((_said(one), one.cents) for one in parts)


def _at_once(
    advance: Advance, cents: int, decided: date, begins: date, ends: date | None
) -> list[tuple[int, date | None, str]]:
    first, later = int(cents * advance.share), advance.later
    found: list[tuple[int, date | None, str]] = [(first, decided, "")]
    if later is not None and ends is not None and add_months(begins, later.longer_than) <= ends:
        found.append((int(cents * (advance.share + later.share)) - first, None, PROGRESS))
    return found


def _spread(cents: int, decided: date, begins: date, ends: date) -> list[tuple[int, date | None, str]]:
    months = 1
    while months < MOST_MONTHS and add_months(begins, months) <= ends:
        months += 1
    due: dict[date, int] = {}
    for place in range(months):
        day = max(decided, add_months(begins, place))
        due[day] = due.get(day, 0) + cents * (place + 1) // months - cents * place // months
    return [(part, day, "") for day, part in due.items()]


def _numbered(found: list[tuple[int, date | None, str]]) -> tuple[Part, ...]:
    kept = [one for one in found if one[0]]
    return tuple(Part(number, *one) for number, one in enumerate(kept, 1))


def _said(one: Part) -> Texts:
    if one.due is None:
        return {
            "nl": f"deel {one.number}, als uw voortgangsverslag akkoord is",
            "en": f"part {one.number}, once your report of progress has been accepted",
        }
    return {
        "nl": f"deel {one.number}, vanaf {one.due:%d-%m-%Y}",
        "en": f"part {one.number}, from {one.due:%Y-%m-%d}",
    }
