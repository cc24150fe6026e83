"""Kunci: the key that signs here, and whom this PC believes."""
