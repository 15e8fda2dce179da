"""Why an act on a round is refused: a sentence, and the field of the form that it belongs to."""

from doorleren.core.refusals import ActRefused
from doorleren.core.texts import Texts


class RoundRefused(ActRefused):
    """The act is not done; `texts` says why, `field` names what was filled in wrong, or nothing."""

    def __init__(self, texts: Texts, field: str = "") -> None:
        """Keep both."""
        super().__init__(texts)
        self.field = field


class PlacesMove(RoundRefused):
    """A decision waits for places that are about to be given anew (fill_freed); it can be taken once they were."""


def refused(nl: str, en: str, field: str = "") -> RoundRefused:
    """Write a refusal."""
    return RoundRefused({"nl": nl, "en": en}, field)
