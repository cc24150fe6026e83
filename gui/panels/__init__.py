"""Parts of pages, each for one thing."""
