"""Measured against the bare driver."""
