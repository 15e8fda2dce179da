"""The secret that a source asks for: in a file of this machine, never in the database and never on a page.

A source names it (`Source.secret`); it stands in `<home>/source-secrets/<name>`, which only who runs the site can
write: one line, "bearer TOKEN" or "basic USER:PASSWORD". Only its owner (and group) may read the file. The name is
one of letters, digits and dashes, so that no source can point at another file. A new secret counts at the next pull.
"""

import re
import stat
from base64 import b64encode
from pathlib import Path

from doorleren.register.feeds.connecting import NotFetched
from doorleren.register.models.delivery import SECRET_NAME

FOLDER = "source-secrets"
LONGEST = 10_000
"""Bytes of the file."""

_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")


def authorization(home: Path, name: str) -> str:
    """Give the header `Authorization` (RFC 6750, RFC 7617) of the secret with this name; empty for no name.

    Raises NotFetched, which names the file but never repeats what is in it.
    """
    if not name:
        return ""
    if not re.fullmatch(SECRET_NAME, name):
        raise _refused(name, "is geen naam van een geheim", "is no name of a secret")
    try:
        with (home / FOLDER / name).open("rb") as file:
            if stat.S_IMODE(Path(file.name).stat().st_mode) & stat.S_IROTH:
                raise _refused(name, "kan door iedereen gelezen worden", "can be read by everybody")
            text = file.read(LONGEST).decode("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise _refused(name, f"is niet te lezen ({type(error).__name__})", f"cannot be read ({type(error).__name__})") from error  # fmt: skip
    kind, _, secret = text.partition(" ")
    secret = secret.strip()
    if kind.lower() == "bearer" and _TOKEN.fullmatch(secret):
        return f"Bearer {secret}"
    if kind.lower() == "basic" and ":" in secret and secret.isprintable():
        return f"Basic {b64encode(secret.encode()).decode('ascii')}"
    raise _refused(name, 'heeft geen regel "bearer TOKEN" of "basic NAAM:WACHTWOORD"', 'has no line "bearer TOKEN" or "basic USER:PASSWORD"')  # fmt: skip


def _refused(name: str, nl: str, en: str) -> NotFetched:
    return NotFetched(f"Het bestand {FOLDER}/{name} {nl}.", f"The file {FOLDER}/{name} {en}.")
