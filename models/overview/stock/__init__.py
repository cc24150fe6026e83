"""Reports and papers of the stock that need the doses."""
