"""Public Sector Tech Watch, Denmark and the Nordic countries, loaded whole by one mapping: what is
in the graph is what an independent reading finds, and synergy and transferability answer."""

from collections import Counter, defaultdict
from itertools import combinations, islice

import pytest

from graph.synergy import synergies_between
from graph.transfer import best_targets, transfer
from loaders.report import Verdict
from schema.names import fold
from tests.loaders.real_tables import Loaded, department, letters, loaded, solution, toml

pytestmark = pytest.mark.real_data
COUNTRY, WHO = "Geographical coverage (country)", "Responsible organisation"
AREA, KIND = "Functions of Government (COFOG level II)", "Application type"
WORDS = {
    "Implemented": "in_use",
    "Pilot": "pilot",
    "In development": "planned",
    "Planned": "planned",
    "Not in use": "retired",
}


@pytest.fixture(scope="module", params=["Denmark", "Nordic"])
def watch(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    folder = tmp_path_factory.mktemp(request.param)
    return loaded(f"eu-pstw/*{request.param}.csv", "pstw.toml", folder)


def organisation(row: dict[str, str]) -> str:
    """What the mapping says of the organisation, worked out another way."""
    name = " ".join(row[WHO].split())
    if name in ("Ministry of Foreign Affairs", "Ministry of Finance", "Ministry of Justice"):
        return f"{name} ({row[COUNTRY].strip()})"
    if "," in name or " and " in name.lower():
        return name
    for prefix in ("city of ", "municipality of "):
        if name.lower().startswith(prefix):
            name = name[len(prefix) :]
    for suffix in (" municipality", " kommune", " kommun"):
        if name.lower().endswith(suffix):
            name = name[: -len(suffix)]
    return "Copenhagen" if name == "Kobenhavns" else name


def use(row: dict[str, str]) -> tuple[str, str]:
    return department(organisation(row)), solution(row["Name"])


def problem(row: dict[str, str]) -> str | None:
    area, kind = row[AREA].strip().rstrip("."), row[KIND].strip().removesuffix(" (various)")
    unclassified = "n.e.c" in area and area.startswith(("General", "Social"))
    return None if unclassified or not area else fold(f"{area} {kind}")


def flags(row: dict[str, str]) -> set[str]:
    """The purposes of the marks that are set, by the mapping's table."""
    (target, *_) = toml("pstw.toml")["table"][0]["target"]
    table = target["columns"]["other_purposes"]["flags"]
    by_name = {" ".join(name.split()): cell for name, cell in row.items()}
    found: set[str] = set()
    for name, meant in table.items():
        if by_name[name].strip().lower() == "x":
            found |= {meant} if isinstance(meant, str) else set(meant)
    return found


def test_every_row_is_loaded(watch: Loaded) -> None:
    assert watch.report.applied is not None
    assert not watch.report.has_errors
    status = [row.verdict for row in watch.report.rows if row.sheet == "status"]
    assert Counter(status) == {Verdict.NEW: len(watch.rows)}


def test_rows_without_a_field_of_ai_are_left_out_of_the_technologies_alone(watch: Loaded) -> None:
    without = sum(not row["AI Classification Subdomain (II) (main)"].strip() for row in watch.rows)
    said = [each for each in watch.report.messages if each.code == "mapping-row-left-out"]
    assert len(said) == without == watch.report.counts[Verdict.SKIPPED]


def test_organisations_and_solutions_are_as_many_as_in_the_file(watch: Loaded) -> None:
    assert watch.named("municipality") == {fold(organisation(row)) for row in watch.rows}
    assert watch.named("solution") == {fold(row["Name"]) for row in watch.rows}
    assert len(watch.named("solution")) == len(watch.rows)


def test_ministries_of_one_name_in_two_countries_are_two(watch: Loaded) -> None:
    countries = {row[COUNTRY] for row in watch.rows if row[WHO] == "Ministry of Foreign Affairs"}
    found = {each for each in watch.named("municipality") if each.startswith("ministry-of-foreign")}
    assert found == {fold(f"Ministry of Foreign Affairs {country}") for country in countries}


def test_statuses_purposes_users_and_years_are_those_of_the_rows(watch: Loaded) -> None:
    people = {"G2C": ("citizens",), "G2B": ("businesses",), "G2G": ("staff",)}
    purposes = 0
    for row in watch.rows:
        where, title = use(row)
        assert watch.told(where, title, "status") == WORDS[row["Status"]]
        assert watch.told(where, title, "users") == people[row["Interaction"]]
        told = watch.told(where, title, "other_purposes")
        assert set(told if isinstance(told, tuple) else ()) == flags(row)
        purposes += bool(flags(row))
    assert purposes > len(watch.rows) / 2
    keys = {" USES ".join(use(row)): row["Start Year"] for row in watch.rows}
    details = watch.store.details(list(keys))
    assert {key: details[key]["since"] for key in keys} == keys


def test_suppliers_and_descriptions_are_those_of_the_rows(watch: Loaded) -> None:
    details = watch.store.details([solution(row["Name"]) for row in watch.rows])
    for row in watch.rows:
        fields = details[solution(row["Name"])]
        assert letters(str(fields["description"])) == letters(row["Description"])
        supplier = " ".join(row["Company name or GovTech ID"].split())
        assert fields.get("supplier", "") == supplier


def test_technologies_and_problems_are_those_of_the_columns(watch: Loaded) -> None:
    columns = [name for name in watch.rows[0] if "Subdomain" in name or "ary Technology" in name]
    assert len(columns) == 6
    cells = {row[name].strip() for row in watch.rows for name in columns}
    assert watch.named("technology") == {fold(cell) for cell in cells if cell} - {"other"}
    assert watch.named("problem") == {each for row in watch.rows if (each := problem(row))}


def test_who_solves_the_same_with_the_same_technology_could_share(watch: Loaded) -> None:
    """Every pair that has a problem and a technology in common, in use or on trial."""
    having: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in watch.rows:
        found = problem(row)
        if found and row["Status"] in ("Implemented", "Pilot"):
            having[found, fold(row["Primary Technology"])].add(use(row)[0])
    assert len([where for where in having.values() if len(where) > 1]) > 3
    for (found, technology), where in having.items():
        for a, b in islice(combinations(sorted(where), 2), 5):
            (share,) = synergies_between(watch.snapshot, a, b, kinds=["share"])
            assert share.score is not None
            assert share.score > 0
            named = {each.node for each in share.evidence}
            assert named & {f"problem:{found}", f"technology:{technology}"}


def test_who_faces_the_same_problem_is_the_better_target(watch: Loaded) -> None:
    """Those that face what a solution solves stand before those that do not."""
    facing: dict[str, set[str]] = defaultdict(set)
    for row in watch.rows:
        if found := problem(row):
            facing[found].add(use(row)[0])
    common = {found for found, where in facing.items() if len(where) > 2}
    rows = [r for r in watch.rows if problem(r) in common and r["Status"] == "Implemented"]
    assert rows
    for row in rows[:10]:
        where, title = use(row)
        others = facing[str(problem(row))] - {where}
        targets = best_targets(watch.snapshot, title, first=len(others)).items
        assert targets[0].department in others
        assert targets[0].fit.score is not None
        assert targets[0].fit.score >= 0.5
        far = next(d for d in watch.snapshot.nodes("department") if d not in others | {where})
        assert (transfer(watch.snapshot, title, far).fit.score or 0) < targets[0].fit.score
