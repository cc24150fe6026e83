"""The window of the health office: it certifies, takes back and writes the lists, without any health records."""
