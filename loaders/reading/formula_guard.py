"""Texts in csv that a spreadsheet program would run as a formula, written so that it does not.

A leading apostrophe is the mark that spreadsheet programs themselves use for "this is text".
It is written before a text that could run, and before a text that already looks so marked, so
that every text comes back as it was. Numbers are not texts: they are written bare, also -5.
"""

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "'"
"""What says of the text after it that it is one."""


def guard(text: str) -> str:
    """The text as it is written to csv."""
    return MARK + text if _could_run(text) else text


def unguard(text: str) -> str:
    """The text that `guard` was given; any other text as it is."""
    return text[1:] if text.startswith(MARK) and _could_run(text) else text


def _could_run(text: str) -> bool:
    return text.lstrip(MARK).startswith(_RUNS)
