"""Every page and picture that a page links to is there."""

import re
from pathlib import Path

import pytest

from teknologikort.reference import ROOT

LINK = re.compile(r"\]\((?!https?://)([^)#]+)")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_is_linked_to_is_there(page: Path) -> None:
    linked = LINK.findall(page.read_text(encoding="utf-8"))
    assert [each for each in linked if not (page.parent / each).exists()] == []
