"""What reads across subjects, against counts by hand."""
