"""What the index of occupations keeps: which words, parts and trigrams stand where. Built once, written as one file."""

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from doorleren.register.words.analysis import analyse
from doorleren.register.words.compounds import Splitter
from doorleren.register.words.folding import words
from doorleren.register.words.forms import anybody, trigrams
from doorleren.register.words.related import Related

FILE, FORM = "occupations.json", 1
WHOLE, PART = 1.0, 0.7
COMMON_TRIGRAM = 0.025
"""A trigram in more than this share of the labels says too little to be kept."""


class UnusableIndex(ValueError):
    """The folder holds no index of occupations, or one that another version of the product made."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Everything by place: of an occupation in `ids`, of a label in `labels` (`owners` says whose it is).

    `in_labels`: stem → (occupations, how strongly: WHOLE word or PART). `in_descriptions`: stem → (occupations, times).
    `in_trigrams`: trigram → labels. `related`: stem → (share, stem) that stands beside it in other labels of the same
    occupations. `counts`: the words of the splitter of compounds.
    """

    ids: list[str]
    iscos: list[str]
    labels: list[str]
    owners: list[int]
    in_labels: dict[str, tuple[list[int], list[float]]]
    in_descriptions: dict[str, tuple[list[int], list[int]]]
    in_trigrams: dict[str, list[int]]
    related: Related
    counts: dict[str, int]

    def write(self, folder: Path) -> None:
        """Write the file whole or not at all: who reads meanwhile reads the old one."""
        folder.mkdir(parents=True, exist_ok=True)
        new = folder / f".{FILE}.{os.getpid()}"
        new.write_text(json.dumps({"form": FORM, **asdict(self)}, separators=(",", ":")), encoding="utf-8")
        new.replace(folder / FILE)

    @classmethod
    def read(cls, folder: Path) -> "Postings":
        """Read what `write` wrote. Raises UnusableIndex."""
        again = "build the index of occupations again"
        try:
            read: dict[str, Any] = json.loads((folder / FILE).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise UnusableIndex(f"{folder}: no {FILE} here; {again}") from None
        except ValueError as error:
            raise UnusableIndex(f"{folder / FILE}: cannot be read ({error}); {again}") from error
        if not isinstance(read, dict) or read.get("form") != FORM or {one.name for one in fields(cls)} - set(read):
            raise UnusableIndex(f"{folder / FILE}: made by another version; {again}")
        del read["form"]
        return cls(**read)._with_shared_numbers()

    def _with_shared_numbers(self) -> "Postings":
        """Give the same with one object per number, where reading made one for every place in the file.

        A question touches thousands of them: half a megabyte stays in the processor's cache, ten do not.
        """
        number = list(range(max(len(self.ids), len(self.labels)))).__getitem__
        strength = {WHOLE: WHOLE, PART: PART}
        return replace(
            self,
            owners=list(map(number, self.owners)),
            in_labels={
                stem: (list(map(number, places)), [strength.get(one, one) for one in strengths])
                for stem, (places, strengths) in self.in_labels.items()
            },
            in_descriptions={
                stem: (list(map(number, places)), times) for stem, (places, times) in self.in_descriptions.items()
            },
            in_trigrams={gram: list(map(number, labels)) for gram, labels in self.in_trigrams.items()},
        )


def stamp(folder: Path) -> tuple[int, int]:
    """Give what changes when another file is written in a folder. Raises UnusableIndex where there is none."""
    try:
        found = (folder / FILE).stat()
    except OSError:
        raise UnusableIndex(f"{folder}: no {FILE} here; build the index of occupations again") from None
    return found.st_ino, found.st_mtime_ns


def label_trigrams(label: str) -> frozenset[str]:
    """Give the trigrams of a whole label, its words in the form that names anybody."""
    return trigrams("_".join(anybody(word) for word in words(label)))


def label_stems(label: str, splitter: Splitter) -> dict[str, float]:
    """Give the stems of a label and how strongly each names it."""
    found: dict[str, float] = {}
    for token in analyse(label, splitter):
        found[token.stem] = WHOLE
        for part in token.parts:
            found.setdefault(part, PART)
    return found
