"""Feeds: sources that are pulled on a schedule. When (`schedule`), how (`fetching`) and how good (`criteria`).

The command `pull_source` brings them together; whoever runs the schedule asks `due_sources` and calls it per source.
"""
