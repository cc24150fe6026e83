"""Vials written off, and their destruction before witnesses."""
