"""Answers to an aid officer's list, on a written request."""
