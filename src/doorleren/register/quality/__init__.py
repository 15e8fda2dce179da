"""The demands on an offer of training, as the papers name them: each its own file, found here, asked by `assess`.

Called by pages for officials and providers, and by the commands of admission, which take the names of checks.
"""

from doorleren.register.quality import (
    offer_has_modules_for_certificates,
    offer_is_diverse_in_level,
    participants_are_guided,
    provider_is_recognised,
    training_is_relevant_to_work,
    training_teaches_named_skills,
)
from doorleren.register.quality.offers import Check, Finding, Offer

CHECKS: tuple[Check, ...] = (
    provider_is_recognised.CHECK,
    offer_is_diverse_in_level.CHECK,
    offer_has_modules_for_certificates.CHECK,
    training_teaches_named_skills.CHECK,
    participants_are_guided.CHECK,
    training_is_relevant_to_work.CHECK,
)
"""All checks, in the order in which a page shows them. A module is asked the same as any other training."""


def assess(offer: Offer, checks: tuple[Check, ...] = CHECKS) -> list[Finding]:
    """Ask every check of an offer: one finding of the whole, or one per activity."""
    found: list[Finding] = []
    for check in checks:
        if check.of_offer is not None:
            answer = check.of_offer(offer)
            found.append(Finding(check.name, answer.holds, answer.texts))
        if check.of_entry is not None:
            for entry in offer.entries:
                answer = check.of_entry(offer, entry)
                found.append(Finding(check.name, answer.holds, answer.texts, entry.code))
    return found
