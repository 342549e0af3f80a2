"""Asking and loading over HTTP, as another program does."""

import json
from typing import Any

import httpx

UPLOAD = """mutation Load($files: [Upload!]!, $source: String) {
    loadSheets(files: $files, source: $source) { number revision } }"""
HEADER = {"X-Teknologikort-Upload": "1"}


def sheet(number: int, rows: int = 200, edition: int = 1) -> bytes:
    """A Status sheet whose rows name two solutions of this number each, one for each side; its
    editions name the same, and say something else of it."""
    lines = ["Kommune;Forvaltning;Løsning;Status;Baggrund"]
    for row in range(rows):
        for side in ("Venstre", "Højre"):
            text = f"Nr. {number}.{edition}: borgeren får besked, når hjemmeplejen er på vej."
            lines.append(f"Prøveby;Omsorg {row % 7};{side} {number} {row};i drift;{text}")
    return "\n".join(lines).encode()


def load(client: httpx.Client, number: int, rows: int = 200, edition: int = 1) -> int:
    """Load an edition of the sheet of this number; the revision that it made."""
    operations = {"query": UPLOAD, "variables": {"files": [None], "source": f"{number}.csv"}}
    parts: list[tuple[str, Any]] = [
        ("operations", (None, json.dumps(operations))),
        ("map", (None, json.dumps({"0": ["variables.files.0"]}))),
        ("0", (f"{number}.csv", sheet(number, rows, edition))),
    ]
    answer = client.post("/graphql", files=parts, headers=HEADER).json()
    assert "errors" not in answer, answer
    (report,) = answer["data"]["loadSheets"]
    assert report["revision"] is not None, report
    return int(report["revision"])


def ask(client: httpx.Client, query: str) -> Any:
    """The data of an answer without errors."""
    answer = client.post("/graphql", json={"query": query}).json()
    assert "errors" not in answer, answer
    return answer["data"]


def revision(client: httpx.Client) -> int:
    """The revision that the server's answers are of."""
    return int(ask(client, "{ revision }")["revision"])
