"""docs/command-line.md tells of every command, option and key, and of no other."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from teknologikort.cli import main_group
from teknologikort.reference import ROOT
from teknologikort.settings import Settings
from tests.api.site import example_store
from tests.loaders.sheets import STATUS, workbook
from tests.teknologikort.command_line import run

PAGE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
SHARED = {"evidence", "as_json", "as_csv", "language", "store"}
"""The options of all questions, told once under `ask`."""
QUESTIONS = {
    "overview": ("eksempel",),
    "synergy": ("vej-og-park",),
    "transfer": ("--solution", "sms-service"),
    "who-else": ("sms-service",),
    "unsolved": (),
    "proposals": (),
}


def commands(
    group: click.Group, path: str = "teknologikort"
) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group, obj=Settings())
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


COMMANDS = dict(commands(main_group))


def sections() -> dict[str, str]:
    """The text below each heading that is a command."""
    parts = re.split(r"(?m)^##+ (teknologikort .+)$", PAGE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def told_parameters(section: str) -> set[str]:
    """The options and arguments in the first column of the section's tables."""
    cells = re.findall(r"(?m)^\| (`.+?) \|", section)
    return {word for cell in cells for word in re.findall(r"`(-[-\w]+|[A-Z]+)", cell)}


def parameters(path: str, command: click.Command) -> set[str]:
    question = path.startswith("teknologikort ask ")
    found = set()
    for parameter in command.params:
        if question and parameter.name in SHARED:
            continue
        if isinstance(parameter, click.Argument):
            found.add(parameter.make_metavar(click.Context(command)).strip("[]."))
        else:
            found |= set(parameter.opts)
    return found


def test_every_command_has_its_section() -> None:
    assert set(sections()) == set(COMMANDS)


@pytest.mark.parametrize("path", COMMANDS)
def test_a_section_tells_the_command_s_parameters_and_no_others(path: str) -> None:
    told = told_parameters(sections()[path])
    if path == "teknologikort ask":
        assert told == {"--evidence", "--json", "--csv", "--language", "--store"}
    else:
        assert told == parameters(path, COMMANDS[path])


def examples() -> list[str]:
    blocks = re.findall(r"(?ms)^```sh\n(.+?)^```", PAGE)
    return [line for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("line", examples())
def test_an_example_is_understood(line: str) -> None:
    program, *words = shlex.split(line)
    assert program == "teknologikort"
    command: click.Command = main_group
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), words.pop(0))
        assert found is not None
        command = found
    context = click.Context(command, obj=Settings())
    values, rest, _ = command.make_parser(context).parse_args(args=words)
    assert rest == []
    for parameter in command.params:
        parameter.process_value(context, values.get(parameter.name or ""))


@pytest.mark.parametrize(
    "path", [path for path, command in COMMANDS.items() if not isinstance(command, click.Group)]
)
def test_a_command_has_an_example(path: str) -> None:
    assert any(f"{line} ".startswith(f"{path} ") for line in examples())


def documented(name: str) -> set[str]:
    """The keys in the block of this name."""
    (block,) = re.findall(rf"(?ms)^```json keys={name}\n(.+?)^```", PAGE)
    return keys_of(json.loads(block))


def keys_of(value: Any) -> set[str]:
    if isinstance(value, list):
        return {key for each in value for key in keys_of(each)}
    if not isinstance(value, dict):
        return set()
    return set(value) | {key for each in value.values() for key in keys_of(each)}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    store = example_store(tmp_path_factory.mktemp("docs") / "graf.sqlite")
    store.close()
    return Settings(store=str(store.path))


@pytest.mark.parametrize("question", QUESTIONS)
def test_json_of_an_answer_has_the_keys_that_are_told(example: Settings, question: str) -> None:
    result = run(example, "ask", question, *QUESTIONS[question], "--json")
    told = keys_of(json.loads(result.stdout))
    everywhere = {"id", "name", "municipality"} | documented("source")
    if question != "overview":
        everywhere |= documented("answer")
    if question == "who-else":
        everywhere |= {"node"}
    if question == "overview":
        everywhere |= documented("unsolved")
    expected = documented(question)
    assert told - everywhere == expected - everywhere


def test_json_of_a_load_has_the_keys_that_are_told(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "graf.sqlite"))
    rows = [STATUS, ("Eksempel", "Vej", "Grøn bølge"), ("Eksempel", None, "X")]
    file = workbook(tmp_path / "ark.xlsx", {"Status": rows})
    told = json.loads(run(settings, "load", file, "--json", "--dry-run").stdout)
    assert set(told) == {"dryRun", "loads"}
    (load,) = told["loads"]
    load["sheets"][0]["columns"] = {"A": "municipality"}
    load["falling"] = []
    assert keys_of(load) == documented("load")
