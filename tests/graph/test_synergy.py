"""Synergy between two departments and a department's best, by hand and for random graphs."""

import math
from collections.abc import Iterable

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from graph.snapshot import Snapshot
from graph.solved import held, requirements, solvers_here, unsolved_here
from graph.synergy import Synergy, best_synergies, synergies_between
from graph.synergy_facts import Sets
from graph.synergy_kinds import DIRECTED, KINDS, SynergyKind, SynergyWeights
from graph.synergy_scores import weighted_jaccard
from graph.synergy_unknown import not_told
from schema.field import Value
from schema.records import is_relation, parse_relation
from tests.graph.graphs import DEPARTMENTS, checked, snapshots
from tests.graph.small import edge, snapshot

PAIRS = st.permutations([f"department:{each}" for each in DEPARTMENTS]).map(
    lambda order: (order[0], order[1])
)
# Of a failing example Hypothesis would tell its size as a warning instead of the failure.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

K = SynergyWeights().damping
X, Y, Z = "department:a/x", "department:a/y", "department:a/z"


def one(answers: Iterable[Synergy], kind: SynergyKind, giver: str | None = None) -> Synergy:
    """The one answer of this kind (and giver)."""
    (found,) = (each for each in answers if each.kind == kind and each.giver == giver)
    return found


def w(among: int, having: int) -> float:
    return math.log((1 + among) / (1 + having)) + 1


def test_two_share_by_the_rarity_of_the_solutions_they_have_in_common() -> None:
    graph = snapshot(
        uses=[
            ("a/x", "sms"),
            ("a/x", "rda", "planned"),
            ("a/y", "sms", "pilot"),
            ("a/y", "map"),
            ("a/z", "map"),
        ]
    )

    share = one(synergies_between(graph, X, Y), "share")

    common, mine, theirs = w(3, 2), w(3, 1), w(3, 2)
    assert share.score == pytest.approx(common / (common + mine + theirs))
    assert [each.node for each in share.evidence] == ["solution:sms"]
    assert share.evidence[0].elements == (edge("USES", "a/x", "sms"), edge("USES", "a/y", "sms"))
    assert share.evidence[0].explanation.da == "Sms er i brug hos X og under afprøvning hos Y."


def test_a_retired_solution_is_not_shared() -> None:
    graph = snapshot(uses=[("a/x", "sms"), ("a/y", "sms", "retired"), ("a/y", "map")])

    assert one(synergies_between(graph, X, Y), "share").score == 0.0


def test_a_facet_that_is_not_filled_in_is_left_out_and_named() -> None:
    graph = snapshot(uses=[("a/x", "sms"), ("a/y", "sms")])

    share = one(synergies_between(graph, X, Y), "share")

    assert share.score == 1.0
    assert share.coverage == pytest.approx(0.6)
    assert [(part.name, part.value) for part in share.parts] == [
        ("solutions", 1.0),
        ("technologies", None),
    ]
    assert [text.da for text in share.unknown] == [
        "Hos X er der ingen løsning, hvor både problem og teknologi er oplyst.",
        "Hos Y er der ingen løsning, hvor både problem og teknologi er oplyst.",
    ]


def test_what_is_known_of_neither_has_no_score() -> None:
    graph = snapshot(nodes={X: {}, Y: {}})

    for answer in synergies_between(graph, X, Y):
        assert answer.score is None
        assert answer.coverage == 0.0
        assert answer.unknown


def test_two_share_a_technology_for_the_same_problem_by_different_solutions() -> None:
    graph = snapshot(
        uses=[("a/x", "sms-x"), ("a/y", "sms-y"), ("a/y", "map")],
        solves=[("sms-x", "no-shows"), ("sms-y", "no-shows"), ("map", "roads")],
        built_on=[("sms-x", "sms"), ("sms-y", "sms"), ("map", "gis")],
    )

    share = one(synergies_between(graph, X, Y), "share")

    technologies = w(2, 2) / (w(2, 2) + w(2, 1))
    assert share.parts[1].value == pytest.approx(technologies)
    assert share.score == pytest.approx(0.4 * technologies)
    assert share.evidence[0].node == "technology:sms"
    assert share.evidence[0].elements == (
        edge("USES", "a/x", "sms-x"),
        edge("SOLVES", "sms-x", "no-shows"),
        edge("BUILT_ON", "sms-x", "sms"),
        edge("USES", "a/y", "sms-y"),
        edge("SOLVES", "sms-y", "no-shows"),
        edge("BUILT_ON", "sms-y", "sms"),
    )
    assert share.evidence[0].explanation.da == (
        "X og Y løser „No shows“ hver for sig med Sms: X med Sms x, Y med Sms y."
    )


def test_the_technology_of_a_common_solution_does_not_count_twice() -> None:
    graph = snapshot(
        uses=[("a/x", "sms"), ("a/y", "sms")],
        solves=[("sms", "no-shows")],
        built_on=[("sms", "text")],
    )

    share = one(synergies_between(graph, X, Y), "share")

    assert share.score == 1.0
    assert share.parts[1].value is None
    assert [each.node for each in share.evidence] == ["solution:sms"]
    assert "ikke andet at sammenligne" in share.unknown[0].da


def test_reuse_is_the_share_of_the_receivers_unsolved_problems_that_the_giver_has_solved() -> None:
    graph = snapshot(
        uses=[("a/x", "sms"), ("a/x", "bot", "pilot"), ("a/y", "plan")],
        solves=[("sms", "calls"), ("bot", "queues"), ("plan", "waste")],
        faces=[("a/y", "calls", "high"), ("a/y", "queues"), ("a/y", "waste"), ("a/z", "queues")],
    )

    answers = synergies_between(graph, X, Y)
    reuse = one(answers, "reuse", giver=X)

    assert reuse.receiver == Y
    assert reuse.score == pytest.approx(w(2, 1) / (w(2, 1) + w(2, 2) + K))
    assert [(each.node, each.elements) for each in reuse.evidence] == [
        (
            "problem:calls",
            (
                edge("FACES", "a/y", "calls"),
                edge("USES", "a/x", "sms"),
                edge("SOLVES", "sms", "calls"),
            ),
        )
    ]
    assert reuse.evidence[0].explanation.da == (
        "Y står med „Calls“ (høj prioritet) og har ikke løst det; "
        "X har Sms i brug, som kan løse det."
    )
    other_way = one(answers, "reuse", giver=Y)
    assert other_way.score is None
    assert [text.da for text in other_way.unknown] == ["X har ikke oplyst problemer."]


def test_all_of_little_counts_less_than_all_of_much() -> None:
    little = snapshot(uses=[("a/x", "sms")], solves=[("sms", "calls")], faces=[("a/y", "calls")])
    problems = ("calls", "queues", "waste")
    much = snapshot(
        uses=[("a/x", "sms")],
        solves=[("sms", each) for each in problems],
        faces=[("a/y", each) for each in problems],
    )

    assert reuse_of(little).score == pytest.approx(1 / (1 + K))
    assert reuse_of(much).score == pytest.approx(3 / (3 + K))


def test_without_damping_all_that_is_needed_is_1() -> None:
    graph = snapshot(uses=[("a/x", "sms")], solves=[("sms", "calls")], faces=[("a/y", "calls")])

    answers = synergies_between(graph, X, Y, weights=SynergyWeights(damping=0))

    assert one(answers, "reuse", giver=X).score == 1.0


def reuse_of(graph: Snapshot) -> Synergy:
    return one(synergies_between(graph, X, Y), "reuse", giver=X)


def test_only_a_giver_who_faces_the_problem_is_said_to_have_solved_it() -> None:
    graph = snapshot(
        uses=[("a/x", "sms")], solves=[("sms", "calls")], faces=[("a/x", "calls"), ("a/y", "calls")]
    )

    (found,) = reuse_of(graph).evidence

    assert found.explanation.da == (
        "Y står med „Calls“ og har ikke løst det; X har løst det med Sms."
    )
    assert edge("FACES", "a/x", "calls") in found.elements


def test_what_the_receiver_itself_has_begun_is_said_beside_what_it_could_reuse() -> None:
    graph = snapshot(
        uses=[("a/x", "sms"), ("a/y", "sms", "pilot"), ("a/y", "web", "planned")],
        proposes=[("a/y", "bot", "considered"), ("a/y", "fax", "declined"), ("a/y", "web")],
        solves=[(each, "calls") for each in ("sms", "web", "bot", "fax")],
        faces=[("a/x", "calls"), ("a/y", "calls")],
    )

    (found,) = reuse_of(graph).evidence

    assert found.explanation.da == (
        "Y står med „Calls“ og har ikke løst det, men afprøver selv Sms, har selv planlagt Web "
        "og har selv foreslået Bot; X har løst det med Sms."
    )
    assert found.explanation.en == (
        "Y faces “Calls” and has not solved it, but is itself trying Sms, has itself planned Web "
        "and has itself proposed Bot; X has solved it with Sms."
    )
    assert edge("USES", "a/y", "sms") in found.elements
    assert edge("PROPOSES", "a/y", "bot") in found.elements
    assert edge("PROPOSES", "a/y", "fax") not in found.elements


def test_municipality_and_priority_stand_in_one_pair_of_brackets() -> None:
    graph = snapshot(faces=[("a/x", "calls", "high"), ("b/x", "calls", "medium")])

    (found,) = one(synergies_between(graph, X, "department:b/x"), "join").evidence

    assert found.explanation.da == (
        "Både X (A, høj prioritet) og X (B, mellem prioritet) står med „Calls“, "
        "og ingen af dem har løst det."
    )


def test_those_who_face_the_same_unsolved_problem_can_join_forces() -> None:
    graph = snapshot(
        uses=[("a/x", "sms")],
        solves=[("sms", "calls")],
        faces=[("a/x", "calls"), ("a/x", "waste"), ("a/y", "calls"), ("a/y", "waste")],
    )

    join = one(synergies_between(graph, X, Y), "join")

    assert join.score == pytest.approx(0.5)
    assert join.giver is None
    assert join.evidence[0].elements == (
        edge("FACES", "a/x", "waste"),
        edge("FACES", "a/y", "waste"),
    )


def test_one_learns_what_its_solutions_require_and_it_lacks_at_the_level_required() -> None:
    graph = snapshot(
        uses=[("a/y", "map"), ("a/y", "bot", "retired")],
        built_on=[("map", "gis")],
        requires=[
            ("map", "drawing", {"level": 4, "necessity": "essential"}),
            ("map", "law", {"level": 3, "necessity": "useful"}),
            ("map", "patience", {"necessity": "essential"}),
            ("technology:gis", "maths", {"level": 2, "necessity": "essential"}),
            ("bot", "prompts", {"level": 1, "necessity": "essential"}),
        ],
        has=[
            ("a/x", "drawing", 5),
            ("a/x", "law", 3),
            ("a/x", "prompts", 3),
            ("a/x", "maths", 1),
            ("a/y", "drawing", 2),
            ("a/y", "patience", 1),
        ],
    )

    learn = one(synergies_between(graph, X, Y), "learn", giver=X)

    drawing, law, maths, patience = w(2, 2), 0.5 * w(2, 1), w(2, 1), w(2, 1)
    required = drawing + law + maths + patience
    assert learn.score == pytest.approx((drawing + law) / (required + K))
    assert [each.node for each in learn.evidence] == ["competence:drawing", "competence:law"]
    assert learn.evidence[0].elements == (
        edge("HAS", "a/x", "drawing"),
        edge("HAS", "a/y", "drawing"),
        edge("USES", "a/y", "map"),
        edge("REQUIRES", "map", "drawing"),
    )
    assert learn.evidence[0].explanation.da == (
        "Map hos Y kræver Drawing på niveau 4. Y har niveau 2; X har niveau 5."
    )
    assert learn.evidence[1].explanation.da == (
        "Map hos Y har gavn af Law på niveau 3. Y har ikke angivet den; X har niveau 3."
    )


def learn_of(graph: Snapshot) -> Synergy:
    return one(synergies_between(graph, X, Y), "learn", giver=X)


def test_only_solutions_that_ask_for_the_lacking_level_are_named_as_asking() -> None:
    graph = snapshot(
        uses=[("a/y", "map"), ("a/y", "plan"), ("a/y", "web", "planned")],
        requires=[
            ("map", "gis", 1),
            ("plan", "gis", 4),
            ("web", "gis", {"level": 4, "necessity": "useful"}),
        ],
        has=[("a/x", "gis", 4), ("a/y", "gis", 2)],
    )

    (found,) = learn_of(graph).evidence

    assert found.explanation.da == (
        "Plan hos Y kræver Gis på niveau 4. Y har niveau 2; X har niveau 4."
    )
    assert not {edge("USES", "a/y", each) for each in ("map", "web")} & set(found.elements)


def test_several_that_would_only_do_well_with_a_competence_do_not_require_it() -> None:
    useful: dict[str, Value] = {"level": 2, "necessity": "useful"}
    graph = snapshot(
        uses=[("a/y", "map"), ("a/y", "plan")],
        requires=[("map", "gis", useful), ("plan", "gis", useful)],
        has=[("a/x", "gis", 4), ("a/y", "law", 2)],
    )

    (found,) = learn_of(graph).evidence

    assert found.explanation.da.startswith("Map og Plan hos Y har gavn af Gis på niveau 2.")
    assert found.explanation.en.startswith("Map and Plan in Y benefit from Gis at level 2.")


def test_a_competence_without_a_level_is_said_to_be_there_without_one() -> None:
    graph = snapshot(
        uses=[("a/y", "map")],
        requires=[("map", "gis")],
        has=[("a/x", "gis"), ("a/y", "law", 2)],
    )

    (found,) = learn_of(graph).evidence

    assert found.explanation.da == (
        "Map hos Y kræver Gis. Y har ikke angivet den; X har den, men uden angivet niveau."
    )


def test_who_has_told_no_competences_is_not_taken_to_lack_any() -> None:
    graph = snapshot(
        uses=[("a/y", "map")], requires=[("map", "drawing", 2)], has=[("a/x", "drawing", 5)]
    )

    learn = one(synergies_between(graph, X, Y), "learn", giver=X)

    assert learn.score is None
    assert [text.da for text in learn.unknown] == ["Y har ikke oplyst kompetencer."]


def test_departments_of_two_municipalities_are_named_with_theirs() -> None:
    graph = snapshot(uses=[("a/x", "sms"), ("b/x", "sms")])

    share = one(synergies_between(graph, X, "department:b/x"), "share")

    assert share.evidence[0].explanation.en == "Sms is in use in both X (A) and X (B)."


def test_weights_are_settings_and_stand_in_the_parts() -> None:
    graph = snapshot(uses=[("a/x", "sms"), ("a/y", "sms")])

    share = one(
        synergies_between(graph, X, Y, weights=SynergyWeights(solutions=3, technologies=1)), "share"
    )

    assert [part.weight for part in share.parts] == [3, 1]
    assert share.coverage == 0.75


def test_a_negative_weight_is_refused() -> None:
    with pytest.raises(ValueError, match="useful"):
        SynergyWeights(useful=-1)


def test_a_department_has_no_synergy_with_itself() -> None:
    graph = snapshot(uses=[("a/x", "sms")])

    with pytest.raises(ValueError, match="itself"):
        synergies_between(graph, X, X)


def test_the_best_stand_first_and_say_how_many_there_are() -> None:
    graph = snapshot(
        uses=[("a/x", "sms"), ("a/y", "sms"), ("a/z", "sms"), ("a/z", "map"), ("a/v", "rda")],
        faces=[("a/x", "waste"), ("a/z", "waste")],
    )

    best = best_synergies(graph, X, first=2)

    assert [(each.kind, each.partner) for each in best.items] == [("share", Y), ("join", Z)]
    assert best.total == 3
    assert best.left_out == 1


def test_the_best_can_be_asked_for_some_kinds_and_some_partners() -> None:
    graph = snapshot(
        uses=[("a/x", "sms"), ("a/y", "sms"), ("a/z", "sms")],
        faces=[("a/x", "waste"), ("a/z", "waste")],
    )

    assert [each.kind for each in best_synergies(graph, X, kinds=["join"]).items] == ["join"]
    assert [each.partner for each in best_synergies(graph, X, among=[Y]).items] == [Y]


def test_what_a_department_has_not_told_is_named_beside_its_best() -> None:
    graph = snapshot(uses=[("a/x", "sms")], solves=[("sms", "calls")], faces=[("a/y", "calls")])

    assert [text.da for text in not_told(graph, X)] == [
        "Hos X er der ingen løsning, hvor både problem og teknologi er oplyst.",
        "Det er ikke oplyst, hvilke kompetencer løsningerne hos X kræver.",
        "X har ikke oplyst problemer.",
        "X har ikke oplyst kompetencer.",
    ]
    assert [text.da for text in not_told(graph, Y)] == [
        "Y har ikke oplyst løsninger.",
        "Y har ikke oplyst kompetencer.",
    ]


def test_departments_in_one_line_are_no_partners_of_each_other_in_a_list() -> None:
    graph = snapshot(
        uses=[("a/x", "sms"), ("a/y", "sms"), ("a/z", "sms"), ("a/v", "sms")],
        parents=[("a/y", "a/x"), ("a/z", "a/y")],
    )

    assert [each.partner for each in best_synergies(graph, Y).items] == ["department:a/v"]
    assert one(synergies_between(graph, X, Y), "share").score == 1.0


def test_with_weights_of_one_the_similarity_is_the_jaccard_coefficient_of_networkx() -> None:
    random = np.random.default_rng(4)
    having = sparse.csr_array((random.random((8, 15)) < 0.4).astype(np.float64))
    bipartite: nx.Graph[object] = nx.Graph()
    bipartite.add_nodes_from(range(8))
    rows, columns = having.nonzero()
    bipartite.add_edges_from(zip(rows, (f"item {each}" for each in columns), strict=True))

    ours = weighted_jaccard(Sets(having, np.ones(15)), np.arange(8)).toarray()

    pairs = [(a, b) for a in range(8) for b in range(a)]
    for a, b, theirs in nx.jaccard_coefficient(bipartite, pairs):
        assert ours[a, b] == pytest.approx(theirs)


def _damped_share(having: set[str], needed: set[str], weight: dict[str, float]) -> float:
    mass = sum(weight[each] for each in needed)
    share = sum(weight[each] for each in needed & having) / mass if mass else 0.0
    return share * mass / (mass + K)


def _plain_jaccard(a: set[str], b: set[str], weight: dict[str, float]) -> float:
    whole = sum(weight[each] for each in a | b)
    return sum(weight[each] for each in a & b) / whole if whole else 0.0


def _rarity(sets: Iterable[set[str]], things: Iterable[str]) -> dict[str, float]:
    told = [each for each in sets if each]
    return {thing: w(len(told), sum(thing in each for each in told)) for thing in things}


@given(snapshots(), PAIRS)
@checked
def test_the_scores_are_what_the_rules_give_node_by_node(
    graph: Snapshot, pair: tuple[str, str]
) -> None:
    a, b = pair
    departments = graph.nodes("department")
    problems = {each: set(graph.outgoing("FACES", each)) for each in departments}
    solutions = {each: set(held(graph, each, "in_use", "pilot", "planned")) for each in departments}
    rare_problems = _rarity(problems.values(), graph.nodes("problem"))
    rare_solutions = _rarity(solutions.values(), graph.nodes("solution"))
    ours, theirs = (set(unsolved_here(graph, each)) for each in (a, b))
    solved = {each for each in graph.nodes("problem") if solvers_here(graph, a, each)}

    answers = synergies_between(graph, a, b)

    reuse, join = one(answers, "reuse", giver=a), one(answers, "join")
    if reuse.score is not None:
        assert reuse.score == pytest.approx(_damped_share(solved, theirs, rare_problems))
    if join.score is not None:
        assert join.score == pytest.approx(_plain_jaccard(ours, theirs, rare_problems))
    same = one(answers, "share").parts[0].value
    if same is not None:
        assert same == pytest.approx(_plain_jaccard(solutions[a], solutions[b], rare_solutions))


@given(snapshots(), PAIRS)
@checked
def test_the_giver_of_a_competence_has_what_the_receiver_lacks(
    graph: Snapshot, pair: tuple[str, str]
) -> None:
    giver, receiver = pair
    lacking: dict[str, int] = {}
    for solution in held(graph, receiver, "in_use", "pilot", "planned"):
        for each in requirements(graph, solution):
            needed = each.level if each.level is not None else 1
            lacking[each.competence] = max(lacking.get(each.competence, 1), needed)
    expected = {
        competence
        for competence, level in lacking.items()
        if _level(graph, receiver, competence) < level <= _level(graph, giver, competence)
    }

    learn = one(synergies_between(graph, giver, receiver), "learn", giver=giver)

    if graph.outgoing("HAS", receiver):
        assert {found.node for found in learn.evidence} == expected
    else:
        assert learn.score is None


def _level(graph: Snapshot, department: str, competence: str) -> int:
    told = graph.told("HAS", department, competence, "level")
    return int(str(told)) if told is not None else 0


@given(snapshots(), PAIRS)
@checked
def test_share_and_join_are_the_same_both_ways(graph: Snapshot, pair: tuple[str, str]) -> None:
    a, b = pair
    one_way, other_way = synergies_between(graph, a, b), synergies_between(graph, b, a)

    symmetric: tuple[SynergyKind, ...] = ("share", "join")
    for kind in symmetric:
        assert one(one_way, kind).score == pytest.approx(one(other_way, kind).score)
        assert {each.node for each in one(one_way, kind).evidence} == {
            each.node for each in one(other_way, kind).evidence
        }
    for kind in DIRECTED:
        ours = one(one_way, kind, giver=a)
        assert ours.score == pytest.approx(one(other_way, kind, giver=ours.giver).score)


@given(snapshots(), PAIRS)
@checked
def test_every_score_is_the_mean_of_its_known_parts_and_the_sum_of_its_evidence(
    graph: Snapshot, pair: tuple[str, str]
) -> None:
    for answer in synergies_between(graph, *pair):
        known = [part for part in answer.parts if part.value is not None]
        whole = sum(part.weight for part in known)
        assert answer.coverage == pytest.approx(whole / sum(p.weight for p in answer.parts))
        assert (answer.score is None) == (not known)
        if answer.score is not None:
            mean = sum(part.weight * (part.value or 0.0) for part in known) / whole
            assert 0.0 <= answer.score <= 1.0
            assert answer.score < 1.0 or answer.kind not in DIRECTED
            assert answer.score == pytest.approx(mean)
            assert sum(each.weight for each in answer.evidence) == pytest.approx(answer.score)
        assert bool(answer.unknown) == (len(known) < len(answer.parts))


@given(snapshots(), st.sampled_from(DEPARTMENTS))
@checked
def test_the_best_are_those_of_the_pairs_with_evidence_that_exists(
    graph: Snapshot, department: str
) -> None:
    own = f"department:{department}"
    best = best_synergies(graph, own, first=1000)

    assert best.left_out == 0
    # Equal but for the last bit is equal: which was added up first decides that bit.
    scores = [round(each.score or 0.0, 12) for each in best.items]
    assert scores == sorted(scores, reverse=True)
    for answer in best.items:
        assert answer.evidence
        for element in (each for found in answer.evidence for each in found.elements):
            assert is_relation(element)
            assert graph.has(*parse_relation(element))
        (same,) = (
            each
            for each in synergies_between(graph, own, answer.partner)
            if (each.kind, each.giver) == (answer.kind, answer.giver)
        )
        assert same == answer
    assert {each.kind for each in best.items} <= set(KINDS)
