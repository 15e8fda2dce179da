"""The packages that we ship name rounds that exist, and their rounds fit them."""

from doorleren.rules.library import Library, check_packages


def test_rounds_of_packages_exist_and_fit(library: Library) -> None:
    """Each round stands in its scheme's file, has one ceiling in money, and those of a component are not above it together."""
    assert library.packages
    check_packages(library)
