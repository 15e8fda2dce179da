"""`doorleren rush`: an opening day in small, on this machine. People (`people`) in a crowd (`crowd`) submit as fast as
they can to the real intake; the allocator gives places; `counts` says what became of everybody.
"""
