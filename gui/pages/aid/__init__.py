"""Daftar bantuan: lists of an aid programme answered on a written request."""
