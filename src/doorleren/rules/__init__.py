"""Schemes as dated law: vocabulary, expressions, scheme files, verdicts. One walk over a condition, many evaluators."""
