"""How a command refuses an act for a reason that a rule gives: with the sentence for who asked."""

from doorleren.core.texts import Texts


class ActRefused(Exception):
    """An act that a rule refuses; `texts` is for the one who asked."""

    def __init__(self, texts: Texts) -> None:
        """Keep the sentence; the text of the error itself is Dutch."""
        super().__init__(texts["nl"])
        self.texts = texts
