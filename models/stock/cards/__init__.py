"""The book of a batch, recent use, and papers found again."""
