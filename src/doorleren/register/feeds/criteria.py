"""The quality that was agreed with a source, and whether a delivery meets it (C96). Pure."""

from dataclasses import dataclass

from doorleren.core.texts import Texts


@dataclass(frozen=True, slots=True)
class Criteria:
    """At most so many percent of the rows refused, and at least so many rows accepted."""

    most_refused_percent: int
    least_rows: int


def failing(criteria: Criteria, accepted: int, refused: int) -> Texts | None:
    """Say why a delivery with so many rows accepted and refused does not meet the criteria; None if it does.

    Example: 90 accepted and 10 refused is exactly 10 percent, which meets "at most 10".
    """
    if accepted + refused and refused * 100 > criteria.most_refused_percent * (accepted + refused):
        return {
            "nl": f"{refused} van de {accepted + refused} rijen zijn geweigerd; "
            f"afgesproken is hoogstens {criteria.most_refused_percent} procent.",
            "en": f"{refused} of {accepted + refused} rows were refused; "
            f"agreed is at most {criteria.most_refused_percent} percent.",
        }
    if accepted < criteria.least_rows:
        return {
            "nl": f"Er zijn {accepted} goede rijen; afgesproken is ten minste {criteria.least_rows}.",
            "en": f"There are {accepted} good rows; agreed is at least {criteria.least_rows}.",
        }
    return None
