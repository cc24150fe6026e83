"""What comes in from and goes out to elsewhere, and the invented people of the demo."""
