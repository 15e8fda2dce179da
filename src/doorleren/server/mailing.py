"""How mail leaves the site, and which address its links begin with: read from what the surroundings say.

With `DOORLEREN_MAIL_URL` through that server. Without it mail leaves the site nowhere; in the demo it is written to
files, which the page /demo/mail shows, so that somebody who tries the demo can go on.
"""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from doorleren.server.environment import LOOPBACK_NAMES, BadVariable, Environment

SMTP, FILES, NOWHERE = (f"django.core.mail.backends.{name}.EmailBackend" for name in ("smtp", "filebased", "dummy"))
PORTS = {"smtps": 465, "smtp": 587}
DEMO_SENDER = "Doorleren (demo) <doorleren@localhost>"


class NotAMailServer(BadVariable):
    """What is said of mail cannot be used; the message names the variable and what is allowed, never the password."""


@dataclass(frozen=True, slots=True)
class Mailing:
    """Django's way of sending, the server if there is one, the sender, the address of the site, the folder of a demo."""

    backend: str
    site: str
    sender: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    tls: bool = False
    starttls: bool = False
    folder: Path | None = None

    @property
    def goes_out(self) -> bool:
        """Whether a mail of this site can be read by somebody, with links that lead back."""
        return self.backend != NOWHERE and bool(self.site)


def mailing(surroundings: Environment) -> Mailing:
    """Read it. Raises NotAMailServer."""
    site = _site(surroundings)
    if surroundings.mail_url:
        return _through_server(surroundings.mail_url, surroundings.mail_from, site)
    if surroundings.demo_refused() is None:
        return Mailing(FILES, site, surroundings.mail_from or DEMO_SENDER, folder=surroundings.home / "mail")
    return Mailing(NOWHERE, site, surroundings.mail_from or DEMO_SENDER)


def _through_server(url: str, sender: str | None, site: str) -> Mailing:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urlsplit(""), None, None
    if parts.scheme not in PORTS or not host:
        raise NotAMailServer("DOORLEREN_MAIL_URL must be smtp://user:password@host:port or smtps://..., with a host")
    if not sender or not sender.isprintable() or "@" not in sender:
        raise NotAMailServer("DOORLEREN_MAIL_FROM must be the address that mails come from, beside DOORLEREN_MAIL_URL")
    if not site:
        raise NotAMailServer("DOORLEREN_SITE must say where the links in mails lead, as https://name")
    return Mailing(
        SMTP, site, sender, host, port or PORTS[parts.scheme], unquote(parts.username or ""),
        unquote(parts.password or ""), tls=parts.scheme == "smtps",
        starttls=parts.scheme == "smtp" and not _on_this_machine(host),
    )  # fmt: skip


def _on_this_machine(host: str) -> bool:
    """Whether nobody can listen in between; a mail server on this machine often has no certificate."""
    return host in LOOPBACK_NAMES or host == "::1"


def _site(surroundings: Environment) -> str:
    """Give what links begin with; empty when the names of the site are patterns, which name no address."""
    if surroundings.site:
        parts = urlsplit(surroundings.site)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
            raise NotAMailServer(
                f"DOORLEREN_SITE must be like https://name, without a path, and is {surroundings.site!r}"
            )
        return f"{parts.scheme}://{parts.netloc}"
    if surroundings.on_loopback:
        return "http://127.0.0.1:8000"
    first = surroundings.hosts[0].strip()
    return "" if first.startswith((".", "*")) else f"https://{first}"
