"""The waiting room: a small process of its own that tells 300,000 people how a round stands, from memory.

`pacing` is when they ask again, `rooms` what is known of each round, `looking` the one query a second that keeps it, and
`application` speaks HTTP. It has no key, enters nothing and knows no Django. Why: docs/adr/0024-waiting-room.md.
"""
