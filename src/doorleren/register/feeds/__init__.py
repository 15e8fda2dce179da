"""Feeds: sources that are pulled on a schedule.

When (`schedule`), from where (`fetching`, over the web `visiting`, the pages of an `endpoint`, with which of the `secrets`),
as what (`reading`) and how good it must be (`criteria`). The command `pull_source` brings them together; `due_now` calls it
for each source that is due.
"""
