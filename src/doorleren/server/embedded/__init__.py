"""The embedded PostgreSQL: a server of our own that needs no set-up, under the user's own folder.

Start at `launcher.open_database`. Why it is built this way: docs/adr/0001-embedded-postgresql.md.
"""

from doorleren.server.embedded.cluster import DatabaseFailed
from doorleren.server.embedded.launcher import OpenDatabase, open_database

__all__ = ["DatabaseFailed", "OpenDatabase", "open_database"]
