"""Cases, officials and acts for the tests, through the product's own commands."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from doorleren.audit.acts import SITE, Party
from doorleren.cases.acts import ACTS
from doorleren.cases.commands.open_case import open_case
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case, CaseAct
from doorleren.core.days import day_of
from doorleren.people.models import Body, Person, RoleKind
from doorleren.people.signed_in import SignedIn
from doorleren.rules.library import open_library
from doorleren.schemes.commands.publish_version import publish_version
from doorleren.schemes.models import PublishedVersion
from tests.people import made as people

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""A Monday morning: the day on which the cases of the tests come in."""
DAY = day_of(AT)
_subjects = count(1)
BATCH = Party("batch", "1")


@cache
def some_content() -> Mapping[str, Any]:
    """Read one of our own scheme files, resolved."""
    library = open_library()
    return library.resolved(next(iter(library.schemes.values())).versions[0])


def version(framework: str = "kaderregeling-ocw-szw-vws", procedure: str = "grant_settle") -> PublishedVersion:
    """Publish a version of one of our own schemes with another framework and procedure."""
    changed = {**some_content(), "framework": framework, "procedure": {"kind": procedure}}
    return publish_version(changed, by=SITE, at=AT)


def keeping(*values: tuple[str, str, int], framework: str = "kaderregeling-ocw-szw-vws") -> PublishedVersion:
    """Publish a version that sets itself for how many years its cases are kept: from a day, up to a day ("" for open), so many."""
    content = some_content()
    told = [
        {"from": date.fromisoformat(first), "value": years, "source": next(iter(content["source"]))}
        | ({"to": date.fromisoformat(last)} if last else {})
        for first, last, years in values
    ]
    own = {"id": "file_kept", "unit": "year", "values": told}
    changed = {
        **content, "framework": framework, "procedure": {"kind": "grant_settle", "retention": "file_kept"},
        "parameter": [*content.get("parameter", ()), own],
    }  # fmt: skip
    return publish_version(changed, by=SITE, at=AT)


def a_case(row: PublishedVersion | None = None, **given: Any) -> Case:
    """Open a case at the body of the tests."""
    told = {"body": people.body().pk, "received_on": DAY, "by": SITE, "at": AT} | given
    return open_case((row or version()).pk, Party("matter", str(next(_subjects))), **told)


def official(*kinds: RoleKind, body: Body | None = None) -> Person:
    """Make an official of the body with these roles."""
    who = people.person(name="+".join(kinds))
    for kind in kinds:
        people.role(who, kind, body=body or people.body())
    return who


def by(who: Person, at: datetime = AT) -> SignedIn:
    """Let somebody be signed in just now."""
    return people.signed_in(who, at=at)


class Staff:
    """One official for each duty, and the acts that they do one minute after another."""

    def __init__(self) -> None:
        """Make them."""
        self.assessor = official(RoleKind.ASSESSOR)
        self.decider = official(RoleKind.DECIDER)
        self.paymaster = official(RoleKind.PAYMASTER)
        self.reviewer = official(RoleKind.DECIDER)
        self.administrator = official(RoleKind.ADMINISTRATOR)

    def of(self, demand: str) -> Person:
        """Give who does acts with this demand."""
        return {
            "decide_case": self.decider, "pay_case": self.paymaster, "decide_objection": self.reviewer,
            "hear_objection": self.reviewer, "destroy_case": self.administrator,
        }.get(demand, self.assessor)  # fmt: skip

    def do(self, case: Case, *acts: str, at: datetime | None = None, **given: Any) -> CaseAct:
        """Do acts on a case, each a minute after the last, by who may; acts that ask a last day get one in two weeks."""
        for act in acts:
            case.refresh_from_db()
            moment = at or case.last_act_at + timedelta(minutes=1)
            who = by(self.of(ACTS[act].demand), moment)
            row = perform(case.pk, act, by=who, at=moment, **{**given, "details": details_of(act, moment, given)})
        case.refresh_from_db()
        return row


def details_of(act: str, at: datetime, given: Mapping[str, Any]) -> dict[str, Any]:
    """Give the details that an act needs, and those that were given."""
    until = {"until": (day_of(at) + timedelta(days=14)).isoformat()}
    needed = until if act in ("asked_to_complete", "intent_notified", "extended") else {}
    return {**needed, **given.get("details", {})}


def day(text: str) -> date:
    """Read a day as "3-16" in 2026."""
    month, number = text.split("-")
    return date(2026, int(month), int(number))
