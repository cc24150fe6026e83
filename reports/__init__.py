"""Paper and sheets: facts in, PDF out; no Qt."""
