"""The sources that a file names under [source], and what cites them. Raises SchemeFault."""

from collections.abc import Mapping

from doorleren.rules.shape import Part
from doorleren.rules.versions import WEIGHTS, Citation, Source


def read_sources(part: Part) -> dict[str, Source]:
    """Read the sources of a file by their ids. Raises SchemeFault."""
    return {name: _source(name, entry) for name, entry in part.table("source").named_parts()}


def read_citation(part: Part, sources: Mapping[str, Source], key: str = "source") -> Citation:
    """Read where something comes from: a place in one of the sources, or an assumption. Raises SchemeFault."""
    text: str = part.required(key, str)
    if text.startswith("assumption"):
        return Citation(text, "assumption")
    name, _, place = text.partition(",")
    source = sources.get(name.strip())
    if source is None:
        part.refuse(key, text, "an id under [source] (" + ", ".join(sources) + ") or 'assumption: …'")
    return Citation(f"{source.cite}, {place.strip()}" if place else source.cite, source.weight)


def _source(name: str, part: Part) -> Source:
    part.optional("found")
    source = Source(name, part.required("cite", str), part.choice("weight", WEIGHTS))
    part.finish()
    return source
