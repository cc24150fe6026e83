"""What reads across subjects: recap facts, the daily check."""
