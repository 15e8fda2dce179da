"""What a scheme gives, in words, by its kind of procedure: a grant, a loan, a place or support, and what is done with it.

The one place where these words come from, for pages, letters and the names of acts. In Dutch each name is a word with "de", so
that one sentence can take any of them. The acts, their articles and the ledger are the same for all.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from doorleren.core.texts import Texts, in_language
from doorleren.rules.frameworks import LOAN, PURCHASE, SERVICE


@dataclass(frozen=True, slots=True)
class Provision:
    """The words for what one kind of procedure gives. `one`: as something that somebody gets. `gets`: before an amount.

    `grant`, `granted`, `granting`: to give it; `settle`, `settled`, `settling`: to end it with an amount. `advance`: what is paid
    before that; `as_advance`: as what. `keeps`: what need not be paid back of it. `acts`: names of acts that are other than in the table of acts, and
    `meant`: what a notice of intent is about, other than for a grant.
    """

    name: Texts
    one: Texts
    gets: Texts
    grant: Texts
    granted: Texts
    granting: Texts
    settle: Texts
    settled: Texts
    settling: Texts
    advance: Texts
    the_advance: Texts
    as_advance: Texts
    keeps: Texts
    acts: Mapping[str, Texts] = field(default_factory=dict)
    meant: Mapping[str, Texts] = field(default_factory=dict)

    def says(self, language: str) -> dict[str, str]:
        """Give the words in a language, by name, for sentences that take them."""
        return {
            "name": in_language(self.name, language), "one": in_language(self.one, language),
            "grant": in_language(self.grant, language), "granted": in_language(self.granted, language),
            "granting": in_language(self.granting, language), "settle": in_language(self.settle, language),
            "settled": in_language(self.settled, language), "settling": in_language(self.settling, language),
            "advance": in_language(self.advance, language),
        }  # fmt: skip

    def filled(self, texts: Texts) -> Texts:
        """Give a text with these words in it, where it names them between braces."""
        return {language: text.format(**self.says(language)) for language, text in texts.items()}


def _said(nl: str, en: str) -> Texts:
    return {"nl": nl, "en": en}


MEANT: Mapping[str, Texts] = {
    "refuse": _said("uw aanvraag af te wijzen", "to refuse your application"),
    "withdraw": _said("uw {name} in te trekken", "to withdraw your {name}"),
    "lower": _said("uw {name} te verlagen", "to lower your {name}"),
    "settle_lower": _said("uw {name} lager vast te stellen", "to settle your {name} at a lower amount"),
    "settle_at_nil": _said("uw {name} op nul vast te stellen", "to settle your {name} at nil"),
}
"""What is meant by a notice of intent, of a grant."""
_PAID_LESS = _said("minder te betalen voor uw {name}", "to pay less for your {name}")
_PAID_TO_ANOTHER = {
    "lower": _PAID_LESS,
    "settle_lower": _PAID_LESS,
    "settle_at_nil": _said("niets te betalen voor uw {name}", "to pay nothing for your {name}"),
}
_GIVEN = {
    "granted": _said("toegekend", "granted"),
    "partly_granted": _said("gedeeltelijk toegekend", "partly granted"),
}
_ACTS_OF_WHAT_IS_BOUGHT = _GIVEN | {
    "settlement_requested": _said("om afrekening gevraagd", "settlement requested"),
    "settled_as_granted": _said("afgerekend zoals toegekend", "settled as granted"),
    "settled_lower": _said("lager afgerekend", "settled lower"),
    "settled_at_nil": _said("op nihil afgerekend", "settled at nil"),
    "advance_paid": _said("vooraf betaald", "paid beforehand"),
}

GRANT = Provision(
    name=_said("subsidie", "grant"), one=_said("subsidie", "a grant"), gets=_said("u krijgt", "you receive"),
    grant=_said("verlenen", "grant"), granted=_said("verleend", "granted"), granting=_said("verlening", "grant"),
    settle=_said("vaststellen", "settle"), settled=_said("vastgesteld", "settled"), settling=_said("vaststelling", "settlement"),
    advance=_said("voorschot", "advance"), the_advance=_said("het voorschot", "the advance"),
    as_advance=_said("als voorschot", "as an advance"), keeps=_said("daarvan mag u houden", "of which you may keep"),
)  # fmt: skip
"""What a scheme gives where nothing else is said here."""
_OTHERS: Mapping[str, Provision] = {
    LOAN: Provision(
        name=_said("lening", "loan"), one=_said("een lening", "a loan"), gets=_said("u leent", "you borrow"),
        grant=_said("toekennen", "grant"), granted=_said("toegekend", "granted"), granting=_said("toekenning", "granting"),
        settle=_said("afsluiten", "conclude"), settled=_said("afgelost", "repaid"), settling=_said("aflossing", "repayment"),
        advance=_said("uitbetaling", "payout"), the_advance=_said("de uitbetaling", "the payout"),
        as_advance=_said("als lening", "as a loan"), keeps=_said("daarvan blijft uw lening", "of which your loan remains"),
        acts=_GIVEN | {
            "settlement_requested": _said("om afsluiting gevraagd", "conclusion requested"),
            "settled_as_granted": _said("afgelost", "repaid"), "settled_lower": _said("lager afgesloten", "concluded lower"),
            "settled_at_nil": _said("op nihil afgesloten", "concluded at nil"),
            "advance_paid": _said("lening uitbetaald", "loan paid out"),
        },
    ),
    PURCHASE: Provision(
        name=_said("plek", "place"), one=_said("een plek", "a place"), gets=_said("wij betalen", "we pay"),
        grant=_said("toekennen", "grant"), granted=_said("toegekend", "granted"), granting=_said("toekenning", "granting"),
        settle=_said("afrekenen", "settle"), settled=_said("afgerekend", "settled"), settling=_said("afrekening", "settlement"),
        advance=_said("betaling vooraf", "payment beforehand"), the_advance=_said("de betaling vooraf", "the payment beforehand"),
        as_advance=_said("vooraf", "beforehand"), keeps=_said("dit hoeft u niet terug te betalen", "what you do not have to pay back"),
        acts=_ACTS_OF_WHAT_IS_BOUGHT, meant=_PAID_TO_ANOTHER,
    ),
    SERVICE: Provision(
        name=_said("ondersteuning", "support"), one=_said("ondersteuning", "support"), gets=_said("wij betalen", "we pay"),
        grant=_said("toekennen", "grant"), granted=_said("toegekend", "granted"), granting=_said("toekenning", "granting"),
        settle=_said("afrekenen", "settle"), settled=_said("afgerekend", "settled"), settling=_said("afrekening", "settlement"),
        advance=_said("betaling vooraf", "payment beforehand"), the_advance=_said("de betaling vooraf", "the payment beforehand"),
        as_advance=_said("vooraf", "beforehand"), keeps=_said("dit hoeft u niet terug te betalen", "what you do not have to pay back"),
        acts=_ACTS_OF_WHAT_IS_BOUGHT, meant=_PAID_TO_ANOTHER,
    ),
}  # fmt: skip


_NO_GRANT = (PURCHASE, SERVICE)
_ON_GRANTS = "Kaderregeling subsidies"
_TITLE = range(21, 81)
_AWB, _ARTICLE = "Awb, art. ", re.compile(r"(\d+):(\d+)[a-z]?(?:\(\d+\))?")
"""Title 4.2 of the Awb, on grants: art. 4:21 to 4:80."""


def holds_for(citation: str, procedure: str) -> str:
    """Give what of a citation holds for what a procedure gives; "" where nothing does: the law on grants is about no place and no support.

    A loan is a grant by that law (Awb 4:21). Example: of "Awb, art. 4:57 and 4:93" for a purchase "Awb, art. 4:93".
    """
    if procedure not in _NO_GRANT:
        return citation
    found = (_without_grants(one) for one in citation.split("; "))
    return "; ".join(one for one in found if one)


def _without_grants(source: str) -> str:
    if source.startswith(_ON_GRANTS):
        return ""
    if not source.startswith(_AWB):
        return source
    every = list(_ARTICLE.finditer(source))
    kept = [one[0] for one in every if not (one[1] == "4" and int(one[2]) in _TITLE)]
    if len(kept) == len(every):
        return source
    *first, last = kept or [""]
    return f"{_AWB}{', '.join(first)}{' and ' if first else ''}{last}" if last else ""


def provision_of(procedure: str) -> Provision:
    """Give the words for what a procedure gives. Example: of "purchase" a place, of "direct" a grant."""
    return _OTHERS.get(procedure, GRANT)


def what_is_meant(meant: str, procedure: str, language: str) -> str:
    """Say what is meant (`MEANT`), as the letter of the notice of intent says it. Raises KeyError."""
    found = provision_of(procedure)
    return in_language(found.filled(found.meant.get(meant, MEANT[meant])), language)
