"""What is not ours, with books of its own: the post, which sometimes does not take a letter, the bank, which really pays, a virus scanner.

The product's letters and payment files come here by the ways that a site names in its settings. What these books say is what
happened; the checks hold the product's own figures against it.
"""

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings

from doorleren.applications.evidence.scanning import Found
from doorleren.letters.models import Letter
from doorleren.letters.ways import NotSent
from doorleren.payments.bank_channel import NotTaken

NOT_TAKEN = 0.15
SCANS: tuple[Found, ...] = ("clean", "infected", "failed")
REJECTS, RETURNS = 0.15, 0.15
_TRANSFER = re.compile(
    r"<EndToEndId>(?P<id>[^<]*)</EndToEndId>.*?<InstdAmt[^>]*>(?P<whole>\d+)\.(?P<rest>\d\d)</InstdAmt>"
    r".*?<CdtrAcct>.*?<IBAN>(?P<iban>[^<]*)</IBAN>",
    re.DOTALL,
)


@dataclass
class Payment:
    """One payment as the bank knows it, in cents. `state`: ordered, paid, rejected or returned; `told`: what it said of it."""

    id: str
    cents: int
    iban: str
    state: str = "ordered"
    told: list[str] = field(default_factory=list)

    @property
    def out(self) -> int:
        """Give the cents that left the account and did not come back."""
        return self.cents if self.state == "paid" else 0


@dataclass
class Receipt:
    """What somebody paid in at the bank, in cents. `names`: the reference of a case; `read`: the body read it in."""

    id: str
    cents: int
    names: str
    read: bool = False


@dataclass
class Book:
    """What the bank of one body keeps: the files that it got, the payments in them, what was paid in."""

    files: dict[str, bytes] = field(default_factory=dict)
    payments: dict[str, Payment] = field(default_factory=dict)
    receipts: list[Receipt] = field(default_factory=list)


class Outside:
    """The post, the bank and a virus scanner."""

    def __init__(self, chance: random.Random) -> None:
        """Begin with empty books."""
        self.chance = chance
        self.taken: set[int] = set()
        self.book = Book()
        self.twice: list[str] = []

    # --- the post

    def post(self, letter: int) -> None:
        """Take a letter, or raise NotSent. The same letter twice is one."""
        if self.chance.random() < NOT_TAKEN:
            raise NotSent("not-taken")
        self.taken.add(letter)

    def open_book(self, book: Book) -> None:
        """Write from now on in the book of the bank of another body."""
        self.book = book

    # --- the virus scanner

    def scan(self, _content: bytes) -> Found:
        """Say what is found in a document; sometimes nothing is answered."""
        return self.chance.choices(SCANS, (8, 1, 2))[0]

    # --- the bank

    def receive(self, name: str, content: bytes) -> None:
        """Take a payment file, or raise NotTaken. The same name is the same file; an id that was there before is noted."""
        if self.chance.random() < NOT_TAKEN:
            raise NotTaken("the bank does not answer")
        book = self.book
        if name in book.files:
            self.twice += [name] if book.files[name] != content else []
            return
        book.files[name] = content
        for found in _TRANSFER.finditer(content.decode()):
            one = Payment(found["id"], int(found["whole"]) * 100 + int(found["rest"]), found["iban"])
            self.twice += [one.id] if one.id in book.payments else []
            book.payments[one.id] = one

    def pay_in(self, cents: int, names: str) -> None:
        """Take money that somebody pays in, with the words that name a case, or none."""
        book = self.book
        book.receipts.append(Receipt(f"IN{len(book.receipts) + 1:08d}", cents, names))

    def work(self) -> None:
        """Do something about a payment that waits, or return one that was paid."""
        waiting = [one for one in self.book.payments.values() if one.state == "ordered"]
        paid = [one for one in self.book.payments.values() if one.state == "paid"]
        if waiting:
            one = self.chance.choice(waiting)
            one.state = "rejected" if self.chance.random() < REJECTS else "paid"
        if paid and self.chance.random() < RETURNS:
            self.chance.choice(paid).state = "returned"


_current: list[Outside] = []


class Way:
    """The way of letters to this outside."""

    def send(self, letter: Letter, pdf: bytes, turn: int) -> None:
        """Post it, or raise NotSent."""
        _current[-1].post(letter.pk)


class Channel:
    """The way of payment files to this outside."""

    def hand(self, name: str, content: bytes) -> None:
        """Hand it over, or raise NotTaken."""
        _current[-1].receive(name, content)


@contextmanager
def with_outside(outside: Outside) -> Iterator[None]:
    """Let letters and payment files go to this outside, as a site does that names its own ways."""
    here = __name__
    before = settings.DOORLEREN_LETTER_WAYS, settings.DOORLEREN_BANK_CHANNEL
    settings.DOORLEREN_LETTER_WAYS = dict.fromkeys(before[0], f"{here}.Way")
    settings.DOORLEREN_BANK_CHANNEL = f"{here}.Channel"
    _current.append(outside)
    try:
        yield
    finally:
        _current.pop()
        settings.DOORLEREN_LETTER_WAYS, settings.DOORLEREN_BANK_CHANNEL = before
