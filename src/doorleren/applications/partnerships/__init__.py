"""Applying together: the members of a partnership, the totals that follow from them, and how a cost is divided."""
