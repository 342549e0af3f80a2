"""Settings come from the environment, a file or the code; wrong ones are refused at once."""

from pathlib import Path

import pytest

from schema.messages import Refusal
from teknologikort.settings import Settings, read_credentials, read_settings


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


@pytest.mark.parametrize("name", ["port", "language", "store"])
def test_what_does_not_fit_is_refused(tmp_path: Path, name: str) -> None:
    wrong = {"port": "70000", "language": "de", "store": "mongodb://x"}[name]
    assert refused(tmp_path, **{f"TEKNOLOGIKORT_{name.upper()}": wrong}) in {
        "setting-wrong",
        "store-of-unknown-kind",
    }


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
