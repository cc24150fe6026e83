"""Calling people nearby for doses that would be lost."""
