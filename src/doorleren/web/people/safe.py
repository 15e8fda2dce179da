"""Where to go after signing in, or back to: only to a page of this site."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def next_address(request: HttpRequest) -> str:
    """Give the address that `next` names, if it is a path of this site; empty otherwise."""
    wanted = request.GET.get("next", "")
    return wanted if safe(wanted) else ""


def safe(address: str) -> bool:
    """Say whether an address is a path of this site and nothing else."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def page_before(request: HttpRequest) -> str:
    """Give the address of the page of this site on which a form was sent; empty where the browser does not say."""
    told = urlsplit(request.headers.get("Referer", ""))
    address = f"{told.path}?{told.query}" if told.query else told.path
    return address if told.netloc == request.get_host() and safe(address) else ""
