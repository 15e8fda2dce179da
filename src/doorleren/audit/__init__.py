"""The append-only, chained record of acts: who did what to what, and when. Actor and subject are plain (kind, id)."""
