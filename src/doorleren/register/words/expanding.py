"""Which occupations a search means: for the search over training, which finds more by the occupation than by the word."""

from doorleren.register.words.occupation_index import Match, OccupationIndex

SURE, NEARLY_AS_SURE, MOST = 0.35, 0.8, 5
"""The least score of the first occupation, the share of it that others need, and how many are given at most.

What a name shares with nothing but one common word scores about 0.3 or less; see Match.score.
"""


def expand(query: str, occupations: OccupationIndex) -> tuple[Match, ...]:
    """Give the occupations that a query names, best first; empty when it names none for sure.

    A name that some occupation bears ("kapster") gives the occupations that bear it, and no others.
    """
    found = occupations.find(query, MOST)
    exact = tuple(match for match in found if match.exact)
    if exact or not found or found[0].score < SURE:
        return exact
    return tuple(match for match in found if match.score >= NEARLY_AS_SURE * found[0].score)
