"""Accounts, roles, rights, passwords and sign-in."""
