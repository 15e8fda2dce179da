"""The published shapes of applications. They describe what the interface writes; a test says so."""

from typing import Any

from ninja import Schema
from pydantic import Field

from doorleren.web.api.shapes_of_answers import Money


class ApplicationSummary(Schema):
    """An application and how it stands."""

    application: int
    round_id: int
    scheme: str
    version: str
    round: str
    track: str
    status: str = Field(description="draft, ready, submitted or withdrawn")
    applicant: str | None = Field(description="KvK number of the organisation that applies; null: a person does")
    started_at: str
    withdrawn_at: str | None


class Applications(Schema):
    """A page of applications, the newest first, and `after`, the key of the next page (null on the last)."""

    items: list[ApplicationSummary]
    after: str | None


class PlaceShape(Schema):
    """The place in the round as it is now. It is never a decision."""

    outcome: str = Field(description="inside, outside or waiting")
    reserved: Money
    reason: str | None = Field(
        description="Why the place was taken away (withdrawn, incomplete, refused) or holds another amount since a decision "
        "(lowered, won); null: neither"
    )


class TermsShape(Schema):
    """Until when what can be done. Moments with their zone; null: there is none."""

    opens_at: str
    closes_at: str | None = Field(description="As it was announced")
    closed_at: str | None = Field(description="When the round really closed")
    ready_until: str | None = Field(description="Until when what stands ready can be submitted as it is")


class ApplicationShape(ApplicationSummary):
    """An application in full."""

    number: int | None = Field(description="The place in the order of arrival; null: not submitted")
    place: PlaceShape | None = Field(description="null: not given yet, or not submitted")
    receipt: dict[str, Any] | None = Field(description="The signed receipt, for `doorleren receipt verify`")
    terms: TermsShape
