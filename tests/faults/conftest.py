"""The intake within the test, as the tests of the intake have it."""

from tests.server.intake.conftest import entering

__all__ = ["entering"]
