"""``ask``: every question in every form, and the same as the graph answers it."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from graph.answer import Evidence, Part
from graph.likelihood_parts import SPEAKS
from graph.overview import overview
from graph.proposals import proposals
from graph.snapshot import Snapshot, snapshot_of
from graph.sqlite_store import SqliteStore
from graph.synergy import best_synergies, synergies_between
from graph.transfer import best_candidates, best_targets, transfer
from graph.unsolved import unsolved_problems
from graph.who_else import who_else
from schema.messages import Refusal
from teknologikort.settings import Settings
from tests.loaders.sheets import csv_file, workbook
from tests.teknologikort.command_line import in_english, program, run

ROADS, CARE = "department:eksempel/vej-og-park", "department:eksempel/sundhed-og-omsorg"
SMS, FIRES = "solution:sms-service", "department:eksempel/beredskab"
HOME = "municipality:eksempel"


@pytest.fixture
def store(example: Settings) -> Iterator[SqliteStore]:
    opened = SqliteStore(Path(example.store), create=False, read_only=True)
    yield opened
    opened.close()


@pytest.fixture
def graph(store: SqliteStore) -> Snapshot:
    return snapshot_of(store.structure())


def as_json(settings: Settings, *arguments: str) -> dict[str, Any]:
    result = run(settings, "ask", *arguments, "--json")
    assert result.exit_code == 0, result.output
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def as_csv(settings: Settings, *arguments: str) -> list[dict[str, str]]:
    result = run(settings, "ask", *arguments, "--csv")
    assert result.exit_code == 0, result.output
    text = result.stdout_bytes.decode("utf-8-sig")
    assert result.stdout_bytes.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def parts_of(parts: Sequence[Part]) -> list[tuple[str, float, float | None]]:
    return [(part.name, part.weight, part.value) for part in parts]


def told_parts(told: Any) -> list[tuple[str, float, float | None]]:
    return [(part["name"], part["weight"], part["value"]) for part in told]


def evidence_of(evidence: Sequence[Evidence]) -> list[tuple[str, str, float]]:
    return [(one.node, one.explanation.da, one.weight) for one in evidence]


def told_evidence(told: Any) -> list[tuple[str, str, float]]:
    return [(one["node"]["id"], one["explanation"], one["weight"]) for one in told]


def test_synergy_as_json_is_what_the_graph_answers(example: Settings, graph: Snapshot) -> None:
    told = as_json(example, "synergy", "sundhed-og-omsorg", "--first", "5")
    cut = best_synergies(graph, CARE, first=5)
    assert (told["question"], told["revision"]) == ("synergy", graph.revision)
    assert told["totalCount"] == cut.total
    for item, one in zip(told["items"], cut.items, strict=True):
        assert (item["kind"], item["score"], item["coverage"]) == (
            one.kind,
            one.score,
            one.coverage,
        )
        assert item["partner"]["id"] == one.partner
        assert (item["giver"] or {}).get("id") == one.giver
        assert told_parts(item["parts"]) == parts_of(one.parts)
        assert told_evidence(item["evidence"]) == evidence_of(one.evidence)
        assert item["unknown"] == [text.da for text in one.unknown]


def test_every_piece_of_evidence_leads_to_a_row(example: Settings) -> None:
    told = as_json(example, "synergy", "sundhed-og-omsorg")
    sources = [one["source"] for item in told["items"] for one in item["evidence"]]
    assert sources
    for source in sources:
        assert source
        assert all(row["file"] and row["row"] > 1 for row in source)


def test_synergy_can_be_of_one_kind(example: Settings, graph: Snapshot) -> None:
    told = as_json(example, "synergy", "Sundhed og Omsorg", "--kind", "join")
    assert told["totalCount"] == best_synergies(graph, CARE, ["join"]).total
    assert {item["kind"] for item in told["items"]} == {"join"}


def test_two_departments_are_answered_in_all_kinds_with_their_evidence(
    example: Settings, graph: Snapshot
) -> None:
    result = run(example, "ask", "synergy", "social-og-handicap", "sundhed-og-omsorg")
    lines = result.stdout.splitlines()
    assert lines[0] == "Synergi mellem Social og Handicap og Sundhed og Omsorg"
    assert [line.split()[0] for line in lines[2:8]] == [
        *("dele", "genbruge", "genbruge", "gå", "lære", "lære")
    ]
    found = synergies_between(graph, "department:eksempel/social-og-handicap", CARE)
    for one in found:
        for evidence in one.evidence:
            assert evidence.explanation.da in result.stdout


def test_evidence_shows_file_sheet_row_and_column(example: Settings) -> None:
    plain = run(example, "ask", "synergy", "vej-og-park", "it-og-digitalisering").stdout
    shown = run(
        example, "ask", "synergy", "vej-og-park", "it-og-digitalisering", "--evidence"
    ).stdout
    row = "(eksempel-status-teknik-og-stab.xlsx, arket „Status“, række 9, kolonne Y)"
    assert row in shown
    assert row not in plain


def test_a_department_has_no_synergy_with_itself(example: Settings) -> None:
    result = run(example, "ask", "synergy", "vej-og-park", "Vej og Park")
    assert isinstance(result.exception, Refusal)
    assert result.exception.messages[0].code == "synergy-with-itself"


def test_transfer_of_a_solution_as_json_is_what_the_graph_answers(
    example: Settings, graph: Snapshot
) -> None:
    told = as_json(example, "transfer", "--solution", "sms-service", "--first", "12")
    cut = best_targets(graph, SMS, 12)
    assert told["totalCount"] == cut.total
    for item, one in zip(told["items"], cut.items, strict=True):
        assert item["department"]["id"] == one.department
        assert (item["outcome"], item["group"]) == (one.outcome.key, one.group)
        assert (item["fit"]["score"], item["fit"]["coverage"]) == (one.fit.score, one.fit.coverage)
        assert told_parts(item["fit"]["parts"]) == parts_of(one.fit.parts)
        likelihood = item["likelihood"]
        assert (likelihood["score"], likelihood["rank"], likelihood["candidates"]) == (
            one.likelihood.score,
            one.likelihood.rank,
            one.likelihood.candidates,
        )
        gaps = [(gap["part"], gap["has"], gap["needs"]) for gap in item["gaps"]]
        assert gaps == [(gap.part, gap.has, gap.needs) for gap in one.gaps]
        assert [each["part"] for each in item["unknown"]] == [each.part for each in one.unknown]
        assert told_evidence(item["evidence"]) == evidence_of(one.evidence)


def test_transfer_to_a_department_as_json_is_what_the_graph_answers(
    example: Settings, graph: Snapshot
) -> None:
    told = as_json(example, "transfer", "--department", "vej-og-park", "--first", "3")
    cut = best_candidates(graph, ROADS, 3)
    assert [item["solution"]["id"] for item in told["items"]] == [one.solution for one in cut.items]


def test_one_transfer_is_told_for_a_meeting(example: Settings, graph: Snapshot) -> None:
    arguments = ("transfer", "--solution", "SMS-service", "--department", "Vej og Park")
    said = run(example, "ask", *arguments).stdout
    one = transfer(graph, SMS, ROADS)
    assert said.splitlines()[0] == "SMS-service til Vej og Park: kan tilpasses"
    for heading in ("Potentiale:", "Muligheder:", "Hindringer:"):
        assert heading in said
    for gap in one.gaps:
        assert gap.explanation.da in said


def test_a_part_of_the_likelihood_is_worded_by_whether_it_speaks_for_or_against(
    example: Settings, graph: Snapshot
) -> None:
    arguments = ("transfer", "--solution", "SMS-service", "--department", "Vej og Park")
    said = run(example, "ask", *arguments).stdout
    parts = [part for part in transfer(graph, SMS, ROADS).likelihood.parts if part.value]
    assert parts
    for part in parts:
        assert f"{SPEAKS[part.name][(part.value or 0) < 0].da}: " in said


def test_what_is_not_known_is_called_so_and_never_0(example: Settings, graph: Snapshot) -> None:
    one = transfer(graph, SMS, FIRES)
    silent = [part for part in one.fit.parts if part.value is None]
    assert silent
    said = run(example, "ask", "transfer", "--solution", SMS, "--department", FIRES).stdout
    for part in silent:
        assert f"{part.label.da}: ukendt (vægt" in said
    told = as_json(example, "transfer", "--solution", SMS, "--department", FIRES)
    values = {part["name"]: part["value"] for part in told["items"][0]["fit"]["parts"]}
    assert all(values[part.name] is None for part in silent)


def test_a_score_of_which_nothing_is_known_is_called_so_in_every_form(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "graf.sqlite"))
    rows = [("kommune", "forvaltning"), ("Eksempel", "Vej"), ("Eksempel", "Skole")]
    run(settings, "load", workbook(tmp_path / "ark.xlsx", {"Forvaltninger": rows}))
    assert "ukendt" in run(settings, "ask", "synergy", "vej", "skole").stdout
    assert "unknown" in run(in_english(settings), "ask", "synergy", "vej", "skole").stdout
    assert as_json(settings, "synergy", "vej", "skole")["items"][0]["score"] is None
    (row, *_) = as_csv(settings, "synergy", "vej", "skole")
    assert row["styrke"] == "ukendt"


def test_a_transfer_is_asked_of_a_solution_or_a_department(example: Settings) -> None:
    result = run(example, "ask", "transfer")
    assert result.exit_code == 2
    assert "Angiv --solution, --department eller begge." in result.stderr


def test_who_else_as_json_is_what_the_graph_answers(example: Settings, graph: Snapshot) -> None:
    told = as_json(example, "who-else", "dataetik", "--besides", "it-og-digitalisering")
    cut = who_else(graph, "competence:dataetik", "department:eksempel/it-og-digitalisering")
    assert told["node"] == {"id": "competence:dataetik", "name": "Dataetik"}
    assert [(item["department"]["id"], item["value"]) for item in told["items"]] == [
        (one.department, one.value) for one in cut.items
    ]


@pytest.mark.parametrize(
    ("node", "line"),
    [
        ("SMS-service", "Borgerservice (Eksempel)      i brug"),
        ("Dataetik", "It og Digitalisering (Eksempel)      4"),
        ("technology:rda", "Borgerservice (Eksempel)"),
        ("Højt sygefravær", "Sundhed og Omsorg (Eksempel)"),
    ],
)
def test_who_else_is_answered_of_four_kinds(example: Settings, node: str, line: str) -> None:
    assert line in run(example, "ask", "who-else", node).stdout


def test_unsolved_as_json_is_what_the_graph_answers(example: Settings, graph: Snapshot) -> None:
    told = as_json(example, "unsolved", "eksempel", "--first", "4")
    cut = unsolved_problems(graph, HOME, 4)
    assert told["totalCount"] == cut.total
    for item, one in zip(told["items"], cut.items, strict=True):
        assert item["problem"]["id"] == one.problem
        assert [(f["department"]["id"], f["priority"]) for f in item["facing"]] == [
            (each.department, each.priority) for each in one.facing
        ]
        assert [s["solution"]["id"] for s in item["solvers"]] == [s.solution for s in one.solvers]
        assert item["solvedElsewhere"] == one.solved_elsewhere


def test_a_list_that_is_cut_says_so(example: Settings, graph: Snapshot) -> None:
    total = unsolved_problems(graph, None).total
    result = run(example, "ask", "unsolved", "--first", "2")
    assert f"Her er de første 2 af {total}; --first {total} viser alle." in result.stderr
    assert "Her er" not in run(example, "ask", "unsolved", "--first", str(total)).stderr


def test_proposals_as_json_are_what_the_graph_answers(example: Settings, graph: Snapshot) -> None:
    told = as_json(example, "proposals", "eksempel")
    cut = proposals(graph, HOME)
    assert told["totalCount"] == cut.total
    for item, one in zip(told["items"], cut.items, strict=True):
        assert (item["department"]["id"], item["solution"]["id"], item["decision"]) == (
            one.department,
            one.solution,
            one.decision,
        )
        assert [each["id"] for each in item["usedBy"]] == list(one.used_by)
        assert [e["solution"]["id"] for e in item["existing"]] == [e.solution for e in one.existing]


def test_proposals_can_be_of_one_decision(example: Settings) -> None:
    told = as_json(example, "proposals", "--decision", "declined")
    assert told["items"]
    assert {item["decision"] for item in told["items"]} == {"declined"}


def test_the_overview_as_json_is_what_the_graph_answers(example: Settings, graph: Snapshot) -> None:
    told = as_json(example, "overview", "eksempel")
    found = overview(graph, HOME)
    assert told["municipality"] == {"id": HOME, "name": "Eksempel"}
    assert [(c["key"], c["number"]) for c in told["kinds"]] == [
        (count.key, count.number) for count in found.kinds
    ]
    assert [row["node"]["id"] for row in told["departments"]] == list(found.departments.rows)
    assert [list(row["counts"].values()) for row in told["technologies"]] == [
        list(row) for row in found.technologies.counts
    ]
    assert told["unsolvedCount"] == found.unsolved.total
    assert [(lack["key"], lack["number"], lack["of"]) for lack in told["lacks"]] == [
        (lack.key, lack.number, lack.of) for lack in found.lacks
    ]


def test_the_overview_of_a_municipality_shows_its_tables(example: Settings) -> None:
    said = run(example, "ask", "overview", "eksempel").stdout
    assert said.splitlines()[0] == "Digital status i Eksempel"
    for heading in (
        "Hvad der er kortlagt",
        "Forvaltninger og formål",
        "Teknologier og formål",
        "Uløste problemer",
        "Bruges af flere",
        "Det mangler der oplysninger om",
    ):
        assert heading in said


def test_csv_reads_back_as_the_answer(example: Settings, graph: Snapshot) -> None:
    rows = as_csv(example, "transfer", "--solution", "sms-service", "--first", "30")
    cut = best_targets(graph, SMS, 30)
    for row, one in zip(rows, cut.items, strict=True):
        assert row["forvaltningens id"] == one.department
        assert row["udfald"] == one.outcome.label.da
        fit = "ukendt" if one.fit.score is None else one.fit.score
        shown = row["egnethed"] if fit == "ukendt" else float(row["egnethed"].replace(",", "."))
        assert shown == (fit if fit == "ukendt" else pytest.approx(fit, abs=1e-4))


def test_csv_with_evidence_has_its_sentences_and_rows(example: Settings) -> None:
    pair = ("vej-og-park", "it-og-digitalisering", "--kind", "learn")
    (_, row) = as_csv(example, "synergy", *pair, "--evidence")
    assert "kræver IoT-drift på niveau 3" in row["grundlag"]
    assert "arket „Kompetencer“, række 89" in row["kilder"].splitlines()[0]


def test_csv_runs_nothing_in_a_spreadsheet(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "graf.sqlite"))
    rows = [
        ("kommune", "forvaltning", "løsning"),
        ("Eksempel", "Vej", "=1+1"),
        ("Nabo", "Vej", "=1+1"),
    ]
    run(settings, "load", csv_file(tmp_path / "status.csv", rows))
    (row, *_) = as_csv(settings, "synergy", "eksempel/vej", "--kind", "share")
    assert row["om"] == "'=1+1"


def test_the_overview_as_csv_has_a_number_a_line(example: Settings, graph: Snapshot) -> None:
    rows = as_csv(example, "overview", "eksempel")
    found = overview(graph, HOME)
    kinds = {r["id"]: int(r["antal"]) for r in rows if r["tabel"] == "Hvad der er kortlagt"}
    assert kinds == {count.key: count.number for count in found.kinds}


def test_english_is_one_option_away(example: Settings) -> None:
    said = run(example, "ask", "who-else", "sms-service", "--language", "en").stdout
    assert said.splitlines()[0] == "Who uses SMS service?"
    assert "in use" in said


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        (("synergy", "vej og prak"), "name-not-found", "Mente du „Vej og Park (Eksempel)“?"),
        (("overview", "exempel"), "name-not-found", "Mente du „Eksempel“?"),
        (("who-else", "sms servise"), "name-not-found", "„SMS-service“"),
    ],
)
def test_a_misspelt_name_fails_with_what_was_probably_meant(
    example: Settings, arguments: tuple[str, ...], code: str, hint: str
) -> None:
    result = run(example, "ask", *arguments)
    assert result.exit_code == 1
    assert isinstance(result.exception, Refusal)
    assert result.exception.messages[0].code == code
    assert hint in result.exception.text("da")


def test_a_misspelt_name_as_a_program_is_a_sentence_and_exit_code_1(
    tmp_path: Path, example: Settings
) -> None:
    done = program(tmp_path, "ask", "synergy", "vej og prak", "--store", example.store)
    assert done.returncode == 1
    assert "Mente du „Vej og Park (Eksempel)“?" in done.stderr
    assert done.stdout == ""


def test_a_question_that_does_not_exist_gets_what_was_meant(example: Settings) -> None:
    result = run(example, "ask", "synergi")
    assert result.exit_code == 2
    assert "Mente du „synergy“?" in result.stderr


def test_json_and_csv_at_once_are_a_misuse(example: Settings) -> None:
    assert run(example, "ask", "unsolved", "--json", "--csv").exit_code == 2


def test_nobody_is_asked_where_there_is_no_graph(without_graph: Settings) -> None:
    result = run(without_graph, "ask", "overview")
    assert isinstance(result.exception, Refusal)
    assert result.exception.messages[0].code == "store-missing"
    assert not Path(without_graph.store).exists()
