"""The pages: parse, ask, render. Nothing is decided here and nothing is stored."""
