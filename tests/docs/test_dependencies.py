"""Every dependency has its line of reason, and every line its dependency."""

import re
import tomllib

from teknologikort.reference import ROOT

NAME = re.compile(r"[A-Za-z0-9-]+")


def declared() -> dict[str, set[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = {"In the product": project["dependencies"]}
    groups["In tests"] = project["optional-dependencies"]["test"]
    groups["In checks"] = project["optional-dependencies"]["check"]
    return {
        heading: {match.group() for each in listed if (match := NAME.match(each))}
        for heading, listed in groups.items()
    }


def reasoned() -> dict[str, set[str]]:
    page = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    sections = dict(part.split("\n", 1) for part in page.split("\n## ")[1:])
    return {
        heading: set(re.findall(r"^\| `([^`]+)` \|", text, flags=re.MULTILINE))
        for heading, text in sections.items()
    }


def test_each_has_its_line_under_its_heading() -> None:
    assert reasoned() == declared()
