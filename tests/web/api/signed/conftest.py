"""The interface for who brings a token: the trial scheme of advisers, an adviser, and a broker that signs what a test wants."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from doorleren.people import bearer, provider
from doorleren.people.models import Organisation, Person
from doorleren.people.pace import Pace
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.web.api import asker
from tests.applications.bundles import completing, made
from tests.web.adviser.conftest import KEYS
from tests.web.api.signed.broker import Broker, Caller, identify
from tests.web.people.forger import CLIENT
from tests.web.site import with_schemes


@pytest.fixture(autouse=True)
def known(settings: Any, tmp_path: Path) -> Iterator[Library]:
    """The library of the site, with the trial scheme in a folder that DOORLEREN_SCHEMES names."""
    completing.library(tmp_path / "schemes")
    receipts = made.SIGNING.public_key().public_bytes_raw()
    yield from with_schemes(
        settings, tmp_path, IDENTITY_KEYS=KEYS, RECEIPT_KEY=receipts, SIGNING_KEY=made.SIGNING
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process remembers of tokens and of how often somebody asked begins anew with each test."""
    provider._discovered.cache_clear()
    bearer._keys.cache_clear()
    monkeypatch.setattr(bearer, "ASKED", bearer._Kept())
    monkeypatch.setattr(bearer, "ASKING", Pace(300, timedelta(minutes=1)))
    monkeypatch.setattr(asker, "PACE", Pace(120, timedelta(minutes=1)))


@pytest.fixture
def broker(settings: Any) -> Iterator[Broker]:
    """A broker on loopback that the site trusts."""
    one = Broker()
    settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = CLIENT, "secret"
    settings.DOORLEREN_OIDC_ISSUER, settings.DOORLEREN_DEMO_PROVIDER = one.issuer, None
    yield one
    one.close()


@pytest.fixture
def round_(db: None, known: Library) -> Round:
    """The round with a limit a day, open."""
    return made.a_round(known, made.LIMITED)


@pytest.fixture
def firm(db: None) -> tuple[Person, Organisation]:
    """A qualified adviser and the firm."""
    return made.adviser()


@pytest.fixture
def tom(firm: tuple[Person, Organisation], round_: Round, broker: Broker) -> Caller:
    """The adviser's program, with a token of the broker."""
    identify(firm[0], broker, "abc")
    return Caller(broker.access())
