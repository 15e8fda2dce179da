"""A plan in the words of the contract, the same for the command line, the pages and the API."""

from typing import Any

from doorleren.core.money import euros
from doorleren.finder.check import Finding
from doorleren.finder.contract import apply_as_dict
from doorleren.finder.plan import Combination, Exclusion, Plan, Share

NAMED_BECAUSE = {
    "loan": {"nl": "een lening betaalt u terug", "en": "a loan is paid back"},
    "tax": {"nl": "een belastingvoordeel verlaagt de prijs niet", "en": "a tax advantage does not lower the price"},
    "service": {"nl": "dit is hulp, geen geld", "en": "this is help, not money"},
    "uncertain": {
        "nl": "hoeveel het wordt, staat nog niet vast",
        "en": "how much it will be is not certain yet",
    },
    "other": {
        "nl": "dit betaalt iets anders dan de opleiding",
        "en": "this pays for something other than the training",
    },
}

EXCLUDED_BECAUSE = {
    "forbidden": {
        "nl": "{by} mag niet samen met {other} voor dezelfde kosten",
        "en": "{by} may not be combined with {other} for the same costs",
    },
    "state_aid": {
        "nl": "de staatssteun van drie jaar zou boven de grens komen",
        "en": "state aid over three years would exceed its limit",
    },
    "exhausted": {"nl": "de pot is leeg", "en": "the money has run out"},
    "closed": {"nl": "er is geen ronde open of aangekondigd", "en": "no round is open or announced"},
    "too_many": {
        "nl": "er zijn te veel regelingen om alle combinaties te wegen",
        "en": "there are too many schemes to weigh all combinations",
    },
}


def plan_as_dict(made: Plan, language: str = "nl") -> dict[str, Any]:
    """Write a plan as `plan --json` prints it; amounts are euros as text with two decimals."""
    return {
        "on": str(made.asked),
        "price": euros(made.price),
        "already_paid": euros(made.already_paid),
        "plans": [_combination(one, language) for one in made.combinations],
        "excluded": [
            {"combination": list(one.schemes), "reason": _excluded(one, language), "source": one.source}
            for one in made.excluded
        ],
        "named": [_named(finding, language) for finding in made.named],
    }


def _excluded(one: Exclusion, language: str) -> str:
    other = next((scheme for scheme in one.schemes if scheme != one.by), "")
    return EXCLUDED_BECAUSE[one.why][language].format(by=one.by, other=other)


def _combination(one: Combination, language: str) -> dict[str, Any]:
    return {"to_pay": euros(one.to_pay), "parts": [_part(share, language) for share in one.shares]}


def _part(share: Share, language: str) -> dict[str, Any]:
    finding = share.offer.finding
    return {
        "scheme": share.offer.scheme,
        "name": finding.version.called(language),
        "amount": euros(share.amount),
        "payer": finding.version.body.get("pays"),
        "apply": apply_as_dict(finding.track, finding.version, language),
        "order": share.order,
        "round": finding.round_state,
        "provided": [condition.says(language) for condition in finding.judgement.provided()]
        if finding.judgement
        else [],
    }


def _named(finding: Finding, language: str) -> dict[str, Any]:
    judgement, amount = finding.judgement, finding.track.amount
    kind = amount.kind
    if kind not in NAMED_BECAUSE:
        kind = "other" if amount.pays_for != "training" else "uncertain"
    most = judgement.amount_max if judgement else None
    return {
        "scheme": finding.scheme.id,
        "name": finding.version.called(language),
        "amount_max": None if most is None else euros(most),
        "round": finding.round_state,
        "reason": NAMED_BECAUSE[kind][language],
    }
