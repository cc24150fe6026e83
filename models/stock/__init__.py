"""Batches, movements, open vials and transfers."""
