"""Pages for officials: what was applied for and the decisions on it, and the keeping of the register."""
