"""Checking slips and letters at a counter: the same panels in the program and in the verifier that has no records."""
