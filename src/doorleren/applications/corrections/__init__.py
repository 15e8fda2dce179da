"""Correcting what is kept of a person, on request: asked, answered within a term, and who was told. Why so: docs/adr/0042."""
