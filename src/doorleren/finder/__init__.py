"""What can I get? Verdicts with reasons, the next best question and the funding plan. Nothing is stored."""
