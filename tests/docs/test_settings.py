"""The page about settings tells of each, with its default."""

import re
from dataclasses import fields

from teknologikort.reference import ROOT
from teknologikort.settings import PREFIX, Settings

ROW = re.compile(r"^\| `([A-Z_]+)` \| (?:`([^`]*)`)? *\|", flags=re.MULTILINE)


def written(default: object) -> str:
    """A default as it would be set in the environment."""
    return ",".join(default) if isinstance(default, tuple) else str(default)


def test_each_setting_and_its_default() -> None:
    page = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    documented = dict(ROW.findall(page))
    declared = {
        f"{PREFIX}{field.name.upper()}": written(field.default) for field in fields(Settings)
    }
    assert documented == declared
