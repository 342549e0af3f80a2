"""docs/operations.md: its commands are understood, and what it names exists."""

import re
import shlex
from pathlib import Path

import click
import pytest

from api.health import LIVE, READY
from api.metrics import METRICS, Metrics
from graph.live import LiveGraph
from graph.sqlite_store import SqliteStore
from schema.messages import MESSAGES
from schema.messages_neo4j import NEO4J
from schema.messages_operations import OPERATIONS
from schema.messages_store import STORE
from teknologikort.cli import COMMANDS, main_group
from teknologikort.reference import ROOT
from teknologikort.settings import PREFIX, Settings, read_settings

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
NOT_OF_A_STORE = {"workers-not-here", "server-stopping", "metrics-not-shown"}
OF_A_TRIAL = {"neo4j-missing", "neo4j-not-fetched", "neo4j-not-started"}
"""Told where a Neo4j is started for a demonstration."""


def blocks(kind: str) -> list[str]:
    return re.findall(rf"(?ms)^```{kind}\n(.+?)^```", PAGE)


def examples() -> list[str]:
    return [line for block in blocks("sh") for line in block.splitlines()]


@pytest.mark.parametrize("line", examples())
def test_an_example_is_understood(line: str) -> None:
    program, name, *words = shlex.split(line)
    assert program == "teknologikort"
    command = main_group.get_command(click.Context(main_group), name)
    assert command is not None
    command.make_context(name, words, obj=Settings())


def test_every_command_that_is_named_exists() -> None:
    named = set(re.findall(r"teknologikort(?: --rm)? ([a-z-]+)\b", re.sub(r"\s+", " ", PAGE)))
    commands = {each for each in named if each in COMMANDS}
    assert {"backup", "restore", "copy", "upgrade", "check", "serve", "settings"} <= commands
    quoted = set(re.findall(r"`teknologikort ([a-z-]+)[^`]*`", PAGE))
    assert quoted <= set(COMMANDS)


def test_every_setting_that_is_named_exists() -> None:
    named = set(re.findall(rf"{PREFIX}([A-Z_]+)", PAGE))
    assert named
    assert {each.lower() for each in named} <= set(Settings.__dataclass_fields__)


def test_the_unit_file_s_settings_fit() -> None:
    (unit,) = blocks("ini")
    pairs = re.findall(rf"({PREFIX}[A-Z_]+)=(\S+)", unit)
    settings = read_settings(dict(pairs), ROOT / "no-such-folder")
    (patience,) = re.findall(r"TimeoutStopSec=(\d+)", unit)
    assert int(patience) > settings.stop_seconds + 5


def told_codes() -> set[str]:
    section = PAGE[PAGE.index("## What to do when") :]
    return set(re.findall(r"(?m)^\| `([a-z0-9-]+)` \|", section))


def test_it_tells_what_to_do_for_each_code_of_a_store() -> None:
    of_stores = {kind.code for kind in (*STORE, *NEO4J, *OPERATIONS)}
    of_stores = {code for code in of_stores if not code.startswith(("load-", "not-allowed"))}
    assert of_stores - NOT_OF_A_STORE - OF_A_TRIAL - told_codes() == set()
    beside = re.findall(r"\(`((?!x-)[a-z]+(?:-[a-z]+)+)`", PAGE)
    assert set(beside) <= set(MESSAGES)


def test_it_tells_of_each_metric_and_no_other(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "graf.sqlite")
    exposed = Metrics(LiveGraph(store)).exposed().decode()
    store.close()
    declared = set(re.findall(r"(?m)^# TYPE (teknologikort_\w+) ", exposed))
    section = PAGE[PAGE.index("## Metrics") : PAGE.index("Worth waking")]
    rows = "\n".join(line for line in section.splitlines() if line.startswith("| `"))
    assert set(re.findall(r"`(teknologikort_\w+)`", rows)) == {
        each for each in declared if not each.endswith("_created")
    }
    (alerts,) = blocks("yaml")
    used = {re.sub(r"_bucket$", "", each) for each in re.findall(r"teknologikort_\w+", alerts)}
    assert used <= declared


def test_the_addresses_that_it_names_are_answered() -> None:
    for address in (LIVE, READY, METRICS):
        assert f"`{address}`" in PAGE
