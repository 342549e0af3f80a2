"""@neo4j/graphql with Apollo server over a Neo4j: what one would put up instead of our GraphQL."""

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.peers.missing import PeerMissing
from benchmarks.peers.process import address_of, stop
from teknologikort.local_neo4j import Neo4jAddress

HERE = Path(__file__).parent
FILES = ("package.json", "server.mjs", "types.graphql")

PAGE = """
{ departments(limit: 50, sort: [{id: ASC}]) { id name usesConnection(first: 20) { edges {
    properties { status } node { id name description solves(limit: 5) { id name description } }
} } } }
"""
"""50 departments, their solutions, and the problems of these."""

AROUND = """
query ($id: ID!) { solutions(where: {id: {eq: $id}}) { id name description
    usedByConnection { edges { properties { status } node { id name } } }
    solves { id name } builtOn { id name } requires { id name } } }
"""
SEARCH = """
query ($word: String!) { solutions(where: {name: {contains: $word}}, limit: 20) { id name } }
"""
TARGETS = """
query ($id: ID!) { solutions(where: {id: {eq: $id}}) { id name
    targets { id name problems competences } } }
"""
SHARING = """
query ($id: ID!) { departments(where: {id: {eq: $id}}) { id name sharing { id name shared } } }
"""


def bodies(query: str, name: str | None = None, values: Sequence[str] = ()) -> list[bytes]:
    """What is sent: the query once, or once for each value of its variable."""
    if name is None:
        return [json.dumps({"query": query}).encode()]
    return [json.dumps({"query": query, "variables": {name: each}}).encode() for each in values]


@contextmanager
def neo4j_graphql(address: Neo4jAddress, cache: Path) -> Iterator[str]:
    """The address to ask at, as long as the block lasts; raises PeerMissing."""
    folder = installed(cache)
    signing_in = {
        "NEO4J_URI": address.uri,
        "NEO4J_USER": address.user,
        "NEO4J_PASSWORD": address.password,
        "NODE_ENV": "production",
    }
    process = subprocess.Popen(
        [_found("node"), str(folder / "server.mjs")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | signing_in,
    )
    try:
        yield address_of(process)
    finally:
        stop(process)


def installed(cache: Path) -> Path:
    """The folder with the server and its packages, installed when it is not there or is older."""
    folder, npm = cache / "peers", _found("npm")
    folder.mkdir(parents=True, exist_ok=True)
    wanted = (HERE / "package.json").read_text(encoding="utf-8")
    with (folder / "installing.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder / "installed.json"
        for name in FILES:
            shutil.copyfile(HERE / name, folder / name)
        if not done.exists() or done.read_text(encoding="utf-8") != wanted:
            _install(npm, folder)
            done.write_text(wanted, encoding="utf-8")
    return folder


def _install(npm: str, folder: Path) -> None:
    command = [npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--silent"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )
    if done.returncode != 0:
        raise PeerMissing(f"npm cannot install the peers: {done.stderr.strip()[-300:]}")


def _found(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        raise PeerMissing(f"{program} is missing: install Node.js 20 or newer")
    return path
