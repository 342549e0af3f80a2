"""The audits of the GraphQL-over-HTTP specification, by the suite that its authors publish."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

CACHE = Path(__file__).parents[2] / ".cache" / "graphql-http"
VERSION = "1.23.1"
AUDIT = """
import { pathToFileURL } from "node:url";
const [suite, url] = process.argv.slice(1);
const { auditServer } = await import(pathToFileURL(suite));
const results = await auditServer({ url });
console.log(JSON.stringify(results.map(({ id, name, status }) => ({ id, name, status }))));
"""


@pytest.fixture(scope="module")
def suite() -> Path:
    """The audit suite's module, installed from npm when it is not there yet."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        _without("node and npm are missing: install Node.js 18 or newer")
    module = CACHE / "node_modules" / "graphql-http" / "lib" / "audits" / "server.mjs"
    if not module.exists():
        install = [npm, "install", "--prefix", str(CACHE), "--no-audit", "--no-fund", "--silent"]
        wanted = f"graphql-http@{VERSION}"
        CACHE.mkdir(parents=True, exist_ok=True)
        done = subprocess.run([*install, wanted], capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            _without(f"npm cannot install {wanted}: {done.stderr.strip()[-200:]}")
    return module


def _without(reason: str) -> NoReturn:
    if os.environ.get("REQUIRE_NODE") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def test_every_audit_of_the_specification_is_passed(small_server: str, suite: Path) -> None:
    command = ["node", "--input-type=module", "-e", AUDIT, str(suite), f"{small_server}/graphql"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    failed = [f"{each['id']} {each['name']}" for each in results if each["status"] != "ok"]
    assert failed == []
    assert len(results) >= 61
