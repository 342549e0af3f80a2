"""Settings come from the environment, a file or the code; wrong ones are refused at once."""

import json
from pathlib import Path

import pytest

from schema.messages import Refusal
from teknologikort.settings import Settings, read_credentials, read_origins, read_settings
from tests.teknologikort.command_line import program


def refused(tmp_path: Path, **environment: str) -> str:
    with pytest.raises(Refusal) as caught:
        read_settings(environment, tmp_path)
    (message,) = caught.value.messages
    assert "hemmelig" not in message.text("da") + message.text("en")
    return message.code


def test_nothing_said_is_the_default(tmp_path: Path) -> None:
    assert read_settings({}, tmp_path) == Settings()


def test_the_environment_stands_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "teknologikort.toml").write_text('port = 9000\nlanguage = "en"\n')
    read = read_settings({"TEKNOLOGIKORT_PORT": "9001"}, tmp_path)
    assert (read.port, read.language) == (9001, "en")


WRONG = {
    "port": "70000",
    "language": "de",
    "store": "mongodb://x",
    "workers": "0",
    "stop_seconds": "-1",
    "log_format": "xml",
    "metrics": "10.0.0.0/33",
}


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_fit_is_refused(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path, **{f"TEKNOLOGIKORT_{name.upper()}": WRONG[name]}) in {
        "setting-wrong",
        "store-of-unknown-kind",
    }


@pytest.mark.parametrize("name", ["store", "host", "actor", "backups"])
def test_what_must_be_said_is_not_left_empty(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path, **{f"TEKNOLOGIKORT_{name.upper()}": " "}) == "setting-wrong"


@pytest.mark.parametrize("line", ['store = ["a.sqlite"]', "actor = 3", "hosts = [3]", "hosts = 3"])
def test_a_text_in_the_file_is_written_as_a_text(tmp_path: Path, line: str) -> None:
    (tmp_path / "teknologikort.toml").write_text(f"{line}\n")
    assert refused(tmp_path) == "setting-wrong"


def test_a_list_is_written_with_commas_or_in_the_file_as_a_list(tmp_path: Path) -> None:
    (tmp_path / "teknologikort.toml").write_text('metrics = ["10.0.0.0/8", "::1"]\n')
    assert read_settings({}, tmp_path).metrics == ("10.0.0.0/8", "::1")
    read = read_settings({"TEKNOLOGIKORT_METRICS": "127.0.0.1, none"}, tmp_path)
    assert read.metrics == ("127.0.0.1", "none")


def test_each_setting_knows_where_it_comes_from(tmp_path: Path) -> None:
    (tmp_path / "teknologikort.toml").write_text("port = 9000\nworkers = 2\n")
    origins = read_origins({"TEKNOLOGIKORT_PORT": "9001"}, tmp_path)
    assert origins["port"] == "environment"
    assert origins["workers"] == "file"
    assert origins["language"] == "default"


def test_the_command_lists_them_with_their_origin_and_no_secret(tmp_path: Path) -> None:
    (tmp_path / "teknologikort.toml").write_text('hosts = ["kort.kommune.dk"]\n')
    done = program(tmp_path, "settings", NEO4J_PASSWORD="hemmelig", TEKNOLOGIKORT_WORKERS="3")
    assert done.returncode == 0, done.stderr
    lines = {line.split()[0]: line.split() for line in done.stdout.splitlines()}
    assert lines["TEKNOLOGIKORT_WORKERS"] == ["TEKNOLOGIKORT_WORKERS", "3", "miljøet"]
    assert lines["TEKNOLOGIKORT_HOSTS"][1:] == ["kort.kommune.dk", "teknologikort.toml"]
    assert lines["TEKNOLOGIKORT_LOG_FORMAT"][1:] == ["text", "standard"]
    assert "hemmelig" not in done.stdout
    as_json = program(tmp_path, "settings", "--json", NEO4J_PASSWORD="hemmelig")
    assert "hemmelig" not in as_json.stdout
    told = json.loads(as_json.stdout)
    assert {"name": "TEKNOLOGIKORT_WORKERS", "value": 1, "from": "default"} in told
    assert {"name": "NEO4J_PASSWORD", "value": None, "from": "environment"} in told


def test_a_wrong_one_stops_every_command_with_a_hint(tmp_path: Path) -> None:
    done = program(tmp_path, "loads", TEKNOLOGIKORT_WORKER="3")
    assert done.returncode == 2
    assert "TEKNOLOGIKORT_WORKERS?" in done.stderr


def test_an_unknown_variable_is_refused_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        read_settings({"TEKNOLOGIKORT_PROT": "9000"}, tmp_path)
    (message,) = caught.value.messages
    assert message.code == "variable-unknown"
    assert "(TEKNOLOGIKORT_PORT?)" in message.text("da")


def test_the_variable_of_the_tests_is_no_wrong_setting(tmp_path: Path) -> None:
    assert read_settings({"TEKNOLOGIKORT_REAL_DATA": "data"}, tmp_path) == Settings()


def test_an_unknown_setting_in_the_file_is_refused_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "teknologikort.toml").write_text("prot = 9000\n")
    with pytest.raises(Refusal) as caught:
        read_settings({}, tmp_path)
    assert "port?" in str(caught.value)


@pytest.mark.parametrize(
    "store",
    [
        "neo4j://user:hemmelig@host:7687",
        "Neo4j://user:hemmelig@host:7687",
        "postgres://user:hemmelig@host/db",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_shown(tmp_path: Path, store: str) -> None:
    assert refused(tmp_path, TEKNOLOGIKORT_STORE=store) == "secret-in-address"


@pytest.mark.parametrize("store", ["http://localhost:7474", "postgres://db", "sqlite://x.sqlite"])
def test_a_store_of_an_unknown_kind_is_no_file(tmp_path: Path, store: str) -> None:
    assert refused(tmp_path, TEKNOLOGIKORT_STORE=store) == "store-of-unknown-kind"


def test_capitals_in_a_scheme_do_not_matter(tmp_path: Path) -> None:
    read = read_settings({"TEKNOLOGIKORT_STORE": "BOLT://host:7687"}, tmp_path)
    assert read.store == "bolt://host:7687"


def test_credentials_come_from_the_environment_or_a_file_and_are_never_shown(
    tmp_path: Path,
) -> None:
    (tmp_path / "kode").write_text("hemmelig\n")
    read = read_credentials({"NEO4J_PASSWORD_FILE": str(tmp_path / "kode")})
    assert (read.user, read.password) == ("neo4j", "hemmelig")
    assert "hemmelig" not in repr(read)
    (tmp_path / "kode").write_bytes(b"\xff\xfe")
    with pytest.raises(Refusal):
        read_credentials({"NEO4J_PASSWORD_FILE": str(tmp_path / "kode")})
