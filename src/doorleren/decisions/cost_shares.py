"""Who pays what of a cost: what somebody told of it, made into shares that are the cost to the cent. Pure."""

from collections.abc import Mapping

PAYER_OF: Mapping[str, str] = {
    "own": "employer", "employer": "employer", "fund": "fund", "public": "other_public", "other_scheme": "other_public",
    "other": "other",
}  # fmt: skip
"""Which payer a kind of financier of an application is (applications.models.Financier); "scheme" is the grant itself."""


def shares_of(
    granted: int,
    cost: int | None,
    *,
    financing: Mapping[str, int],
    others: int,
    own: int,
    person: bool,
    lent: bool = False,
) -> dict[str, int]:
    """Give the shares of a grant of so many cents, by payer; nothing is left out and nothing counts twice.

    `financing`: cents by kind of financier, where the application tells them (then that is the cost). Else `cost` is the price,
    `others` what others pay of it and `own` what the organisation said to pay itself. What nobody told is borne by who applies:
    a person (`person`) or an organisation; so is what is lent (`lent`), which they pay back. Example: 1,000 granted, 1,500 cost, 200 by others, a person: 1,000, 200 and 300.
    """
    if financing:
        return _of_financing(0 if lent else granted, financing)
    bears, given = "participant" if person else "employer", 0 if lent else granted
    found = {"government": given, "other": max(0, others), "employer": 0 if person else max(0, own)}
    rest = max(0, max(cost or 0, granted) - sum(found.values()))
    found[bears] = found.get(bears, 0) + rest
    return {payer: cents for payer, cents in found.items() if cents}


def _of_financing(granted: int, financing: Mapping[str, int]) -> dict[str, int]:
    """Less granted than was asked of this scheme is borne by who applies."""
    found = {"government": granted}
    for kind, cents in financing.items():
        payer = PAYER_OF.get(kind)
        if payer is not None:
            found[payer] = found.get(payer, 0) + cents
    found["employer"] = found.get("employer", 0) + max(0, financing.get("scheme", 0) - granted)
    return {payer: cents for payer, cents in found.items() if cents}
