"""The evaluator for one person that a verdict uses: one Python function per version, 0.6 ms to make.

It is written from the type-checked tree, never from the text of a scheme file: whole numbers and the names of facts
stand in it as literals, every other constant is passed in. Each different part stands once, as a line of its own, so
that what two conditions share is asked once. It is three times as fast as the closures of `person`, which say the
same of one condition at a time; a test compares the two.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from typing import Any

from doorleren.core.days import months_between, years_between
from doorleren.rules import tree
from doorleren.rules.profile import NA, Profile
from doorleren.rules.simplified import YES, simplified
from doorleren.rules.tree import walk

Truth = bool | None
Answering = Callable[[Profile], tuple[tuple[Truth, ...], tuple[Truth, ...]]]


def answering(conditions: Iterable[tree.Node], tracks: Iterable[Sequence[int]]) -> Answering:
    """Make the function that gives the truth of each condition and of each track (places of its conditions)."""
    writer = _Writer()
    told = [writer.name(simplified(node)) for node in conditions]
    truths = [writer.line(_every([told[place] for place in places])) if places else "True" for places in tracks]
    return writer.function(f"({_tuple(told)}, {_tuple(truths)})")


def amounting(node: tree.Node) -> Callable[[Profile], Any]:
    """Make the function that gives an amount in cents, None while unknown."""
    writer = _Writer()
    return writer.function(writer.name(simplified(node)))


def _tuple(names: Iterable[str]) -> str:
    return "(" + "".join(f"{name}, " for name in names) + ")"


class _Writer:
    """Writes a line per part and remembers under which name its value stands."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.names: dict[tree.Node, str] = {}
        self.given: dict[str, Any] = {"NA": NA, "years_between": years_between, "months_between": months_between}

    def name(self, node: tree.Node) -> str:
        return walk(node, self)

    def line(self, text: str) -> str:
        name = f"v{len(self.lines)}"
        self.lines.append(f"    {name} = {text}\n")
        return name

    def constant(self, value: Any) -> str:
        if value is None or isinstance(value, bool | int):
            return repr(value)
        name = f"k{len(self.given)}"
        self.given[name] = value
        return name

    def function(self, result: str) -> Callable[[Profile], Any]:
        source = f"def ask(profile):\n    get = profile.get\n{''.join(self.lines)}    return {result}\n"
        exec(compile(source, "<a version of a scheme>", "exec"), self.given)  # noqa: S102 - see the head of this module
        made: Callable[[Profile], Any] = self.given["ask"]
        return made

    def leaf(self, node: tree.Unknown | tree.Constant | tree.FactValue) -> str:
        if node not in self.names:
            if isinstance(node, tree.FactValue):
                self.names[node] = self.line(f"get({node.name!r})")
            else:
                self.names[node] = self.constant(None if isinstance(node, tree.Unknown) else node.value)
        return self.names[node]

    def branch(self, node: tree.Node, parts: list[str]) -> str:
        if node not in self.names:
            self.names[node] = self.line(self._text(node, parts))
        return self.names[node]

    def _text(self, node: tree.Node, parts: list[str]) -> str:
        first = parts[0]
        match node:
            case tree.Compare("==", _, right) if right == YES:
                return f"False if {first} is NA else {first}"
            case tree.Compare(sign, _, tree.Constant()):
                return f"None if {first} is None else {first} is not NA and {first} {sign} {parts[1]}"
            case tree.Compare(sign, _, _):
                return f"False if {_any(parts, 'NA')} else None if {_any(parts, 'None')} else {first} {sign} {parts[1]}"
            case tree.Among(_, members):
                return f"None if {first} is None else {first} in {self.constant(members)}"
            case tree.Has(_, member):
                return f"None if {first} is None else {first} is not NA and {self.constant(member)} in {first}"
            case tree.Applies():
                return f"None if {first} is None else {first} is not NA"
            case tree.Every():
                return _every(parts)
            case tree.Some():
                return f"True if {_any(parts, 'True')} else None if {_any(parts, 'None')} else False"
            case tree.Opposite():
                return f"None if {first} is None else not {first}"
            case tree.Presumed(_, _, who):
                return f"True if {first} is None and {parts[1]} == {self.constant(who)} else {first}"
            case tree.Choose():
                yes, no = parts[1:]
                same = f"{yes} if not ({_any([yes], 'None')}) and {yes} == {no} else None"
                return f"({yes} if {first} else {no}) if {first} is not None else ({same})"
        return self._arithmetic(node, parts)

    def _arithmetic(self, node: tree.Node, parts: list[str]) -> str:
        match node:
            case tree.Times(_, factor):
                return _guarded(parts, f"{parts[0]} * {factor}")
            case tree.HalfUp(_, divisor):
                return _guarded(parts, f"({parts[0]} + {divisor // 2}) // {divisor}")
            case tree.Product():
                return _guarded(parts, f"{parts[0]} * {parts[1]}")
            case tree.Between("days", _, _):
                return _guarded(parts, f"({parts[1]} - {parts[0]}).days")
            case tree.Between(unit, _, _):
                return _guarded(parts, f"{unit}_between({parts[0]}, {parts[1]})")
            case tree.Total():
                return _guarded(parts, " + ".join(parts))
            case tree.Extreme(greatest, _):
                sign = ">=" if greatest else "<="
                *others, last = parts
                least = reduce(lambda one, other: self.line(self._lesser(sign, one, other)), others)
                return self._lesser(sign, least, last)
        raise TypeError(f"no evaluation of {node!r}")

    def _lesser(self, sign: str, one: str, other: str) -> str:
        return _guarded([one, other], f"{one} if {one} {sign} {other} else {other}")


def _every(names: Sequence[str]) -> str:
    return f"False if {_any(names, 'False')} else None if {_any(names, 'None')} else True"


def _any(names: Iterable[str], value: str) -> str:
    """Ask whether a value is among some; a literal or constant is never None or NA."""
    asked = [f"{name} is {value}" for name in dict.fromkeys(names) if name.startswith("v")]
    return " or ".join(asked) or "False"


def _guarded(names: Iterable[str], text: str) -> str:
    return f"NA if {_any(names, 'NA')} else None if {_any(names, 'None')} else {text}"
