"""Regions, the puskesmas, its posts and service days."""
