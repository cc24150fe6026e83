"""Suhu: fridges and boxes, their temperatures, and what became of vials that were too cold or too warm."""
