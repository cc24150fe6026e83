"""Vaccines: every row of the shipped data, and the judgement of a dose."""
