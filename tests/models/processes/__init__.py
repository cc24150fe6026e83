"""Sixteen desks at once on one set of records."""
