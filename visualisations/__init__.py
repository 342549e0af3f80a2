"""From an answer to something to look at."""
