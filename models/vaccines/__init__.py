"""Products and dose rules, dated and with their sources."""
