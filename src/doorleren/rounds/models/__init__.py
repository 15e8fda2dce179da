"""The tables of rounds, by subject: the round with its tickets and places, and what withdrawing changes of places.

The lean intake (server/intake) writes tickets and their batches with SQL of its own; a test holds that SQL against
these columns. Tickets, batches, places and what changes them are only ever added to.
"""

from doorleren.rounds.entering import NUMBER_BITS
from doorleren.rounds.models.by_day import DayOfReceipt
from doorleren.rounds.models.completeness import Completeness
from doorleren.rounds.models.package import Package, PackageComponent, PackageRound
from doorleren.rounds.models.proposal import ACTS, RoundProposal
from doorleren.rounds.models.round import (
    Allocation,
    Batch,
    Gate,
    Place,
    PotPart,
    Round,
    RoundDraw,
    Sample,
    Ticket,
)
from doorleren.rounds.models.superseded import Superseded
from doorleren.rounds.models.withdrawal import FixedPlace, PlaceChange, Withdrawal

__all__ = [
    "ACTS",
    "NUMBER_BITS",
    "Allocation",
    "Batch",
    "Completeness",
    "DayOfReceipt",
    "FixedPlace",
    "Gate",
    "Package",
    "PackageComponent",
    "PackageRound",
    "Place",
    "PlaceChange",
    "PotPart",
    "Round",
    "RoundDraw",
    "RoundProposal",
    "Sample",
    "Superseded",
    "Ticket",
    "Withdrawal",
]
