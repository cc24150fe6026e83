"""Stock: ledger, open vials, transfers, on both databases."""
