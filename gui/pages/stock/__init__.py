"""Stok: what is on every shelf and until when, and the tasks that change it, one file each."""
