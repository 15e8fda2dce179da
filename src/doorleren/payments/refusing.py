"""How the ledger and the accounts of payees refuse: a sentence for who asked, and the field that it belongs to."""

from doorleren.core.money import euros
from doorleren.core.refusals import ActRefused
from doorleren.core.texts import Texts


class PaymentRefused(ActRefused):
    """The act is not done; `texts` says why, `field` names what was given wrong, or nothing."""

    def __init__(self, texts: Texts, field: str = "") -> None:
        """Keep both."""
        super().__init__(texts)
        self.field = field


def refused(nl: str, en: str, field: str = "") -> PaymentRefused:
    """Write a refusal."""
    return PaymentRefused({"nl": nl, "en": en}, field)


def ensure_within(cents: int, most: int, of: Texts) -> None:
    """Raise PaymentRefused unless 0 < cents <= most; `of` names what there is `most` of."""
    if 0 < cents <= most:
        return
    raise refused(
        f"Dit bedrag kan niet. Gegeven is € {euros(cents)}. Het mag van € 0.01 tot en met € {euros(most)} zijn: {of['nl']}.",
        f"This amount is not possible. Given is € {euros(cents)}. Allowed is € 0.01 up to € {euros(most)}: {of['en']}.",
        "cents",
    )
