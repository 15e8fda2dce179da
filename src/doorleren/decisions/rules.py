"""What follows from an assessment: its outcome, the amount, and on which ground it can be refused. Pure.

A result says of one condition whether it is met (None: cannot be told), and what that rests on.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from doorleren.core.texts import Texts
from doorleren.decisions.refusing import refused

Basis = Literal["computed", "declared", "stated", "unknown", "hand", "on_record"]
"""What a result rests on.

computed: the answers that were submitted; declared: it was met when the draft was frozen, by an answer that is kept nowhere;
stated: nobody can compute it, and the applicant or the adviser says that it holds; unknown: a fact lacks; hand: an
official said so; on_record: our own decisions say more of earlier grants than was answered (on_record.py).
"""
Outcome = Literal["meets", "fails", "open"]
OUTCOMES: tuple[Outcome, ...] = ("meets", "fails", "open")
LONGEST_ARTICLE = 200
"""How long the article of a decision can be, as it is kept."""


@dataclass(frozen=True, slots=True)
class Result:
    """One condition as it was assessed. `documents` are numbers of those looked at; `before`: what was computed, where overruled."""

    condition: str
    met: bool | None
    basis: Basis
    ground: str = ""
    documents: tuple[int, ...] = ()
    before: bool | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an official says of one condition, with the ground in words and the documents that were looked at."""

    condition: str
    met: bool | None
    ground: str = ""
    documents: tuple[int, ...] = ()


def ruled(results: Sequence[Result], rulings: Iterable[Ruling]) -> tuple[Result, ...]:
    """Put what an official says in the place of what was computed. Raises DecisionRefused.

    A ground is needed to depart from what was computed, and to judge what nobody computes. Who names documents and says
    nothing else leaves the result as it is, with those documents. Example: "the price is shown"
    computed as true; "not met" without a ground is refused, with one it is a result by hand that keeps `before`.
    """
    known = {one.condition: one for one in results}
    changed: dict[str, Result] = {}
    for ruling in rulings:
        if ruling.condition not in known or ruling.condition in changed:
            raise refused(
                "condition", f"Deze voorwaarde hoort niet bij de aanvraag, of staat er twee keer: {ruling.condition}.",
                f"This condition does not belong to the application, or is there twice: {ruling.condition}.", "rulings",
            )  # fmt: skip
        before = known[ruling.condition]
        if not ruling.ground.strip() and before.basis != "unknown" and before.met is not ruling.met:
            raise refused(
                "no_ground", "Schrijf op waarom u hier anders over oordeelt, of waar uw oordeel op rust.",
                "Write down why you judge otherwise, or on what your judgement rests.", ruling.condition,
            )  # fmt: skip
        documents = tuple(dict.fromkeys(ruling.documents))
        if documents and not ruling.ground.strip() and before.met is ruling.met:
            changed[ruling.condition] = replace(before, documents=documents)
        else:
            changed[ruling.condition] = Result(
                ruling.condition, ruling.met, "hand", ruling.ground.strip(), documents, before.met
            )
    return tuple(changed.get(one.condition, one) for one in results)


def outcome_of(results: Iterable[Result]) -> Outcome:
    """Say what the results come to: fails where one is not met, meets where all are met, else open.

    What was only stated by the applicant is not met by that: it stays open. Example: one met, one stated: open.
    """
    met = [one.met for one in results]
    return "fails" if False in met else "meets" if all(met) else "open"


def stated_in(results: Iterable[Result]) -> tuple[str, ...]:
    """Name the conditions that rest on somebody's word alone, in order."""
    return tuple(one.condition for one in results if one.met is None and one.basis == "stated")


def accepting(results: Iterable[Result], accepted: Collection[str]) -> tuple[Result, ...]:
    """Take the word of who stated these conditions; any other stays as it is."""
    return tuple(
        replace(one, met=True) if one.basis == "stated" and one.met is None and one.condition in accepted else one
        for one in results
    )


def is_clear(results: Sequence[Result], *, documents: bool, exact: bool, complete: bool) -> bool:
    """Say whether nobody needs to look: every condition that can be computed was, or was declared when it was frozen.

    `documents`: something must be read. `exact`: the amount follows from the scheme. `complete`: nothing is still to come
    in. Where a condition that can be computed fails, it is clear whatever else is open, but not by other facts than were answered.
    """
    if any(one.met is False for one in results):
        return complete and not deviates(results)
    return complete and exact and not documents and all(one.basis != "unknown" for one in results)


def granted_cents(*, scheme: int, asked: int, place: int | None) -> int:
    """Give the amount of a grant: the least of what the scheme gives, what was asked and what the place gives.

    Awb 4:25(2): nothing above the ceiling. Example: 90,000 by the scheme, 100,000 asked, 40,000 left: 40,000 cents.
    """
    return min(scheme, asked, *(() if place is None else (place,)))


def deviates(results: Iterable[Result]) -> bool:
    """Say whether a refusal would rest on facts that deviate from the applicant's own (Awb 4:7): a no by hand, or by our own decisions."""
    return any(one.met is False and one.basis in ("hand", "on_record") for one in results)


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground of refusal (law/refusals.toml). `given`: what it follows from; empty where an official chooses it."""

    id: str
    texts: Texts
    article: str
    source: str
    given: str = ""
    intent: bool = False
    words: bool = False


def follows(ground: Ground, results: Sequence[Result], *, outside: bool, repeat: bool) -> bool:
    """Say whether a ground can be used: a condition fails (by the applicant's own facts), the ceiling was reached, a repeat."""
    fails = any(one.met is False for one in results)
    known: Mapping[str, bool] = {
        "": True, "ceiling": outside, "repeat": repeat, "conditions": fails and deviates(results) == ground.intent,
    }  # fmt: skip
    return known[ground.given]


def article_of(ground: Ground, results: Iterable[Result], sources: Mapping[str, str]) -> str:
    """Say where in the law a refusal rests: where it follows from conditions, by the sources of those that are not met.

    `sources`: by condition, without those that are an assumption of ours; where there is none, or it is too long to keep,
    the article of the ground. Example: two that are not met, both in art. 4 of the scheme: that article, once.
    """
    if ground.given != "conditions":
        return ground.article
    found = list(
        dict.fromkeys(sources[one.condition] for one in results if one.met is False and one.condition in sources)
    )
    return next(one for one in ("; ".join(found), *found[:1], ground.article) if 0 < len(one) <= LONGEST_ARTICLE)


def own_ground(*, outside: bool) -> str:
    """Give the ground that a refusal without a human rests on: the ceiling first, as it holds whatever else is found."""
    return "ceiling" if outside else "conditions"
