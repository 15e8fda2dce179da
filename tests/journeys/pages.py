"""Every kind of page, for the tests that must hold on all of them."""

from doorleren.web import known


def some_scheme() -> tuple[str, str, str]:
    """The id of the scheme with most versions, its first and its last version."""
    scheme = max(known.library().schemes.values(), key=lambda one: len(one.versions))
    return scheme.id, scheme.versions[0].version, scheme.versions[-1].version


def kinds_of_page() -> dict[str, str]:
    """A name and an address for every kind of page that can be opened without answers."""
    scheme, old, new = some_scheme()
    return {
        "home": "/",
        "person": "/finder/person",
        "employer": "/finder/employer",
        "region": "/finder/region",
        "schemes": "/schemes",
        "schemes-empty": "/schemes?q=zzzz",
        "scheme": f"/schemes/{scheme}",
        "version": f"/schemes/{scheme}/versions/{old}",
        "compare": f"/schemes/{scheme}/compare?old={old}&new={new}",
        "overview": "/overview",
        "overview-empty": "/overview?q=zzzz",
        "figures": "/figures",
        "terms": "/terms",
        "letters": "/letters",
        "letter": "/letters/granted",
        "terms-counted": "/terms?kind=objection&day=2026-11-13",
    }


def every_scheme() -> list[str]:
    """The address of the page of each scheme."""
    return [f"/schemes/{scheme}" for scheme in known.library().schemes]
