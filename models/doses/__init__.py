"""Visits, screening and doses."""
