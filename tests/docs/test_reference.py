"""The pages that follow from the code are those that stand in docs/."""

import pytest

from teknologikort.reference import PAGES, ROOT


@pytest.mark.parametrize("path", PAGES)
def test_the_page_is_what_the_code_says(path: str) -> None:
    written = (ROOT / path).read_text(encoding="utf-8")
    assert written == PAGES[path](), "run `make docs`"
