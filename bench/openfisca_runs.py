"""Running the OpenFisca model over a draw: everything that it answers, for one person or for millions."""

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.periods import period
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from bench.opponents import openfisca_model as model
from bench.population import Drawn, arrays
from doorleren.rules.layout import column, member_column

PERIOD = period(model.PERIOD)


class Opponent:
    """The model, made for the words of a draw; texts are laid out as OpenFisca keeps them, before any measuring."""

    def __init__(self, drawn: list[Drawn]) -> None:
        self.system: TaxBenefitSystem = model.build({name: kind for one in drawn for name, kind in _inputs(one)})
        self.asked = [
            name
            for scheme, conditions in model.SCHEMES.items()
            for name in (*conditions, scheme, model.AMOUNT_COLUMNS[scheme])
        ]

    def facts(self, drawn: list[Drawn]) -> dict[str, np.ndarray]:
        """Lay a complete draw out."""
        laid = {}
        for name, values in arrays(drawn).items():
            kinds = getattr(self.system.get_variable(name), "possible_values", None)
            laid[name] = values if kinds is None else EnumArray(values.astype(np.int16), kinds)
        return laid

    def answers(self, facts: Mapping[str, np.ndarray], asked: list[str]) -> dict[str, np.ndarray]:
        """Answer everything in one simulation."""
        size = len(next(iter(facts.values())))
        simulation = SimulationBuilder().build_default_simulation(self.system, size)
        for name, values in facts.items():
            simulation.set_input(name, PERIOD, values)
        return {name: simulation.calculate(name, PERIOD) for name in asked}

    def in_chunks(self, facts: Mapping[str, np.ndarray], asked: list[str], size: int) -> list[dict[str, np.ndarray]]:
        """Answer chunk by chunk: kinder to the processor's caches, though not how OpenFisca is commonly run."""
        return [self.answers(part, asked) for part in chunks(facts, size)]


def _inputs(one: Drawn) -> Iterator[tuple[str, type | tuple[str, ...]]]:
    name = column(one.fact.name)
    match one.fact.type:
        case "set":
            yield from ((member_column(one.fact.name, word), bool) for word in one.words)
        case "enum" | "code":
            yield name, one.words
        case kind:
            yield name, {"bool": bool, "date": date, "int": int}.get(kind, float)


def chunks(facts: Mapping[str, np.ndarray], size: int) -> Iterator[dict[str, np.ndarray]]:
    """Cut arrays into pieces without copying."""
    for start in range(0, len(next(iter(facts.values()))), size):
        yield {name: values[start : start + size] for name, values in facts.items()}
