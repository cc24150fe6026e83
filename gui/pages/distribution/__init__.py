"""Distribusi: which post gets how many vials of which batch, and why."""
