"""Penerima: one person with everything known of them, and what about people is still to be settled."""
