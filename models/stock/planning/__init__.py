"""Consumables, and what is proposed to go where."""
