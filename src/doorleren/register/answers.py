"""What a rule of the register answers, and how an act of it is refused: a truth or a refusal, each with its sentence.

Rules give an `Answer`; commands raise `ActRefused` (a rule says no) or `Forbidden` (this person may not).
"""

from dataclasses import dataclass

from doorleren.core.refusals import ActRefused
from doorleren.core.texts import Texts


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether something holds: True, False or None (nobody knows), and the sentence that says why."""

    holds: bool | None
    texts: Texts


class Forbidden(ActRefused):
    """An act that this person may not do to this thing."""


__all__ = ["ActRefused", "Answer", "Forbidden"]
