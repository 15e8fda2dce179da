"""What of payments goes by rule alone: the list beforehand, what the site then destroys and the report say the same of each day."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest

from doorleren.applications.retention.by_rule import DAYS_AHEAD, Rule, ahead, gone
from doorleren.audit.acts import SITE, Party
from doorleren.core.days import add_months, day_of
from doorleren.payments.commands.close_entry import close_entry
from doorleren.payments.commands.destroy_accounts import destroy_payments
from doorleren.payments.commands.import_message import import_message
from doorleren.payments.commands.propose_account import propose_account
from doorleren.payments.models import BankAnswer, PayeeAccount
from doorleren.payments.retention import ACCOUNT, BY_RULE, CLOSED, FILE
from doorleren.people.personal_content import personal_content
from tests.payments.paying import DAY, PAID, Scene, entry, statement
from tests.payments.paying import gone as case_gone
from tests.people import made as people

OF_PAYMENTS = tuple(one for one in BY_RULE if one.kind in (ACCOUNT, FILE, CLOSED))
YEARS = 12 * 7
FIRST = add_months(DAY, YEARS) - timedelta(days=5)
LAST = FIRST + timedelta(days=DAYS_AHEAD)


def goes_on(day: date) -> date:
    """The day on which that goes of which the seven years began on a day."""
    return add_months(day, YEARS) + timedelta(days=1)


def proposed(scene: Scene, number: str, at: datetime) -> PayeeAccount:
    """An account that nobody decided on, of somebody without a case."""
    by = people.signed_in(scene.staff["paymaster"], at=at)
    return propose_account(
        Party("person", number), "NL44RABO0123456789", "Z", body=scene.body.pk, reason="r", by=by, at=at
    )


@pytest.fixture
def young(scene: Scene) -> PayeeAccount:
    """Payments of three cases that went, with their file, a closed entry of three days later, a proposal, and one a day too young."""
    scene.release(scene.propose().run)
    for one in scene.cases:
        case_gone(one)
    import_message(scene.body.pk, statement(entry("x", 5)), by=scene.by("paymaster", 5), at=PAID)
    close_entry(
        BankAnswer.objects.get().pk, "klopt zei Zelda", by=scene.by("paymaster", 9), at=PAID + timedelta(days=3)
    )
    proposed(scene, "987654", datetime.combine(add_months(LAST, -YEARS) - timedelta(days=1), time(9), UTC))
    return proposed(scene, "987655", datetime.combine(add_months(LAST, -YEARS), time(9), UTC))


def test_the_list_is_what_then_goes_and_the_report_says_so(young: PayeeAccount) -> None:
    """The same of each day for accounts, files and closed entries; the account that is a day too young is in none of them."""
    beforehand = {(one.on, one.kind): one.count for one in ahead(OF_PAYMENTS, FIRST)}
    closed_on = goes_on(day_of(PAID + timedelta(days=3)))
    assert beforehand == {
        (goes_on(DAY), ACCOUNT): 3, (goes_on(DAY), FILE): 1, (closed_on, CLOSED): 1, (LAST, ACCOUNT): 1,
    }  # fmt: skip
    went = Counter[tuple[date, str]]()
    for day in (FIRST + timedelta(days=n) for n in range(DAYS_AHEAD + 1)):
        counts = destroy_payments(day, by=SITE, at=datetime.combine(day, time(12), UTC))
        for kind, count in zip((ACCOUNT, FILE, CLOSED), counts, strict=True):
            went[day, kind] += count
    assert dict(+went) == beforehand
    assert {(one.on, one.kind): one.count for one in gone(OF_PAYMENTS, FIRST, LAST)} == beforehand
    young.refresh_from_db()
    assert young.destroyed_at is None
    assert {(one.on, one.kind): one.count for one in ahead(OF_PAYMENTS, LAST)} == {
        (LAST + timedelta(days=1), ACCOUNT): 1
    }


@pytest.mark.parametrize("rule", BY_RULE, ids=[one.kind for one in BY_RULE])
def test_the_term_is_that_of_the_law(rule: Rule) -> None:
    """The term by which a kind goes is one that the table of personal content names for the row that it points at."""
    (content,) = [one for one in personal_content().rows if one.id == rule.content]
    assert rule.term in (content.kept.term, content.kept.unsubmitted)
