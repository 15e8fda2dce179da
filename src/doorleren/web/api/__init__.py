"""The JSON interface under /api/v1: the same answers as the command line, for programs. Nothing of a question is stored or logged.

What is for somebody in particular (bundles, applications) asks for an access token: docs/adr/0030-api-sign-in.md.
"""

API_VERSION = "1.1.0"
"""Version of the interface, in its description and in a header of every answer; not the version of the product."""
