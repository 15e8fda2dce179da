"""The two ways in which what was written can be wrong: a scheme file, or a profile."""


class SchemeFault(ValueError):
    """A scheme file cannot be loaded; the message names file, condition and column."""


class ProfileFault(ValueError):
    """A profile cannot be read; it names the fact, what was given and what is allowed."""

    def __init__(self, fact: str, given: object, allowed: str) -> None:
        """Keep the three parts apart, so that an API can show them in fields of their own."""
        self.fact = fact
        self.given = given
        self.allowed = allowed
        super().__init__(f"{fact}: given {_short(given)}, allowed is {allowed}")


def _short(given: object) -> str:
    text = repr(given) if isinstance(given, str) else str(given)
    return text if len(text) <= 80 else text[:77] + "…"
