"""Uploads of providers: a file is kept, judged, shown as what it would change, mended, and then taken in or dropped."""
