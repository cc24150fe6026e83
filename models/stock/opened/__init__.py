"""Opened vials: what happens to one between its puncture and the bin."""
