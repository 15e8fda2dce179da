"""What the tests of signing in share: the real demo provider, one that forges, and keys for national numbers."""

from collections.abc import Iterator

import pytest

from doorleren.people import provider
from doorleren.people.commands.enrol_demo_people import enrol_demo_people
from doorleren.people.national_number import new_keys
from doorleren.server.demo_provider import demo_provider
from tests.people.made import AT
from tests.web.people.browsers import Browser
from tests.web.people.forger import CLIENT, Forger


@pytest.fixture(autouse=True)
def site_settings(settings) -> None:
    """A site that has keys and no provider yet."""
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = CLIENT, "demo"
    settings.DOORLEREN_DEMO_PROVIDER = settings.DOORLEREN_OIDC_ISSUER = None
    provider._discovered.cache_clear()


@pytest.fixture(scope="session")
def demo_issuer() -> Iterator[str]:
    """The demo provider, started as `serve` does."""
    with demo_provider() as issuer:
        yield issuer


@pytest.fixture
def browser(db, settings, demo_issuer: str) -> Browser:
    """A browser on a site with the demo."""
    settings.DOORLEREN_DEMO_PROVIDER = settings.DOORLEREN_OIDC_ISSUER = demo_issuer
    settings.OIDC_VERIFY_KID = False
    enrol_demo_people(at=AT)
    return Browser()


@pytest.fixture
def forger(db, settings) -> Iterator[Forger]:
    """A provider that signs what the test wants; the site trusts it as it would trust a broker."""
    one = Forger()
    settings.DOORLEREN_OIDC_ISSUER = one.issuer
    settings.OIDC_VERIFY_KID = True
    yield one
    one.close()
