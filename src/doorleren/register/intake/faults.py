"""What can be wrong with a file, a row or a value, said in Dutch and English with the field, the given and the allowed."""

from dataclasses import dataclass

from doorleren.core.texts import Texts
from doorleren.register.intake.called import called

MOST_SHOWN = 80
"""Characters of a given value that a fault repeats."""


class Unreadable(ValueError):
    """The file cannot be read at all; `text` says why and what would help, in Dutch and English."""

    def __init__(self, nl: str, en: str) -> None:
        """Keep the sentence in both languages; as text it is English."""
        self.text: Texts = {"nl": nl, "en": en}
        super().__init__(en)


class Misread(ValueError):
    """A value cannot be read; `allowed` says what can. `refuses` overrules the weight of the field, if given."""

    def __init__(self, allowed: Texts, *, refuses: bool | None = None) -> None:
        """Keep what is allowed; who knows the row makes a fault of it."""
        self.allowed = allowed
        self.refuses = refuses
        super().__init__(allowed["en"])


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one row: the field of the entry, what was given (shortened), what is allowed, a sentence.

    `refuses` is false where the row stands without the value. `column` is what the file calls the field.
    """

    row: int
    field: str
    given: str
    allowed: Texts
    text: Texts
    refuses: bool = True
    column: str = ""


def fault(
    row: int, name: str, given: object, allowed: Texts, *, refuses: bool = True, column: str = "", in_object: bool = False
) -> Fault:  # fmt: skip
    """Make a fault with its sentence; a long value is shortened, and what cannot be printed is written out.

    `in_object` is for a file of JSON, which has fields and no columns.
    """
    shown, where = shortened(given), called(name, column, in_object=in_object)
    text = {
        "nl": f"Rij {row}, {where['nl']}: gegeven is {shown!r}, toegestaan is {allowed['nl']}.",
        "en": f"Row {row}, {where['en']}: given {shown!r}, allowed is {allowed['en']}.",
    }
    return Fault(row, name, shown, allowed, text, refuses, column)


def remark(
    row: int, name: str, given: object, allowed: Texts, read_as: Texts, *, column: str = "", in_object: bool = False
) -> Fault:
    """Say how a value was read that could have meant something else; the row stands. `read_as` ends the sentence."""
    shown, where = shortened(given), called(name, column, in_object=in_object)
    text = {
        "nl": f"Rij {row}, {where['nl']}: gegeven is {shown!r}, gelezen als {read_as['nl']}.",
        "en": f"Row {row}, {where['en']}: given {shown!r}, read as {read_as['en']}.",
    }
    return Fault(row, name, shown, allowed, text, refuses=False, column=column)


def shortened(given: object) -> str:
    """Give a value as one short line of text that any database and page can hold."""
    text = given[: MOST_SHOWN * 2] if isinstance(given, str) else str(given)[: MOST_SHOWN * 2]
    line = "".join(sign if sign.isprintable() else " " for sign in text)
    return line if len(line) <= MOST_SHOWN else line[: MOST_SHOWN - 1] + "…"
