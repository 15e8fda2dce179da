"""The acts on a case, one function each; `perform` is the only one that writes."""
