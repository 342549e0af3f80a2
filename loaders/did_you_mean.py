"""What was probably meant: the nearest of what could have been written."""

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process

from schema.names import fold
from schema.text import Text

_MOST = 3
_NEAR = 70


def near(text: str, choices: Iterable[str], at_least: float = _NEAR) -> list[str]:
    """The choices that look like the text, the nearest first, at most three."""
    return _near(text, tuple(choices), at_least)


@lru_cache(maxsize=2_000)
def _near(text: str, choices: tuple[str, ...], at_least: float) -> list[str]:
    folded = {choice: fold(choice) for choice in choices}
    found = process.extract(
        fold(text), folded, scorer=fuzz.ratio, score_cutoff=at_least, limit=_MOST
    )
    return [choice for _, _, choice in found]


def hint(found: Iterable[str | Text]) -> Text:
    """`` Mente du „a“ eller „b“?``, to stand after a sentence; nothing where nothing is near."""
    texts = [Text(each, each) if isinstance(each, str) else each for each in found]
    if not texts:
        return Text("", "")
    danish = " eller ".join(f"„{text.da}“" for text in texts)
    english = " or ".join(f"“{text.en}”" for text in texts)
    return Text(f" Mente du {danish}?", f" Did you mean {english}?")


def did_you_mean(text: str, choices: Iterable[str]) -> Text:
    """The hint for what was written, among what could have been."""
    return hint(near(text, choices))
