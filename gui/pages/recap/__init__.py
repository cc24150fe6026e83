"""Rekap: the figures of a day, live and as they were closed."""
