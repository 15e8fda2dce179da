"""`doorleren letter`: check all templates of letters, those of schemes too, or show one on an example, as text or as the PDF that is sent."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from doorleren.cli.named import require_schemes
from doorleren.cli.surroundings import extra_folders
from doorleren.letters.examples import day_of_example, examples_of
from doorleren.letters.filled import Content, fill
from doorleren.letters.templates import Template, templates_of, templates_of_schemes
from doorleren.rules.library import open_library
from doorleren.shipped import folder


def add_letter(parser: argparse.ArgumentParser) -> None:
    """Add the kind of letter, the scheme and the language."""
    parser.add_argument(
        "template",
        metavar="TEMPLATE",
        nargs="?",
        default="",
        help="the kind of letter; without it all are checked and listed, those that schemes have of their own too",
    )
    parser.add_argument("--scheme", metavar="ID", default="", help="the letters of this scheme, where it has its own")
    parser.add_argument("--language", choices=("nl", "en"), default="nl", help="language of the letter (default: nl)")
    parser.add_argument("--pdf", metavar="FILE", type=Path, help="write the example as a PDF")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> int:
    """Show or list. Exit code 2 for a template that is not there or names what nobody fills in."""
    library = open_library(extra_folders())
    require_schemes(library, [options.scheme] if options.scheme else ())
    found = templates_of(options.scheme, law=folder("law"), schemes=library.folders)
    if not options.template:
        listed = [(options.scheme, one) for one in found.items()]
        if not options.scheme:
            own = templates_of_schemes(library.places, law=folder("law"), schemes=library.folders)
            listed += [(scheme, one) for scheme, letters in own.items() for one in letters.items()]
        return _list(listed, options)
    if options.template not in found:
        print(
            f"doorleren letter: TEMPLATE: given {options.template!r}, allowed is {', '.join(sorted(found))}",
            file=sys.stderr,
        )
        return 2
    content = fill(
        found[options.template],
        examples_of(options.template, options.language),
        on=day_of_example(options.template),
        language=options.language,
    )
    if options.pdf:
        from doorleren.letters.pdf import as_pdf  # loads the typesetter, which the rest does not need

        options.pdf.write_bytes(as_pdf(content))
        print(options.pdf)
    elif options.json:
        print(json.dumps(content.plain(), ensure_ascii=False, indent=1))
    else:
        print("\n\n".join(_lines(content)))
    return 0


def _list(letters: Iterable[tuple[str, tuple[str, Template]]], options: argparse.Namespace) -> int:
    """List templates with the schemes they are for, each filled with the examples: what cannot be filled is told and ends here."""
    listed = [
        {
            "template": name,
            "scheme": scheme or None,
            "subject": one.subject[options.language],
            "from": one.path,
            "variables": sorted(one.variables),
        }
        for scheme, (name, one) in letters
        if fill(one, examples_of(name, options.language), on=day_of_example(name), language=options.language)
    ]
    if options.json:
        print(json.dumps(listed, ensure_ascii=False, indent=1))
    else:
        for each in listed:
            print(f"{each['template']}: {each['subject']}  [{each['from']}]")
    return 0


def _lines(content: Content) -> Iterator[str]:
    """Write a letter as plain text."""
    yield "\n".join((content.body, "", content.recipient, *content.address))
    yield f"{content.words['date']}: {content.day}\n{content.words['reference']}: {content.reference}"
    yield content.subject.upper()
    for piece in content.pieces:
        if piece.kind == "table":
            yield "\n".join(" | ".join(row) for row in (piece.heads, *piece.rows))
        elif piece.kind == "list":
            yield "\n".join(f"- {one}" for one in piece.lines)
        else:
            yield piece.text
