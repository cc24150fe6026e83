"""The command-line face: a file per command, no widgets."""
