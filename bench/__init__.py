"""Measurements. Polars keeps the memory it once had: fresh pages from the system cost more than the work measured.

Its allocator (jemalloc) gives memory back after half a second, in the middle of somebody else's turn, and what a page
costs to get again says something of the machine, not of the rules. OpenFisca's arrays live in the allocator of C; with
that told to keep its memory as well, its figures stay the same.
"""

import os

os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:-1")
