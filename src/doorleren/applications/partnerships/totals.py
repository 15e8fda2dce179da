"""What follows for a partnership from its members: the facts that are asked of each, and the totals. Pure.

Which facts are totals follows from the vocabulary (ADR 0025): what it tells of a partnership as a sum, count or share is
computed; of an organisation, amounts and counts of people or things add up over the members, durations do not.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from doorleren.applications.partnerships.dividing import Told
from doorleren.rules.law import LawTables
from doorleren.rules.profile import NA, Profile
from doorleren.rules.settled import Settled
from doorleren.rules.tree import Has, Node, parts_of
from doorleren.rules.versions import Track
from doorleren.rules.vocabulary import Fact, Vocabulary

PARTIES, SMES, SME_SHARE = "partnership.parties", "partnership.smes", "partnership.sme_share"
COSTS, LARGEST, REQUESTED = "partnership.eligible_costs", "partnership.largest_share", "partnership.requested"
CO_FINANCING = "partnership.co_financing_share"
PARTICIPANTS = "partnership.participants"
AID, LINKED = "employer.de_minimis_last_3_years", "employer.linked_firms"
"""What an organisation says of aid under a ceiling over three years: how much it had, and which firms are linked with it."""
SUMS: Mapping[str, str] = {COSTS: "employer.eligible_costs", PARTICIPANTS: "employer.participants"}
"""Totals of a partnership and the fact of each member that they add up."""
SIZE = ("employer.employees", "employer.turnover", "employer.balance_total")
"""The facts of a firm that its size follows from."""
EMPLOYER, SME = "employer", "sme"
"""Two kinds of party: a member says that it is an employer; that it is small or medium follows from its size."""
OF_COSTS = frozenset({COSTS, LARGEST, REQUESTED, CO_FINANCING})
COUNTED_AS_CO_FINANCING = ("own", "employer", "fund", "public", "other")
MILLION = 10**6
LEAD = 1
"""The number of the lead partner among the members."""


def together(track: Track) -> bool:
    """Say whether a partnership takes part in a track in any role, so that there are members."""
    return "partnership" in (track.applicant, track.beneficiary, track.payee, track.reporter)


def computed_facts(vocabulary: Vocabulary) -> frozenset[str]:
    """Name the facts that are computed for a partnership and never typed."""
    own = {PARTIES, SMES, SME_SHARE, LARGEST, REQUESTED, CO_FINANCING, LINKED, *SUMS}
    return frozenset(own | {name for name, fact in vocabulary.facts.items() if adds_up(fact)}) & set(vocabulary.facts)


def adds_up(fact: Fact) -> bool:
    """Say whether a fact of an organisation adds up over several: an amount, or a number of people or things."""
    counted = fact.type == "money" or (fact.type == "int" and fact.unit in ("person", "number"))
    return fact.table == "employer" and counted


@dataclass(frozen=True, slots=True)
class Reads:
    """What the rules of a track look at of a partnership: which facts, and whether the size of firms matters.

    `planned`: the number of participants comes from a plan, so that no member is asked for it.
    """

    facts: frozenset[str]
    size: bool
    planned: bool = False

    def of_member(self, kind: str, vocabulary: Vocabulary) -> tuple[Fact, ...]:
        """Give the facts that are asked of a member of a kind, in the order of the vocabulary."""
        wanted = {SUMS[name] for name in self.facts if name in SUMS and not (self.planned and name == PARTICIPANTS)}
        wanted |= {name for name in self.facts if name in vocabulary.facts and adds_up(vocabulary.facts[name])}
        wanted |= {LINKED} & self.facts
        if self.facts & OF_COSTS:
            wanted.add(SUMS[COSTS])
        if self.size and kind == EMPLOYER:
            wanted |= set(SIZE)
        return tuple(fact for name, fact in vocabulary.facts.items() if name in wanted)


def reads_of(settled: Settled) -> Reads:
    """Give what a settled track looks at."""
    trees = [one.written for one in settled.conditions]
    trees += [node for track in settled.tracks for node in (track.granted, track.most) if node is not None]
    size = bool({SMES, SME_SHARE} & settled.facts) or any(_asks_for_sme(node) for node in trees)
    return Reads(settled.facts, size)


def _asks_for_sme(node: Node) -> bool:
    if isinstance(node, Has) and node.member == SME and node.fact.name == PARTIES:
        return True
    return any(_asks_for_sme(part) for part in parts_of(node))


@dataclass(frozen=True, slots=True)
class Joined:
    """A member as it counts: its number, what kind of party it is, and what was told of it."""

    number: int
    kind: str
    told: Profile


def is_sme(told: Profile, law: LawTables) -> bool | None:
    """Say whether a firm is small or medium by law/firm-size.toml; None while that is not certain."""
    answers = [_fits(told, one.fewer_than, one.turnover, one.balance_total) for one in law.firm_sizes]
    if True in answers:
        return True
    return None if None in answers else False


def _fits(told: Profile, fewer_than: int, turnover: int, balance: int) -> bool | None:
    """Count as the rules do: unknown stays unknown, what does not apply does not fit."""
    employees, turns, owns = (told.get(name) for name in SIZE)
    few = None if employees is None else employees is not NA and employees < fewer_than
    money = [
        None if one is None else one is not NA and one <= most for one, most in ((turns, turnover), (owns, balance))
    ]
    rich_enough = True if True in money else (None if None in money else False)
    if few is False or rich_enough is False:
        return False
    return True if few and rich_enough else None


def totals(
    members: Sequence[Joined], shares: Told | None, financing: Told | None, *, reads: Reads, vocabulary: Vocabulary,
    law: LawTables,
) -> Profile:  # fmt: skip
    """Compute what is known of the totals; one that lacks anything of any member is left out, and so is unknown.

    A division counts while it is of the members and of the cost as they are now. Without the lead partner nothing is known.
    """
    if not any(one.number == LEAD for one in members):
        return {}
    found: dict[str, Any] = {
        name: sum(one.told[name] for one in members if one.told[name] is not NA)
        for name, fact in vocabulary.facts.items()
        if adds_up(fact) and all(name in one.told for one in members)
    }
    found |= {total: found[name] for total, name in SUMS.items() if name in found}
    if all(LINKED in one.told for one in members):
        found[LINKED] = ", ".join(sorted({one.told[LINKED] for one in members} - {NA})) or NA
    found |= _parties(members, reads, law)
    cost = found.get(COSTS)
    if shares is not None and fits_shares(shares, {one.number for one in members}, cost):
        found[LARGEST] = -(-max(one.part for one in shares.parts) * MILLION // shares.whole)
    if financing is not None and financing.whole == cost:
        found[REQUESTED] = financing.of(["scheme"])
        found[CO_FINANCING] = financing.of(COUNTED_AS_CO_FINANCING) * MILLION // financing.whole
    return {name: value for name, value in found.items() if name in vocabulary.facts}


def fits_shares(shares: Told, members: Collection[int], cost: int | None) -> bool:
    """Say whether shares are of these members and, in cents, of this cost."""
    return shares.members == frozenset(members) and (shares.unit == "hundredths" or shares.whole == cost)


def _parties(members: Sequence[Joined], reads: Reads, law: LawTables) -> dict[str, Any]:
    """Give which kinds of parties take part, and how many are small or medium; while a size is unknown that is too."""
    sizes = [is_sme(one.told, law) for one in members if one.kind == EMPLOYER]
    kinds = frozenset(one.kind for one in members)
    if None in sizes:
        return {} if reads.size else {PARTIES: kinds}
    smes = sizes.count(True)
    parties = kinds | {SME} if smes else kinds
    return {PARTIES: parties, SMES: smes, SME_SHARE: smes * MILLION // len(members)}
