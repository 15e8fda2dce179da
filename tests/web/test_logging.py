"""The operator's log: what went wrong, and nothing of visits that merely lead to the sign-in page."""

import io
import logging

import pytest
from django.test import Client

from doorleren.people.models import RoleKind
from doorleren.server.logs import WithoutTracebacksOfRefusals
from tests.web.officer.desk import Desk, with_role


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


def written(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Give what the log of the operator is written to from now on."""
    found, stream = logging.getLogger().handlers, io.StringIO()
    handler = next(one for one in found if any(isinstance(each, WithoutTracebacksOfRefusals) for each in one.filters))
    monkeypatch.setattr(handler, "stream", stream)
    return stream


@pytest.mark.django_db
def test_a_refusal_is_a_line_without_a_traceback(monkeypatch):
    """Who may not see a page is refused in one line of the log; what breaks keeps its traceback."""
    log = written(monkeypatch)
    desk = Desk(with_role(RoleKind.AUDITOR, "Carlo"))
    assert desk.client.get("/officer/roles").status_code == 403
    told = log.getvalue().strip()
    assert "/officer/roles" in told
    assert len(told.splitlines()) == 1
    try:
        raise ValueError("broken")
    except ValueError:
        logging.getLogger("django.request").exception("it broke")
    assert "Traceback" in log.getvalue()
