"""``python -m teknologikort`` is the command line."""

from teknologikort.cli import main

main()
