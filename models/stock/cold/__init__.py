"""Fridges and boxes, their temperatures, excursions and what a Fridge-tag kept."""
