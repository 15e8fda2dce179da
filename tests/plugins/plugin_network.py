"""Refuses every connection that would leave this machine, so that a test proves nothing about the internet.

An audit hook: it sees every socket that Python opens, whichever library asks, and cannot be taken away.
"""

import ipaddress
import sys
from typing import Any


class LeavesTheMachine(Exception):
    """A test reached for the network."""


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = arguments[1]
        if isinstance(address, tuple) and address and not stays_here(str(address[0])):
            raise LeavesTheMachine(f"a test may not connect to {address[0]}")
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
        name = host.decode() if isinstance(host, bytes) else host
        if name and not stays_here(name):
            raise LeavesTheMachine(f"a test may not look up {name}")


def stays_here(host: str) -> bool:
    """Whether the name or address is this machine's own."""
    if host in {"localhost", "", "0.0.0.0", "::"}:
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


sys.addaudithook(_refuse)
