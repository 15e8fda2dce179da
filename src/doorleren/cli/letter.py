"""`doorleren letter`: check all templates of letters, or show one on an example, as text or as the PDF that is sent."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from doorleren.cli.surroundings import extra_folders, today
from doorleren.letters.filled import Content, fill
from doorleren.letters.templates import Template, templates_of
from doorleren.letters.variables import examples
from doorleren.shipped import folder


def add_letter(parser: argparse.ArgumentParser) -> None:
    """Add the kind of letter, the scheme and the language."""
    parser.add_argument(
        "template",
        metavar="TEMPLATE",
        nargs="?",
        default="",
        help="the kind of letter; without it all are checked and listed",
    )
    parser.add_argument("--scheme", metavar="ID", default="", help="the letters of this scheme, where it has its own")
    parser.add_argument("--language", choices=("nl", "en"), default="nl", help="language of the letter (default: nl)")
    parser.add_argument("--pdf", metavar="FILE", type=Path, help="write the example as a PDF")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> int:
    """Show or list. Exit code 2 for a template that is not there or names what nobody fills in."""
    found = templates_of(options.scheme, law=folder("law"), schemes=[folder("schemes"), *extra_folders()])
    if not options.template:
        return _list(found, options)
    if options.template not in found:
        print(
            f"doorleren letter: TEMPLATE: given {options.template!r}, allowed is {', '.join(sorted(found))}",
            file=sys.stderr,
        )
        return 2
    content = fill(found[options.template], examples(), on=today(), language=options.language)
    if options.pdf:
        from doorleren.letters.pdf import as_pdf  # loads the typesetter, which the rest does not need

        options.pdf.write_bytes(as_pdf(content))
        print(options.pdf)
    elif options.json:
        print(json.dumps(content.plain(), ensure_ascii=False, indent=1))
    else:
        print("\n\n".join(_lines(content)))
    return 0


def _list(found: dict[str, Template], options: argparse.Namespace) -> int:
    """List the templates, each filled with the examples: what cannot be filled is told and ends here."""
    listed = [
        {
            "template": name,
            "subject": one.subject[options.language],
            "from": one.path,
            "variables": sorted(one.variables),
        }
        for name, one in found.items()
        if fill(one, examples(), on=today(), language=options.language)
    ]
    if options.json:
        print(json.dumps(listed, ensure_ascii=False, indent=1))
    else:
        for one in listed:
            print(f"{one['template']}: {one['subject']}  [{one['from']}]")
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
