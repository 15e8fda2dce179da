"""The conversation of the finder: which questions are still worth asking, and the schemes in the four groups.

Stateless: everything follows from the answers so far. A question is asked only while its answer can change a
verdict, or the amount of a scheme that one gets; "don't know" is an answer too and is not asked again.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from doorleren.finder.check import AUDIENCES, Answer, Finding, next_question, waiting_for
from doorleren.rules.profile import Profile
from doorleren.rules.vocabulary import Fact, Vocabulary

Group = Literal["get", "maybe", "closed", "not"]
GROUPS: tuple[Group, ...] = ("get", "maybe", "closed", "not")
ROLES_OF = {
    audience: tuple(role for role, of in AUDIENCES.items() if of == audience)
    for audience in ("person", "employer", "region")
}


@dataclass(frozen=True, slots=True)
class Interview:
    """What to show after some answers: the next question, all open ones by table, and the findings by group."""

    next: Fact | None
    open_questions: tuple[Fact, ...]
    for_others: tuple[Fact, ...]
    groups: dict[Group, tuple[Finding, ...]]
    settled: int
    total: int


def interview(answer: Answer, skipped: Collection[str], audience: str, vocabulary: Vocabulary) -> Interview:
    """Decide what to ask and show; `skipped` are the facts answered with "don't know"."""
    waiting = {*waiting_for(answer.findings), *_of_amounts(answer.findings)}
    open_names = [name for name in vocabulary.facts if name in waiting and name not in skipped]
    own = [vocabulary.facts[name] for name in open_names if audience in vocabulary.facts[name].audience]
    others = [fact for name, fact in vocabulary.facts.items() if name in waiting and audience not in fact.audience]
    sums = _of_amounts(one for one in answer.findings if group_of(one) == "get")
    nearest = next((fact for fact in own if fact.name in sums), None)
    nearest = nearest or next_to_ask(answer.findings, skipped, answer.profile, vocabulary)
    settled = sum(finding.outcome != "unknown" for finding in answer.findings)
    return Interview(
        nearest if nearest in own else own[0] if own else None,
        tuple(own),
        tuple(others),
        {group: tuple(one for one in answer.findings if group_of(one) == group) for group in GROUPS},
        settled,
        len(answer.findings),
    )


def _of_amounts(findings: Iterable[Finding]) -> frozenset[str]:
    """Name the facts on which the amount of a scheme that one gets still depends."""
    return frozenset().union(*(one.judgement.missing_for_amount() for one in findings if one.judgement))


def next_to_ask(
    findings: Iterable[Finding], skipped: Collection[str], profile: Profile, vocabulary: Vocabulary
) -> Fact | None:
    """Choose the fact to ask next, never one of `skipped`; None when there is none left.

    It is chosen among the schemes that no skipped fact leaves open for ever; if there are none, among all.
    """
    undecided = [one for one in findings if one.missing]
    hopeful = [one for one in undecided if not one.missing & set(skipped)]
    for some in (hopeful, undecided):
        name = next_question(some, profile, vocabulary)
        if name is not None and name not in skipped:
            return vocabulary.facts[name]
    return None


def group_of(finding: Finding) -> Group:
    """Say under which heading a scheme stands: you get, you may get if, not open now, not for you because."""
    if finding.outcome == "not_eligible":
        return "not"
    if finding.round_state in ("closed", "exhausted"):
        return "closed"
    return "get" if finding.outcome == "eligible" else "maybe"
