"""The page about mappings tells of every key that there is, and its examples are mappings."""

import re
from pathlib import Path

import pytest

from loaders.mapping import read_mapping
from loaders.mapping.keys import SECTIONS
from schema.ontology import ONTOLOGY
from schema.sheets import SHEETS
from teknologikort.reference import ROOT

PAGE = (ROOT / "docs/mappings.md").read_text(encoding="utf-8")
HEADINGS = {"apart": "Names kept apart"}
"""The sections whose part of the page is not named after them."""
EXAMPLES: list[str] = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
WHOLE: str = EXAMPLES[0]


def part(section: str) -> str:
    heading = HEADINGS.get(section, f"{section}: ")
    (found,) = [each for each in PAGE.split("\n## ") if each.startswith(heading)]
    return found


@pytest.mark.parametrize("section", SECTIONS)
def test_every_key_and_whether_it_must_be_there(section: str) -> None:
    rows = re.findall(r"^\| `([a-z_]+)`(\*?) \| (.+) \|$", part(section), flags=re.MULTILINE)
    documented = {name: mark == "*" for name, mark, _ in rows}
    assert documented == {name: key.required for name, key in SECTIONS[section].items()}


def test_every_sheet_and_kind_is_named() -> None:
    assert [each.key for each in SHEETS if f"`{each.key}`" not in part("target")] == []
    assert [kind for kind in ONTOLOGY.nodes if f"`{kind}`" not in PAGE] == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_read(example: str, tmp_path: Path) -> None:
    path = tmp_path / "example.toml"
    path.write_text(completed(example), encoding="utf-8")
    assert read_mapping(path).rules[0].targets


def completed(example: str) -> str:
    """An example of a part, put into the whole one."""
    if example.startswith("["):
        return WHOLE + example
    if example.startswith("municipality ="):
        return re.sub(r"^municipality = .*$", lambda _: example, WHOLE, flags=re.MULTILINE)
    return example


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples/mappings").glob("*.toml")), ids=lambda path: path.name
)
def test_every_mapping_among_the_examples_is_read_and_explained(path: Path) -> None:
    assert read_mapping(path).rules
    assert path.read_text(encoding="utf-8").startswith("# ")
