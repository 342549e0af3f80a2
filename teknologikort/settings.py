"""The settings: from the environment, a file, and what stands here; wrong ones are refused."""

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from ipaddress import ip_network
from pathlib import Path
from typing import Literal

from rapidfuzz import process

from schema.messages import Refusal, say
from schema.text import Text

FILE = "teknologikort.toml"
PREFIX = "TEKNOLOGIKORT_"
_OTHERS = ("TEKNOLOGIKORT_REAL_DATA",)  # the tests' own
NOBODY = "none"
"""Stands where a list of networks would, for no network at all."""
NEO4J_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


@dataclass(frozen=True)
class Settings:
    """What can be set. Each is read from ``TEKNOLOGIKORT_NAME``, else from ``teknologikort.toml``
    in the folder where the command is run, else it is what stands here."""

    store: str = "data/teknologikort.sqlite"
    """A file's path or ``sqlite:///…``; or the address of a Neo4j, ``neo4j://host:7687``."""
    host: str = "127.0.0.1"
    """The address that ``serve`` listens on; others than this machine's need ``--read-only``."""
    port: int = 8000
    """The port that ``serve`` listens on."""
    hosts: tuple[str, ...] = ()
    """Further names that the server is reached by, where it stands behind another."""
    language: str = "da"
    """The language of the command line: ``da`` or ``en``."""
    actor: str = "local"
    """Who is written down as having loaded or undone something from the command line."""
    backups: str = "data/backup"
    """The folder for backups that are given no other place, and for those before an upgrade."""
    workers: int = 1
    """How many processes of `serve` answer side by side."""
    stop_seconds: int = 20
    """How long `serve` lets requests under way end once it is told to stop; then they are cut."""
    log_format: str = "text"
    """How `serve` writes its log lines: ``text`` or ``json``."""
    metrics: tuple[str, ...] = ("127.0.0.0/8", "::1")
    """Networks from which `/metrics` may be read; ``none`` for nobody."""


@dataclass(frozen=True)
class Credentials:
    """The user and password of a Neo4j, from the environment or a file; never shown."""

    user: str
    password: str

    def __repr__(self) -> str:
        return f"Credentials(user={self.user!r}, password=…)"


Origin = Literal["default", "file", "environment"]
"""Where a setting's value comes from."""


def read_settings(
    environment: Mapping[str, str] = os.environ, folder: Path | None = None
) -> Settings:
    """The settings in force here; raises Refusal for one that is unknown or does not fit."""
    told = {**_from_file(_file(folder)), **_from_environment(environment)}
    return _checked(Settings(**{name: _typed(name, value) for name, value in told.items()}))  # type: ignore[arg-type]


def read_origins(
    environment: Mapping[str, str] = os.environ, folder: Path | None = None
) -> dict[str, Origin]:
    """Where each setting's value comes from, in the order in which they are declared."""
    origins: dict[str, Origin] = dict.fromkeys((each.name for each in fields(Settings)), "default")
    origins |= dict.fromkeys(_from_file(_file(folder)), "file")
    return origins | dict.fromkeys(_from_environment(environment), "environment")


def _file(folder: Path | None) -> Path:
    return (folder or Path.cwd()) / FILE


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    _refuse_unknown(environment)
    return {
        field.name: environment[f"{PREFIX}{field.name.upper()}"]
        for field in fields(Settings)
        if f"{PREFIX}{field.name.upper()}" in environment
    }


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    known = [f"{PREFIX}{field.name.upper()}" for field in fields(Settings)]
    for name in environment:
        if name.startswith(PREFIX) and name not in (*known, *_OTHERS):
            raise Refusal(say("variable-unknown", name=name, hint=_close(name, known)))


def _close(name: str, known: Sequence[str]) -> str:
    close = process.extractOne(name, known, score_cutoff=60)
    return f" ({close[0]}?)" if close else ""


def _from_file(file: Path) -> Mapping[str, object]:
    if not file.exists():
        return {}
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refusal(say("settings-unreadable", file=file.name, reason=str(error))) from error
    known = [field.name for field in fields(Settings)]
    for name in told:
        if name not in known:
            hint = _close(name, known)
            raise Refusal(say("setting-unknown", name=name, file=file.name, hint=hint))
    return told


_NUMBERS: Mapping[str, tuple[int, int]] = {
    "port": (0, 65535),
    "workers": (1, 64),
    "stop_seconds": (0, 3600),
}
_WORDS: Mapping[str, tuple[str, ...]] = {"language": ("da", "en"), "log_format": ("text", "json")}
_LISTS = ("hosts", "metrics")
_NEVER_EMPTY = ("store", "host", "actor", "backups")
_A_TEXT = Text("en tekst, som ikke er tom", "a text that is not empty")


def _typed(name: str, value: object) -> object:
    if name in _NUMBERS:
        least, most = _NUMBERS[name]
        text = str(value)
        if not text.isdecimal() or not least <= int(text) <= most:
            raise Refusal(say("setting-wrong", name=name, value=value, expected=f"{least}–{most}"))
        return int(text)
    if name in _LISTS:
        parts = value if isinstance(value, list) else [value]
        given = ",".join(_text(name, part) for part in parts).split(",")
        return tuple(part.strip() for part in given if part.strip())
    return _text(name, value)


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise Refusal(say("setting-wrong", name=name, value=value, expected=_A_TEXT))
    return value


def _checked(settings: Settings) -> Settings:
    for name, words in _WORDS.items():
        value = getattr(settings, name)
        if value not in words:
            expected = ", ".join(words)
            raise Refusal(say("setting-wrong", name=name, value=value, expected=expected))
    for name in _NEVER_EMPTY:
        if not getattr(settings, name).strip():
            raise Refusal(say("setting-wrong", name=name, value="", expected=_A_TEXT))
    return replace(
        settings,
        store=_checked_store(settings.store),
        metrics=tuple(map(_checked_network, settings.metrics)),
    )


def _checked_network(network: str) -> str:
    """A network as it was written, or ``none``."""
    if network == NOBODY:
        return network
    try:
        ip_network(network)
    except ValueError as error:
        expected = "10.0.0.0/8, 127.0.0.1, ::1, none"
        wrong = say("setting-wrong", name="metrics", value=network, expected=expected)
        raise Refusal(wrong) from error
    return network


def _checked_store(store: str) -> str:
    """A store's name with its scheme in lower case; one of an unknown kind is refused without
    showing it, since a password may stand in it."""
    scheme, sign, rest = store.partition("://")
    if not sign:
        return store
    if "@" in rest.partition("/")[0]:
        raise Refusal(say("secret-in-address"))
    known = scheme.lower()
    if known not in NEO4J_SCHEMES and not (known == "sqlite" and rest.startswith("/")):
        raise Refusal(say("store-of-unknown-kind", scheme=scheme))
    return f"{known}://{rest}"


def with_store(settings: Settings, store: str | None) -> Settings:
    """The settings with another store, as ``--store`` names it; refused as a setting would be."""
    return settings if store is None else _checked(replace(settings, store=store))


def is_neo4j(store: str) -> bool:
    """Whether a store's name is the address of a Neo4j."""
    return store.partition("://")[0] in NEO4J_SCHEMES and "://" in store


def read_credentials(environment: Mapping[str, str] = os.environ) -> Credentials:
    """Who signs in to Neo4j: ``NEO4J_USER`` and ``NEO4J_PASSWORD``, or the first line of the
    file that ``NEO4J_PASSWORD_FILE`` names."""
    password = environment.get("NEO4J_PASSWORD", "")
    file = environment.get("NEO4J_PASSWORD_FILE")
    if file and not password:
        try:
            password = Path(file).read_text(encoding="utf-8").splitlines()[0].strip()
        except (OSError, IndexError, UnicodeDecodeError) as error:
            raise Refusal(
                say("settings-unreadable", file=Path(file).name, reason=str(error))
            ) from error
    return Credentials(environment.get("NEO4J_USER", "neo4j"), password)
