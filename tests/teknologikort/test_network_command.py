"""``network``: one file that opens offline and is never half written."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request

from schema.messages import Refusal
from teknologikort.settings import Settings
from tests.teknologikort.command_line import run


def test_it_writes_a_network_around_a_node(tmp_path: Path, example: Settings) -> None:
    file = tmp_path / "sms.html"
    result = run(example, "network", "sms-service", "-o", file)
    assert result.exit_code == 0
    html = file.read_text(encoding="utf-8")
    assert "<h1>Netværket omkring SMS-service</h1>" in html
    assert '<html lang="da">' in html
    assert "Borgerservice (Eksempel)" in html
    assert "Revision 10" in html


@pytest.mark.browser
def test_the_file_asks_no_other_host_and_complains_of_nothing(
    tmp_path: Path, example: Settings, page: Page
) -> None:
    file = tmp_path / "sms.html"
    run(example, "network", "sms-service", "-o", file)
    asked: list[str] = []
    complaints: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(file.as_uri())
    page.wait_for_selector("canvas")
    assert asked == [file.as_uri()]
    assert complaints == []


def test_a_municipality_is_drawn_with_its_departments_solutions_and_problems(
    tmp_path: Path, example: Settings
) -> None:
    file = tmp_path / "eksempel.html"
    result = run(example, "network", "--municipality", "eksempel", "-o", file, "--language", "en")
    assert result.exit_code == 0
    html = file.read_text(encoding="utf-8")
    assert "<h1>The network around Eksempel</h1>" in html
    assert "Health and Care" in html
    assert "Technologies" not in re.sub(r"(?s)<script.*?</script>", "", html)


def test_more_steps_reach_further(tmp_path: Path, example: Settings) -> None:
    one, two = tmp_path / "1.html", tmp_path / "2.html"
    run(example, "network", "beredskab", "-o", one)
    run(example, "network", "beredskab", "-o", two, "--reach", "2")
    assert len(two.read_bytes()) > len(one.read_bytes())


def test_a_file_that_is_there_is_left_alone_unless_asked(tmp_path: Path, example: Settings) -> None:
    file = tmp_path / "sms.html"
    file.write_text("mit", encoding="utf-8")
    result = run(example, "network", "sms-service", "-o", file)
    assert isinstance(result.exception, Refusal)
    assert result.exception.messages[0].code == "file-exists"
    assert file.read_text(encoding="utf-8") == "mit"
    assert run(example, "network", "sms-service", "-o", file, "--overwrite").exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_an_unknown_name_writes_nothing(tmp_path: Path, example: Settings) -> None:
    file = tmp_path / "sms.html"
    result = run(example, "network", "sms servise", "-o", file)
    assert isinstance(result.exception, Refusal)
    assert "„SMS-service“" in result.exception.text("da")
    assert list(tmp_path.glob("*sms*")) == []


@pytest.mark.parametrize("arguments", [(), ("sms-service", "--municipality", "eksempel")])
def test_it_is_around_one_thing(
    tmp_path: Path, example: Settings, arguments: tuple[str, ...]
) -> None:
    result = run(example, "network", *arguments, "-o", tmp_path / "net.html")
    assert result.exit_code == 2
    assert "Angiv enten en NODE eller --municipality." in result.stderr
