"""The page about settings tells of each, with its default."""

import re
from dataclasses import fields

from teknologikort.reference import ROOT
from teknologikort.settings import PREFIX, Settings

ROW = re.compile(r"^\| `([A-Z_]+)` \| (?:`([^`]*)`)? *\|", flags=re.MULTILINE)


def test_each_setting_and_its_default() -> None:
    page = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    documented = dict(ROW.findall(page))
    declared = {
        f"{PREFIX}{field.name.upper()}": "" if field.default == () else str(field.default)
        for field in fields(Settings)
    }
    assert documented == declared
