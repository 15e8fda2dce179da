"""What a rule of the register answers, and how an act of it is refused: a truth or a refusal, each with its sentence.

Rules give an `Answer`; commands raise `ActRefused` (a rule says no) or `Forbidden` (this person may not).
"""

from dataclasses import dataclass

from doorleren.core.texts import Texts


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether something holds: True, False or None (nobody knows), and the sentence that says why."""

    holds: bool | None
    texts: Texts


class ActRefused(Exception):
    """An act that a rule refuses; `texts` is for the one who asked."""

    def __init__(self, texts: Texts) -> None:
        """Keep the sentence; the text of the error itself is Dutch."""
        super().__init__(texts["nl"])
        self.texts = texts


class Forbidden(ActRefused):
    """An act that this person may not do to this thing."""
