"""Screens and the command-line face."""
