"""Why an assessment or a decision is refused: a sentence, and the field that it belongs to."""

from doorleren.core.refusals import ActRefused
from doorleren.core.texts import Texts


class DecisionRefused(ActRefused):
    """The act is not done; `texts` says why, `field` names what was filled in wrong, or nothing; `code` names the reason."""

    def __init__(self, texts: Texts, field: str = "", code: str = "") -> None:
        """Keep them."""
        super().__init__(texts)
        self.field, self.code = field, code


def refused(code: str, nl: str, en: str, field: str = "") -> DecisionRefused:
    """Write a refusal."""
    return DecisionRefused({"nl": nl, "en": en}, field, code)
