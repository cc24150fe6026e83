"""Help that is always there: chapters of resources/help, found by typing, and what this program is made of."""
