"""Versions of schemes as they were published: kept for ever, and pinned by all that follows from them."""
