"""Bundles of registrations: reading them, checking every row, the limits of a day, entering tickets, and look-alikes."""
