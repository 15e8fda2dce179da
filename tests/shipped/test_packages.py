"""The packages that we ship name rounds that exist, and their rounds fit them."""

from fractions import Fraction

from doorleren.rules.library import Library
from doorleren.rules.packages import places


def test_rounds_of_packages_exist_and_fit(library: Library) -> None:
    """Each round stands in its scheme's file, has one ceiling in money, and those of a component are not above it together."""
    taken: dict[tuple[str, str], Fraction] = {}
    found = list(places(library.packages))
    assert found
    for one in found:
        rounds = [each for version in library.scheme(one.round.scheme).versions for each in version.rounds]
        named = [each for each in rounds if each.id == one.round.code]
        assert named, one.round
        told = [each for each in (named[-1].ceiling_money, one.round.money) if each is not None]
        assert len(told) == 1, one.round
        key = (one.package.id, one.component.id)
        taken[key] = taken.get(key, Fraction(0)) + told[0]
        assert taken[key] <= one.component.money, key
