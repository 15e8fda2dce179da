"""A request to stop: broken off while the site starts, heard at a quiet moment once it is up, and never lost."""

import contextlib
import os
import signal
from collections.abc import Iterator

import pytest

from doorleren.server.stopping import SIGNALS, Stop, StopRequests, was_asked


@pytest.fixture
def requests() -> Iterator[StopRequests]:
    """Listens for as long as the test lasts."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield StopRequests()
    for number, handler in before.items():
        signal.signal(number, handler)


def _ask(number: signal.Signals = signal.SIGTERM) -> None:
    os.kill(os.getpid(), number)


class _AsksHalfway:
    def __set_name__(self, owner: type, name: str) -> None:
        """Python makes a RuntimeError of whatever happens here."""
        _ask()


@pytest.mark.usefixtures("requests")
@pytest.mark.parametrize("number", SIGNALS)
def test_a_start_is_broken_off(number: signal.Signals) -> None:
    """While the site starts, each of the three requests breaks off what runs."""
    with pytest.raises(Stop) as caught:
        _ask(number)
    assert was_asked(caught.value)


@pytest.mark.usefixtures("requests")
def test_a_start_that_made_an_error_of_it_was_asked() -> None:
    """What a library makes of a request is still a request; the same error without one is not."""
    with pytest.raises(RuntimeError) as caught:
        type("HalfMade", (), {"field": _AsksHalfway()})
    assert was_asked(caught.value)
    assert not was_asked(RuntimeError(str(caught.value)))


def test_once_up_nothing_is_broken_off(requests: StopRequests) -> None:
    """Once the site is up a request leaves what runs alone, and is heard at the next look."""
    requests.hold()
    requests.pause(0)
    made = type("Made", (), {"field": _AsksHalfway()})
    assert made.__name__ == "Made"
    with pytest.raises(Stop):
        requests.pause(60)


def test_a_request_that_was_swallowed_is_not_lost(requests: StopRequests) -> None:
    """Where code swallows the first request, a second breaks off nothing and the next look still hears it."""
    with contextlib.suppress(Stop):
        _ask()
    _ask()
    requests.hold()
    with pytest.raises(Stop):
        requests.pause(60)
