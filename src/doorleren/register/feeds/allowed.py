"""Which addresses a source may have: a public place on the web, or a folder below the one folder that is meant for it.

An administrator names the address and the site asks it, from inside its own network and with its own rights to files.
So what only the site can reach is refused: its own machine, its neighbours, and every other folder. Asked when a source
is kept on a page (`address_refused`) and when it is pulled from there (`pull_refused`), because a name may point elsewhere
by then.
"""

import ipaddress
import socket
from pathlib import Path
from urllib.parse import urlsplit

from doorleren.core.texts import Texts

FOLDER = "feeds"
"""The folder below home in which folders of sources lie."""

_SCHEMES = ("http", "https")


def address_refused(address: str, *, home: Path, nearby: bool = False) -> Texts | None:
    """Say why a source may not have this address; None if it may. Asks nothing of the network.

    `nearby` lets hosts through that are not public, for the demo and for tests.
    """
    if "://" not in address:
        return _folder_refused(Path(address), home / FOLDER)
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return _text("Dit adres is niet te lezen.", "This address cannot be read.")
    if parts.scheme.lower() not in _SCHEMES or not host:
        return _text(
            "Een adres begint met http:// of https:// en de naam van een computer.",
            "An address starts with http:// or https:// and the name of a computer.",
        )
    if parts.username is not None or parts.password is not None:
        return _text(
            "Een naam of wachtwoord hoort niet in het adres; gebruik daarvoor het veld voor het geheim.",
            "A name or password does not belong in the address; the field for the secret is for that.",
        )
    return None if nearby or not _names_nearby(host) else refusal_of_nearby(host)


def host_refused(host: str, *, nearby: bool = False) -> Texts | None:
    """Say why a host may not be asked: one of the addresses that its name leads to is not public. None if it may.

    A name that leads nowhere is let through: asking it fails with a sentence of its own.
    """
    if nearby:
        return None
    if _names_nearby(host):
        return refusal_of_nearby(host)
    try:
        found = {str(one[4][0]) for one in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return None
    return None if all(is_public(one) for one in found) else refusal_of_nearby(host)


def pull_refused(address: str, *, home: Path, nearby: bool = False) -> Texts | None:
    """Say why a source may not be pulled from this address now: by what it says, and by where its name leads."""
    refused = address_refused(address, home=home, nearby=nearby)
    if refused is not None or "://" not in address:
        return refused
    return host_refused(urlsplit(address).hostname or "", nearby=nearby)


def _folder_refused(folder: Path, root: Path) -> Texts | None:
    if folder.is_absolute() and "\x00" not in str(folder):
        inside = folder.resolve()
        if inside == root.resolve() or root.resolve() in inside.parents:
            return None
    return _text(
        f"Een map van een bron ligt onder de map {FOLDER} van deze site; een andere map leest de site niet.",
        f"The folder of a source lies below the folder {FOLDER} of this site; it reads no other folder.",
    )


def _names_nearby(host: str) -> bool:
    """Whether the name itself says that it is near: an address that is not public, or a name without a point."""
    bare = host.rstrip(".").lower()
    try:
        ipaddress.ip_address(bare)
    except ValueError:
        # inet_aton reads "127.1", "0x7f000001" and "2130706433" as addresses too
        last = bare.rsplit(".", 1)[-1]
        return "." not in bare or last in {"localhost", "local", "internal"} or last.isdigit() or last.startswith("0x")
    return not is_public(bare)


def is_public(address: str) -> bool:
    """Say whether an IP address is a public place on the internet."""
    found = ipaddress.ip_address(address.split("%", 1)[0])
    mapped = getattr(found, "ipv4_mapped", None)
    one = mapped or found
    return bool(one.is_global and not one.is_multicast)


def refusal_of_nearby(host: str) -> Texts:
    """Say that a host is near, so that the site does not ask it."""
    return _text(
        f"{host} is geen openbaar adres op internet. De site haalt niets op bij zichzelf of in het eigen netwerk.",
        f"{host} is no public address on the internet. The site fetches nothing from itself or its own network.",
    )


def _text(nl: str, en: str) -> Texts:
    return {"nl": nl, "en": en}
