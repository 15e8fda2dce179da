"""A committee that scores the applications of a round which treats the best first; why: docs/adr/0039-committee.md.

`ranking.py` (pure) says what scores come to; `scores.py` what was given and who may see it; the acts are in `commands/`.
"""
