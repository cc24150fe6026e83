"""One Indonesian sentence per code, a file per subject."""
