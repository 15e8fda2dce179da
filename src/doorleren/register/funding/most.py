"""The most that could be got for one training, while little or nothing is known of who asks; and what to ask then.

Called by the training's page for visitors without answers, and for those whose sum is not certain yet; the page of
results asks it for the question alone, of what all trainings on the page have in common. It weighs the kinds of amounts
that the plan counts (an exact sum for the training, never a loan or a share of a project), but takes for each scheme
what it could be at most. So no plan ever leaves less to pay. `at_best` says the same for the whole register in columns.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from doorleren.core.days import Asked
from doorleren.finder.check import AUDIENCES, Finding
from doorleren.finder.interview import next_to_ask
from doorleren.finder.plan import MOST_SCHEMES, Offer, Rules, aid_used, paid_by_others
from doorleren.register.funding.facts import FACTS, with_activity
from doorleren.register.funding.offers import SHUT, paying, pays_exactly
from doorleren.rules.library import Library
from doorleren.rules.profile import Profile
from doorleren.rules.rounds import best_state, rounds_for
from doorleren.rules.settled import SettledTrack
from doorleren.rules.verdicts import Judgement, judge
from doorleren.rules.versions import Scheme


@dataclass(frozen=True, slots=True)
class Most:
    """The most that could be got: what then remains to pay (cents; None without a price), from which schemes.

    `question` is the fact that helps most to know, None if no answer of the visitor changes anything any more. `possible` are
    all schemes that may pay, also those that cannot be combined with the best ones.
    """

    price: int | None
    to_pay: int | None
    schemes: tuple[str, ...]
    possible: tuple[str, ...]
    question: str | None

    @property
    def most(self) -> int | None:
        """Give the most that could be got in cents; None without a price."""
        return None if self.price is None or self.to_pay is None else self.price - self.to_pay


def most_for_anyone(
    library: Library, facts: Profile, asked: Asked, visitor: Profile | None = None, skipped: Collection[str] = ()
) -> Most:
    """Weigh the most of every scheme for one activity (`facts.training_facts`), over all roles that could ask.

    With `visitor` it is the most that anyone with those answers could get; `skipped` are the facts that the visitor does
    not know. Raises SchemeFault if a file is wrong.
    """
    profile = with_activity(visitor or {}, facts)
    price = profile.get("training.price")
    left = 0 if price is None else max(price - paid_by_others(profile), 0)
    found = [one for scheme in paying(library, asked.day) for one in _offers(library, scheme, profile, asked, left)]
    question = _question(found, profile, skipped, library)
    possible = tuple(sorted(one.scheme for one in found))
    if price is None:
        return Most(None, None, (), possible, question)
    offers = sorted((one for one in found if one.amount), key=lambda one: (-one.amount, one.scheme))
    best = Rules(left, aid_used(profile)).best(offers[:MOST_SCHEMES])[0]
    return Most(price, best.to_pay, tuple(share.offer.scheme for share in best.shares), possible, question)


def _offers(library: Library, scheme: Scheme, profile: Profile, asked: Asked, left: int) -> Iterable[Offer]:
    """Give what a scheme could pay at most, if it can pay at all."""
    version = scheme.on(asked.day)
    if version is None:
        return
    state, opened = best_state(rounds_for(scheme, version.tracks), asked)
    judgement = judge(library.settled(version, asked.day), profile)
    if state in SHUT or judgement.truth is False:
        return
    mosts = [_most(track, profile, left) for track in _may_pay(judgement)]
    if any(mosts) or (mosts and "training.price" not in profile):
        finding = Finding(scheme, version, judgement, frozenset(), state, opened)
        yield Offer(scheme.id, max(mosts), version.stacking, finding)


def _may_pay(judgement: Judgement) -> list[SettledTrack]:
    """Give the tracks that hold or may hold, and pay an exact sum for the training."""
    return [
        track
        for track, truth in zip(judgement.settled.tracks, judgement.tracks, strict=True)
        if truth is not False and pays_exactly(track)
    ]


def _most(track: SettledTrack, profile: Profile, left: int) -> int:
    """Give the most of a track in cents: everything that is left, where nothing limits it."""
    most = track.ask_most(profile)
    return left if most is None else most


def _question(offers: Iterable[Offer], profile: Profile, skipped: Collection[str], library: Library) -> str | None:
    """Give the fact that helps most to know; a visitor answers for neither the register nor somebody else."""
    facts, audience = library.vocabulary.facts, AUDIENCES.get(profile.get("asker.role", ""), "person")
    own = {name for name, fact in facts.items() if name not in FACTS and audience in fact.audience}
    about_visitor = []
    for finding in (one.finding for one in offers):
        assert finding.judgement is not None, "an offer was judged"
        missing = finding.judgement.missing() | finding.judgement.missing_for_amount()
        about_visitor.append(replace(finding, missing=missing & own))
    found = next_to_ask(about_visitor, skipped, profile, library.vocabulary)
    return found.name if found else None


def what_all_tell(activities: Sequence[Profile]) -> Profile:
    """Give the facts that all activities tell, and tell alike; none for none."""
    first, *others = activities or [{}]
    return {name: value for name, value in first.items() if all(name in one and one[name] == value for one in others)}
