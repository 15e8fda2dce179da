"""Whole lives of cases from one seed, through the product's own commands, with crashes, duplicates and odd order; checked after every step."""
