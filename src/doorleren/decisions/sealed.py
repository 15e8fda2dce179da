"""The content of assessments and decisions: what was found and why, sealed under the key of its case.

The rows themselves tell nobody anything about a person: codes, cents, days and hashes.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from doorleren.audit.acts import Party
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.recording import party_of
from doorleren.core.texts import Texts
from doorleren.decisions.models.assessment import CONTENT as OF_ASSESSMENT
from doorleren.decisions.models.assessment import Assessment
from doorleren.decisions.models.decision import CONTENT as OF_DECISION
from doorleren.decisions.models.decision import Decision
from doorleren.decisions.rules import Result
from doorleren.people.file_keys import key_of, opened, sealed


@dataclass(frozen=True, slots=True)
class Seen:
    """A piece of evidence as it stood: its id in the scheme's file, its standing, and the numbers of its documents."""

    evidence: str
    standing: str
    documents: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a calculation, in both languages; `total` for the outcome."""

    texts: Texts
    cents: int | None
    total: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What was found: results per condition, evidence, calculation, and words of an official (`note`, or a ground)."""

    results: tuple[Result, ...] = ()
    seen: tuple[Seen, ...] = ()
    calculation: tuple[Row, ...] = ()
    words: str = ""
    told: Mapping[str, Any] = field(default_factory=dict)


def seal(content: Content, case: Case, name: str, at: datetime, key: bytes | None = None) -> bytes:
    """Seal content under a case's key; `key`: that, where it was read. Raises Destroyed."""
    about = party_of(case)
    plain = json.dumps(asdict(content), ensure_ascii=False, sort_keys=True).encode()
    return sealed(plain, key or key_of(about, at=at), about, name)


def content_of(row: Assessment | Decision, key: bytes | None = None) -> Content:
    """Open the content of an assessment or a decision. `key`: of its case, where it was read. Raises Destroyed, DoesNotOpen."""
    about = Party("case", str(row.case_id))
    name = f"{OF_ASSESSMENT if isinstance(row, Assessment) else OF_DECISION}-{row.number}"
    told = json.loads(opened(bytes(row.content), key or key_of(about, at=row.act.at), about, name))
    return Content(
        tuple(Result(**one | {"documents": tuple(one["documents"])}) for one in told["results"]),
        tuple(Seen(one["evidence"], one["standing"], tuple(one["documents"])) for one in told["seen"]),
        rows_of(told["calculation"]), told["words"], told["told"],
    )  # fmt: skip


def words_sealed(content: bytes | memoryview, act: CaseAct, name: str) -> str:
    """Give the words of content that goes with an act, sealed under the name of its kind. Raises Destroyed, DoesNotOpen."""
    about = party_of(act.case)
    return str(json.loads(opened(bytes(content), key_of(about, at=act.at), about, f"{name}-{act.number}"))["words"])


def rows_of(told: Sequence[Mapping[str, Any]]) -> tuple[Row, ...]:
    """Read the rows of a calculation."""
    return tuple(Row(one["texts"], one["cents"], one["total"]) for one in told)
