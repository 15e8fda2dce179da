"""The lean intake: a small process of its own that enters tickets while a round is open. It knows no Django.

`batches` groups what comes in at the same time into one commit, `tables` is its SQL, `application` speaks HTTP, `keys`
reads what it signs with, `steady` is its clock. Why: docs/adr/0020-lean-intake.md.
"""
