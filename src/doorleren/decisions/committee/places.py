"""Where an application stands in the list of a committee: its rank, its score in words, and among how many. Reads only."""

from dataclasses import dataclass
from fractions import Fraction

from doorleren.core.money import half_up
from doorleren.decisions.models import Ranked

DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Place:
    """The place in the list that was made last: `rank` from 1 (None: below a threshold), the exact score, and how many have a rank."""

    rank: int | None
    score: Fraction
    among: int
    drawn: bool

    @property
    def score_words(self) -> str:
        """Write the score."""
        return decimals(self.score)


def place_of(case: int) -> Place | None:
    """Give where a case stands; None while no list was made of it."""
    row = Ranked.objects.filter(case=case, ranking__withdrawn_at=None).order_by("-ranking").first()
    if row is None:
        return None
    among = Ranked.objects.filter(ranking=row.ranking_id, rank__isnull=False).count()
    return Place(row.rank, Fraction(row.numerator, row.denominator), among, row.drawn)


def decimals(score: Fraction) -> str:
    """Write a score as people in the Netherlands do, with two decimals at most, halves up: 27/2 is "13,5"."""
    whole, rest = divmod(half_up(score * 10**DECIMALS), 10**DECIMALS)
    return f"{whole},{rest:0{DECIMALS}d}".rstrip("0").rstrip(",")
