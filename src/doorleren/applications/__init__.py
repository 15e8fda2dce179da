"""Applications: from a draft, saved at every step, to what was frozen and submitted. Any scheme whose file has a round."""
