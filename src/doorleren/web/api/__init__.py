"""The JSON interface under /api/v1: the same answers as the command line, for programs. Nothing is stored or logged."""

API_VERSION = "1.0.0"
"""Version of the interface, in its description and in a header of every answer; not the version of the product."""
