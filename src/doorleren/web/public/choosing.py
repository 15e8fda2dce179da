"""Choices above a list: read from the address, shown in components/filter_form.html. What is not a choice counts as none."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Choice:
    """One list to pick from: the name in the address, its words, the word for no choice, and what there is to choose."""

    name: str
    label: str
    everything: str
    options: Mapping[str, str]

    def chosen(self, asked: QueryDict) -> str:
        """Give what was chosen; empty for nothing or for what is not offered."""
        value = asked.get(self.name, "")
        return value if value in self.options else ""

    def field(self, asked: QueryDict) -> dict[str, Any]:
        """Describe the list for the form."""
        chosen = self.chosen(asked)
        pairs = [("", self.everything), *self.options.items()]
        options = [{"value": value, "label": label, "selected": value == chosen} for value, label in pairs]
        return {"name": self.name, "label": self.label, "options": options}


def search_words(asked: QueryDict, name: str = "q") -> str:
    """Give what was typed to search for, without control signs."""
    typed = "".join(sign for sign in asked.get(name, "") if sign.isprintable())
    return typed.strip()[:LONGEST_SEARCH]


def contains(texts: Iterable[str], words: str) -> bool:
    """Say whether every word occurs somewhere in the texts, whatever the capitals and accents."""
    hay = plain(" ".join(texts))
    return all(word in hay for word in plain(words).split())


def plain(text: str) -> str:
    """Fold capitals, accents and hyphens away, so that "reintegratie" finds "re-integratie"."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return re.sub(r"[-‑–]", "", bare).casefold()
