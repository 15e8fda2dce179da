"""The page on which who gets the money stops another account: only theirs, by a button, and told on their own account."""

from pathlib import Path
from typing import Any

import pytest

from doorleren.audit.acts import Party
from doorleren.payments.models import PayeeAccount
from doorleren.people.models import RoleKind
from tests.decisions import made as decisions
from tests.payments.paying import granted
from tests.people import made as people
from tests.web.officer.desk import Desk, counts, with_role
from tests.web.officer.paying_desks import a_till

pytestmark = pytest.mark.django_db
GOOD = {"iban": "NL69INGB0123456789", "name": "N. Nieuw", "reason": "Gebeld"}


def test_who_is_paid_stops_a_changed_account(settings: Any, tmp_path: Path) -> None:
    """On Mijn account stands from when another account is used; only its payee finds the page, looking writes nothing, and stopping is once."""
    with a_till(settings, tmp_path, 1) as till:
        agent = Desk(with_role(RoleKind.EMPLOYER, "Ans"))
        payee = Party("organisation", str(people.organisation().pk))
        case = granted(decisions.library(tmp_path / "again"), till.scene.round, till.scene.staff, "Omar", payee)
        assert "Andere rekening om op te betalen" not in agent.open("/account").words
        till.wim.send(f"/officer/accounts/of-case/{case.reference}", **GOOD)
        row = PayeeAccount.objects.latest("pk")
        page = f"/account/payee-accounts/{row.pk}"
        agent.open(page)
        assert agent.status == 404  # nobody confirmed it yet
        till.ria.send(f"/officer/accounts/{row.pk}/confirm")
        for other in (Desk(people.person(name="Eve")), till.wim, till.fatima):
            other.open(page)
            assert other.status == 404
            other.send(page)
            assert other.status == 404
        visitor = Desk(None)
        visitor.open(page)
        assert visitor.status in (302, 403)
        assert page in agent.open("/account").links
        before = counts()
        assert "is een andere rekening doorgegeven" in agent.open(page).words
        assert counts() == before
        agent.send(page)
        assert (agent.status, agent.place) == (302, "/account?done=account_stopped")
        assert "De andere rekening is gestopt." in agent.open(agent.place).words
        agent.send(page)
        assert agent.status == 404
        row.refresh_from_db()
        assert row.stopped_by_id == agent.person.pk  # type: ignore[union-attr]
