"""The page of certificates: those of a day or of one person, on any paper."""
