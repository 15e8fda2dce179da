"""The operator's log: what went wrong, and nothing of visits that merely lead to the sign-in page."""

import logging

import pytest
from django.test import Client


@pytest.mark.django_db
def test_a_visit_without_a_sign_in_leaves_no_trace(caplog):
    """Whoever opens a protected page is sent to sign in, and nothing about it reaches the log."""
    caplog.set_level(logging.DEBUG)
    reply = Client(headers={"host": "localhost"}).get("/officer/rounds")
    assert reply.status_code == 302
    assert [one for one in caplog.records if one.name.startswith("django")] == []


def test_what_goes_wrong_is_still_told():
    """Warnings and errors of a request reach the log, what is less does not."""
    for name in ("django.request", "django.security", "django"):
        assert logging.getLogger(name).isEnabledFor(logging.WARNING)
        assert not logging.getLogger(name).isEnabledFor(logging.INFO)
    assert logging.getLogger("django.request").propagate
