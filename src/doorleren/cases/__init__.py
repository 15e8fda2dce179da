"""Cases: the administrative kernel that every decision shares. See docs/adr/0031-the-case.md."""
