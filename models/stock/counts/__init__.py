"""Counting what is on a shelf, blind, beside the work."""
