"""Templates of letters: data in `law/letters/`, or beside a scheme in `schemes/<id>/letters/`, which goes before it.

A template has a subject and blocks. A text names variables between braces; a paragraph is separated by an empty line.
`<kind>.<procedure>.toml` is the letter of a kind in the words of one kind of procedure (a loan, a service), and goes before it.
Read and checked as a whole: every variable exists, every text is there in both languages. Pure.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from doorleren.core.texts import Texts
from doorleren.letters.variables import SPOKEN, VARIABLES
from doorleren.rules.faults import SchemeFault
from doorleren.rules.files import read_toml
from doorleren.rules.frameworks import PROCEDURES
from doorleren.rules.library import is_scheme_folder
from doorleren.rules.shape import LANGUAGES, Part

NAMED = re.compile(r"\{([a-z_]*)\}")
BLOCKS = {"text": "", "heading": "", "list": "lines", "reasons": "reasons", "sums": "sums"}
"""The kinds of blocks, and the kind of variable that one `of` them shows; "" for blocks of text."""
SHARED = "_"
"""What the name of a template begins with that is only used within others."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a letter: texts, or what a variable lists. Shown when the truth `when` is true; "" for always."""

    kind: str
    texts: Texts
    of: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of letter. `path` says where it stands, for who wants to change it."""

    id: str
    subject: Texts
    blocks: tuple[Block, ...]
    path: str

    @property
    def variables(self) -> frozenset[str]:
        """Give the names of everything that must be filled in."""
        named = {name for text in self.subject.values() for name in NAMED.findall(text)}
        for one in self.blocks:
            named |= {name for text in one.texts.values() for name in NAMED.findall(text)}
            named |= {name for name in (one.of, one.when) if name}
        return frozenset(named)


def read_templates(place: Path, named: str = "") -> dict[str, Template]:
    """Read all templates of a folder by id; none where there is no such folder. `named`: what faults call it. Raises SchemeFault."""
    parts = {
        path.stem: Part(_read(path, where), where)
        for path in sorted(place.glob("*.toml"))
        for where in (f"{named or place.name}/{path.name}",)
    }
    return {name: _template(name, part, parts) for name, part in parts.items() if not name.startswith(SHARED)}


def templates_of(scheme: str, *, law: Path, schemes: Sequence[Path]) -> dict[str, Template]:
    """Give the letters of a scheme: its own, and those of the law for the rest. Raises SchemeFault.

    A letter of its own goes before all of that kind in the law, also before one of its procedure.
    """
    found = read_templates(law / "letters")
    for folder in schemes:
        own = _own_templates(folder, scheme)
        found = {name: one for name, one in found.items() if kind_of(name) not in own} | own
    return found


def templates_of_schemes(
    known: Container[str], *, law: Path, schemes: Sequence[Path]
) -> dict[str, dict[str, Template]]:
    """Give the letters that schemes have of their own, by the id of the scheme; everything that a site may send is read for it.

    Raises SchemeFault where one is wrong, is of no scheme (`known`: their ids), or of a kind that is never sent.
    """
    kinds = sorted({kind_of(name) for name in read_templates(law / "letters")})
    found: dict[str, dict[str, Template]] = {}
    for folder in schemes:
        for place in sorted(one for one in folder.iterdir() if is_scheme_folder(one) and (one / "letters").is_dir()):
            own = _own_templates(folder, place.name)
            if place.name not in known:
                raise SchemeFault(f"{place.name}/letters: given {place.name!r}, allowed is the id of a scheme")
            for name, one in own.items():
                if kind_of(name) not in kinds:
                    raise SchemeFault(f"{one.path}: given {kind_of(name)!r}, allowed is {', '.join(kinds)}")
            found[place.name] = found.get(place.name, {}) | own
    return found


def _read(path: Path, where: str) -> dict[str, Any]:
    try:
        return read_toml(path)
    except SchemeFault as fault:
        raise SchemeFault(f"{where}: {fault}") from fault


def _own_templates(folder: Path, scheme: str) -> dict[str, Template]:
    return read_templates(folder / scheme / "letters", f"{scheme}/letters")


def kind_of(name: str) -> str:
    """Give the kind of letter of a template by its name. Example: "granted.loan" is a "granted"."""
    return name.partition(".")[0]


def best_of(templates: Mapping[str, Template], kind: str, procedure: str) -> Template:
    """Give the letter of a kind for a procedure: in its own words where there is such a one. Raises KeyError."""
    return templates.get(f"{kind}.{procedure}") or templates[kind]


def _template(name: str, part: Part, parts: Mapping[str, Part]) -> Template:
    kind, _, procedure = name.partition(".")
    if procedure and procedure not in PROCEDURES:
        part.refuse("name", procedure, ", ".join(PROCEDURES))
    found = Template(part.choice("id", (kind,)), _texts(part.table("subject")), tuple(_blocks(part, parts)), part.where)
    part.finish()
    return found


def _blocks(part: Part, parts: Mapping[str, Part]) -> Iterator[Block]:
    for one in part.parts("block"):
        use = one.optional("use", str)
        if use is None:
            yield _block(one)
            continue
        if SHARED + use not in parts:
            one.refuse("use", use, ", ".join(sorted(key[1:] for key in parts if key.startswith(SHARED))) or "nothing")
        one.finish()
        shared = parts[SHARED + use]
        yield from (_block(Part(inner.content, inner.where)) for inner in shared.parts("block"))


def _block(part: Part) -> Block:
    kind = part.choice("kind", tuple(BLOCKS), "text")
    of, when = part.optional("of", str, ""), part.optional("when", str, "")
    wanted = BLOCKS[kind]
    fitting = [name for name, one in VARIABLES.items() if one.kind == wanted]
    if (wanted or of) and of not in fitting:
        part.refuse("of", of, ", ".join(fitting) or "nothing here")
    if when and (when not in VARIABLES or VARIABLES[when].kind != "truth"):
        part.refuse("when", when, ", ".join(name for name, one in VARIABLES.items() if one.kind == "truth"))
    texts = _texts(part) if not wanted or any(part.optional(one, str) for one in LANGUAGES) else {}
    part.finish()
    return Block(kind, texts, of, when)


def _texts(part: Part) -> Texts:
    """Read a text in every language; each may name only variables that can stand in a sentence."""
    found = {language: part.required(language, str).strip() for language in LANGUAGES}
    for language, text in found.items():
        for name in NAMED.findall(text):
            if name not in VARIABLES or VARIABLES[name].kind not in SPOKEN:
                part.refuse(language, f"{{{name}}}", "a variable of a sentence, of letters/variables.py")
            if VARIABLES[name].kind == "sentences" and f"{{{name}}}." in text:
                part.refuse(language, f"{{{name}}}.", f"{{{name}}} without a full stop: it is whole sentences")
        if left := NAMED.sub("", text).count("{") + NAMED.sub("", text).count("}"):
            part.refuse(language, f"{left} loose braces", "braces around the name of a variable only")
    return found


__all__ = ["Block", "SchemeFault", "Template", "best_of", "read_templates", "templates_of", "templates_of_schemes"]
