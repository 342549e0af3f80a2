"""The Dutch register of algorithms, loaded whole by its mapping: what is in the graph is what an
independent reading of the file finds, and synergy and transferability answer from it."""

from collections import Counter, defaultdict
from itertools import combinations

import pytest

from graph.outcome import ADAPT, OTHER_TECHNOLOGY, TAKE_OVER, TOO_LITTLE_KNOWN
from graph.synergy import best_synergies, synergies_between
from graph.transfer import best_targets, transfer
from loaders.report import Verdict
from schema.names import fold
from schema.records import relation_key
from tests.loaders.real_tables import SHEET_ROW, Loaded, department, letters, loaded, solution

pytestmark = pytest.mark.real_data
WORDS = {"in_gebruik": "in_use", "ontwikkeling": "planned", "buiten_gebruik": "retired"}


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    folder = tmp_path_factory.mktemp("register")
    return loaded("nl-algoritmeregister/*.csv", "nl-algoritmeregister.toml", folder)


def organisation(row: dict[str, str]) -> str:
    return row["organisatie"].strip().removeprefix("Gemeente ")


def newest(register: Loaded) -> dict[tuple[str, str], tuple[int, dict[str, str]]]:
    """For each organisation and title the row that was changed last, with its number."""
    found: dict[tuple[str, str], tuple[int, dict[str, str]]] = {}
    for number, row in enumerate(register.rows, start=SHEET_ROW):
        use = department(organisation(row)), solution(row["title"])
        before = found.get(use)
        if before is None or row["laatst_gewijzigd"] >= before[1]["laatst_gewijzigd"]:
            found[use] = number, row
    return found


def users(register: Loaded) -> dict[str, set[str]]:
    """Which departments have each title in use."""
    found: dict[str, set[str]] = defaultdict(set)
    for (where, title), (_, row) in newest(register).items():
        if row["status"] == "in_gebruik":
            found[title].add(where)
    return found


def test_every_row_is_loaded_but_those_that_a_newer_one_replaces(register: Loaded) -> None:
    uses = newest(register)
    counts = register.report.counts
    assert register.report.applied is not None
    assert not register.report.has_errors
    assert counts[Verdict.REFUSED] == 0
    assert counts[Verdict.SKIPPED] == len(register.rows) - len(uses)
    status = [row for row in register.report.rows if row.sheet == "status"]
    assert Counter(row.verdict for row in status)[Verdict.NEW] == len(uses)


def test_organisations_titles_and_uses_are_as_many_as_in_the_file(register: Loaded) -> None:
    assert register.named("municipality") == {fold(organisation(row)) for row in register.rows}
    assert len(register.named("municipality")) == len({row["organisatie"] for row in register.rows})
    assert register.named("solution") == {fold(row["title"]) for row in register.rows}
    told = {
        (where, title)
        for where in register.snapshot.nodes("department")
        for title in register.snapshot.outgoing("USES", where)
    }
    assert told == set(newest(register))


def test_each_use_has_its_status(register: Loaded) -> None:
    for (where, title), (_, row) in newest(register).items():
        assert register.told(where, title, "status") == WORDS[row["status"]]


def test_each_use_has_its_goal_and_date_and_leads_back_to_its_row(register: Loaded) -> None:
    uses = newest(register)
    keys = {use: relation_key("USES", *use) for use in uses}
    details = register.store.details(list(keys.values()))
    sources = register.store.sources(list(keys.values()))
    for use, (number, row) in uses.items():
        fields = details[keys[use]]
        assert fields["last_confirmed"] == row["laatst_gewijzigd"]
        assert letters(str(fields.get("background", ""))) == letters(row["doel"])
        (provenance,) = sources[keys[use]]
        assert provenance.place.row == number
        assert provenance.columns["status"] == "G"


def test_municipalities_have_the_number_in_their_address(register: Loaded) -> None:
    codes = {
        f"municipality:{fold(organisation(row))}": row["url"].split("/gm")[1][:4]
        for row in register.rows
        if "/gm" in row["url"]
    }
    details = register.store.details(list(register.snapshot.nodes("municipality")))
    found = {node: fields["code"] for node, fields in details.items() if "code" in fields}
    assert found == codes
    assert len(codes) > 100


def test_two_that_share_titles_have_a_share_synergy_that_names_them_all(register: Loaded) -> None:
    titles: dict[str, set[str]] = defaultdict(set)
    for title, where in users(register).items():
        for each in where:
            titles[each].add(title)
    pairs = combinations(sorted(titles), 2)
    a, b = max(pairs, key=lambda pair: len(titles[pair[0]] & titles[pair[1]]))
    shared = titles[a] & titles[b]
    assert len(shared) >= 5
    (share,) = synergies_between(register.snapshot, a, b, kinds=["share"])
    assert share.score is not None
    assert share.score > 0
    named = {each.node for each in share.evidence if each.node.startswith("solution:")}
    assert named == shared


def test_whoever_uses_what_others_use_has_a_synergy(register: Loaded) -> None:
    common = {each for where in users(register).values() if len(where) > 1 for each in where}
    some = sorted(common)[::5]
    for each in some:
        best = best_synergies(register.snapshot, each, kinds=["share"], first=1)
        assert best.total > 0
        assert best.items[0].evidence
    assert len(common) > 150


def test_a_title_that_many_use_has_targets_ranked_by_likelihood(register: Loaded) -> None:
    most = sorted(users(register).items(), key=lambda each: -len(each[1]))[:5]
    for title, where in most:
        assert len(where) >= 15
        best = best_targets(register.snapshot, title, first=20)
        assert best.total == len(register.snapshot.nodes("department")) - len(where)
        assert not {each.department for each in best.items} & where
        scores = [each.likelihood.score for each in best.items]
        known = [score for score in scores if score is not None]
        assert len(known) == len(scores)
        assert known[0] > 0


def test_the_likely_targets_share_more_with_the_users_than_departments_do_at_large(
    register: Loaded,
) -> None:
    """Whoever stands foremost has more titles of those that the users have than the mean has."""
    using = users(register)
    title, where = max(using.items(), key=lambda each: len(each[1]))
    beside = {other for other, by in using.items() if other != title and len(by & where) > 1}

    def having(department: str) -> int:
        return sum(department in using[other] for other in beside)

    best = best_targets(register.snapshot, title, first=10).items
    others = set(register.snapshot.nodes("department")) - where
    mean = sum(map(having, others)) / len(others)
    assert sum(having(each.department) for each in best) / len(best) > 2 * mean


def test_what_solves_a_problem_that_somebody_has_not_solved_could_go_there(
    register: Loaded,
) -> None:
    """Who only plans or has given up a solution still faces its problem; what others have in use
    for it is offered, unless too little is known."""
    using = users(register)
    checked = 0
    for (where, title), (_, row) in newest(register).items():
        for problem in register.snapshot.outgoing("SOLVES", title):
            solvers = register.snapshot.incoming("SOLVES", problem)
            if row["status"] == "in_gebruik" or any(where in using[each] for each in solvers):
                continue
            foremost = max(solvers, key=lambda each: len(using[each]))
            offered = transfer(register.snapshot, foremost, where)
            parts = {part.name: part.value for part in offered.fit.parts}
            assert parts["problem"] == 1
            if parts["technology"] is None:  # it has nothing in use whose technology is told
                assert offered.outcome is TOO_LITTLE_KNOWN
            else:
                assert offered.outcome in (TAKE_OVER, ADAPT, OTHER_TECHNOLOGY)
                checked += 1
    assert checked


def test_it_takes_seconds_not_minutes(register: Loaded) -> None:
    assert register.seconds < 20


def test_loaded_again_it_says_nothing_new(register: Loaded) -> None:
    assert register.again().nothing_new
