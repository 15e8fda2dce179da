"""The acts of the register: one module per act, the only home of writes."""
