"""The published shapes of rounds. They describe what the interface writes; a test says so."""

from ninja import Schema
from pydantic import Field

from doorleren.web.api.shapes_of_answers import Money


class UsedShape(Schema):
    """How much of a ceiling is used, in money and in number of applications; null is no ceiling of that kind."""

    ceiling_money: Money | None
    used_money: Money | None
    used_money_percent: int | None = Field(description="Whole and rounded down: 100 is all of it")
    ceiling_number: int | None
    used_number: int | None
    used_number_percent: int | None = Field(description="Whole and rounded down: 100 is all of it")


class RoundPartShape(UsedShape):
    """What is left of a part of the pot; `set_apart_for` is a kind of applicant, or empty for everybody."""

    set_apart_for: str
    left_money: Money | None
    left_number: int | None
    closed: bool = Field(description="Nobody who comes from now on gets anything of it")


class ForecastShape(Schema):
    """When the round is expected to run out, and the moments between which it does so in 80 of 100 cases."""

    expected: str
    earliest: str
    latest: str


class DrawShape(Schema):
    """The draw of the round as it was announced; `file` once it was held: with it anyone can compute it again."""

    tickets: int
    list_hash: str
    commitment: str
    beacon: str
    beacon_round: int
    announced_at: str
    held_at: str | None
    file: str | None


class FallbackShape(Schema):
    """What was announced beforehand for a failed opening; two people decide that it failed, never a machine."""

    then: str = Field(
        description="keep_places (it opens anew; who was in goes before), treat_alike (it opens anew; all count alike) or extend (it stays open for longer)"
    )
    silent_minutes: int = Field(
        description="It failed where nobody could submit for so long, or it could not open on its day"
    )
    within_hours: int = Field(description="Of the first so many hours after the opening")
    notice_hours: int = Field(description="The new opening is at least so long after the decision")


class FellBackShape(Schema):
    """What was decided last because the opening failed: every ticket stays; `opens_at` is the new opening, null where it is extended."""

    decided_at: str
    reason: str
    opens_at: str | None
    closes_at: str | None


class RoundShape(UsedShape):
    """A round and how it stands now; null is no ceiling of that kind, or nobody can tell."""

    id: int
    scheme: str
    version: str
    round: str = Field(description="The name of the round in the file of the scheme")
    body: str
    rehearsal: bool = Field(description="A round to practise with; nobody gets money")
    state: str = Field(description="announced, open or closed")
    order: str = Field(description="arrival, random_present, draw, pro_rata, ranking or none")
    counts: str = Field(description="By arrival: moment, or day with a draw among those of one day")
    opens_at: str = Field(description="As announced, or as decided after the opening failed")
    closes_at: str | None
    opened_at: str | None
    closed_at: str | None
    ended: str | None = Field(
        description="Why it was closed: time, ceiling or act (somebody decided so); null: it was not, or it was not kept"
    )
    gone: bool = Field(description="Nobody who comes from now on gets anything, whether it is open or closed")
    announced_hash: str = Field(description="SHA-256 of what was announced")
    version_hash: str = Field(description="SHA-256 of the version of the scheme under which it was announced")
    received: int = Field(description="Tickets that came in, a few seconds behind")
    waiting: int = Field(description="Tickets that have no place yet")
    reserved_money: Money
    reserved_number: int
    left_money: Money | None
    left_number: int | None
    parts: list[RoundPartShape]
    tickets_an_hour: int | None = Field(
        description="The pace now, from what came in since the opening or in the last hour; null: nobody can tell"
    )
    forecast: ForecastShape | None
    fallback: FallbackShape | None
    fell_back: FellBackShape | None
    draw: DrawShape | None


class Rounds(Schema):
    """A page of rounds, the newest first, and `after`, the key of the next page (null on the last)."""

    items: list[RoundShape]
    after: str | None
