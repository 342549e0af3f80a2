"""The settings: from the environment, a file, and what stands here; wrong ones are refused."""

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from rapidfuzz import process

from schema.messages import Refusal, say

FILE = "teknologikort.toml"
PREFIX = "TEKNOLOGIKORT_"
_OTHERS = ("TEKNOLOGIKORT_REAL_DATA",)  # the tests' own
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


@dataclass(frozen=True)
class Credentials:
    """The user and password of a Neo4j, from the environment or a file; never shown."""

    user: str
    password: str

    def __repr__(self) -> str:
        return f"Credentials(user={self.user!r}, password=…)"


def read_settings(
    environment: Mapping[str, str] = os.environ, folder: Path | None = None
) -> Settings:
    """The settings in force here; raises Refusal for one that is unknown or does not fit."""
    file = (folder or Path.cwd()) / FILE
    told: dict[str, object] = dict(_from_file(file))
    _refuse_unknown(environment)
    for name in Settings.__dataclass_fields__:
        if f"{PREFIX}{name.upper()}" in environment:
            told[name] = environment[f"{PREFIX}{name.upper()}"]
    return _checked(Settings(**{name: _typed(name, value) for name, value in told.items()}))  # type: ignore[arg-type]


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


def _typed(name: str, value: object) -> object:
    if name == "port":
        text = str(value)
        if not text.isdecimal() or not 0 <= int(text) < 65536:
            raise Refusal(say("setting-wrong", name=name, value=value, expected="0–65535"))
        return int(text)
    if name == "hosts":
        parts = value if isinstance(value, list) else str(value).split(",")
        return tuple(str(part).strip() for part in parts if str(part).strip())
    return str(value)


def _checked(settings: Settings) -> Settings:
    if settings.language not in ("da", "en"):
        raise Refusal(
            say("setting-wrong", name="language", value=settings.language, expected="da, en")
        )
    return replace(settings, store=_checked_store(settings.store))


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
