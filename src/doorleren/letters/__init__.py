"""Letters: filled from templates that are data, set as PDF and HTML, kept unchanged, sent, and sent again where that failed."""
