"""The container and compose files, read: there is no engine here that could run them."""

import json
import re
import shlex
import tomllib
from typing import Any

import click
import pytest
import yaml

from api.health import READY
from teknologikort.cli import COMMANDS, main_group
from teknologikort.reference import ROOT
from teknologikort.settings import PREFIX, Settings, read_settings

NEO4J_VARIABLES = {"NEO4J_USER", "NEO4J_PASSWORD_FILE"}


def instructions() -> list[tuple[str, str]]:
    """The last stage's instructions, each on one line."""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"]
    found = [(line.split(None, 1)[0], line.split(None, 1)[1]) for line in lines]
    last = max(place for place, (word, _) in enumerate(found) if word == "FROM")
    return found[last:]


def said(word: str) -> list[str]:
    return [rest for each, rest in instructions() if each == word]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    read = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    assert isinstance(read, dict)
    return read


@pytest.fixture
def app(compose: dict[str, Any]) -> dict[str, Any]:
    service: dict[str, Any] = compose["services"]["teknologikort"]
    return service


def environment() -> dict[str, str]:
    pairs = (pair.partition("=") for rest in said("ENV") for pair in shlex.split(rest))
    return {name: value for name, _, value in pairs}


def serve_options(words: list[str]) -> dict[str, Any]:
    """What `serve` understands these words as."""
    assert words[0] == "serve"
    command = main_group.get_command(click.Context(main_group), "serve")
    assert command is not None
    return command.make_context("serve", words[1:], obj=Settings()).params


def test_its_base_is_pinned_by_a_tag_that_the_project_supports() -> None:
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    assert set(re.findall(r"(?m)^FROM (\S+)", text)) == {"python:3.12-slim"}
    assert 'requires-python = ">=3.11"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_it_copies_every_package_and_nothing_that_is_ignored() -> None:
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    copied = set(re.findall(r"(?m)^COPY (\w+) \w+$", text))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert copied == set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    for name in (".containerignore", ".dockerignore"):
        ignored = (ROOT / name).read_text(encoding="utf-8").splitlines()
        assert ignored[0] == "*"
        kept = {line[1:] for line in ignored if line.startswith("!")}
        assert copied | {"pyproject.toml", "README.md", "LICENSE"} == kept


def test_it_runs_as_nobody_special_and_keeps_its_data_in_a_volume() -> None:
    (user,) = said("USER")
    assert int(user.split(":")[0]) > 1000
    assert said("VOLUME") == ["/data"]
    assert environment()["TEKNOLOGIKORT_STORE"].startswith("/data/")
    assert environment()["TEKNOLOGIKORT_BACKUPS"].startswith("/data/")
    order = [word for word, _ in instructions()]
    assert order.index("USER") < order.index("ENTRYPOINT")


def test_the_settings_that_it_names_exist_and_fit() -> None:
    named = {k: v for k, v in environment().items() if k.startswith(PREFIX)}
    assert read_settings(named, ROOT / "no-such-folder").log_format == "json"


def test_its_command_exists_and_only_shows() -> None:
    (entry,) = said("ENTRYPOINT")
    assert json.loads(entry) == ["teknologikort"]
    assert 'teknologikort = "teknologikort.cli:main"' in (ROOT / "pyproject.toml").read_text()
    (words,) = said("CMD")
    options = serve_options(json.loads(words))
    assert (options["host"], options["read_only"]) == ("0.0.0.0", True)
    assert said("EXPOSE") == [str(options["port"])]


def test_its_health_is_what_the_server_tells() -> None:
    (check,) = said("HEALTHCHECK")
    program = json.loads(check[check.index("CMD") + 3 :])
    compile(program[2], "healthcheck", "exec")
    assert f"http://127.0.0.1:8000{READY}" in program[2]


def test_compose_serves_to_this_machine_alone_and_only_shows(app: dict[str, Any]) -> None:
    assert app["ports"] == ["127.0.0.1:8000:8000"]
    options = serve_options(app["command"])
    assert (options["read_only"], options["port"]) == (True, 8000)


def test_compose_names_settings_that_exist_and_fit(app: dict[str, Any]) -> None:
    named = {k: v for k, v in app["environment"].items() if k.startswith(PREFIX)}
    settings = read_settings(named, ROOT / "no-such-folder")
    assert settings.store == "neo4j://neo4j:7687"
    assert set(app["environment"]) - set(named) == NEO4J_VARIABLES
    grace = int(app["stop_grace_period"].removesuffix("s"))
    assert grace > settings.stop_seconds + 5  # the parent kills what is left after five more


def test_compose_has_no_secret_but_files_that_are_not_in_the_project(
    compose: dict[str, Any], app: dict[str, Any]
) -> None:
    for service in compose["services"].values():
        assert set(service["secrets"]) <= set(compose["secrets"])
        for name, value in service["environment"].items():
            if "PASSWORD" in name or "AUTH" in name:
                assert name.endswith("_FILE")
                assert value.removeprefix("/run/secrets/") in service["secrets"]
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    for secret in compose["secrets"].values():
        assert secret["file"].startswith("./secrets/")
        assert not (ROOT / secret["file"]).exists()
    assert "secrets/" in ignored
    assert app["environment"]["NEO4J_PASSWORD_FILE"] == "/run/secrets/neo4j-password"


def test_compose_waits_for_a_neo4j_that_answers(compose: dict[str, Any]) -> None:
    neo4j, app = compose["services"]["neo4j"], compose["services"]["teknologikort"]
    assert neo4j["image"] == "neo4j:5-community"
    assert "ports" not in neo4j
    assert "RETURN 1" in neo4j["healthcheck"]["test"][1]
    assert app["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert READY in app["healthcheck"]["test"][-1]
    mounted = {each.partition(":")[0] for s in (neo4j, app) for each in s["volumes"]}
    assert mounted == set(compose["volumes"])


def test_the_page_about_operations_says_that_nothing_here_ran_them() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert "not been run" in page
    assert "serve" in COMMANDS
