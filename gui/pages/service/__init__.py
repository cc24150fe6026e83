"""Pelayanan: one plain page for the whole way of a visit."""
