"""Where to go after signing in: only to a page of this site."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def next_address(request: HttpRequest) -> str:
    """Give the address that `next` names, if it is a path of this site; empty otherwise."""
    wanted = request.GET.get("next", "")
    return wanted if safe(wanted) else ""


def safe(address: str) -> bool:
    """Say whether an address is a path of this site and nothing else."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
