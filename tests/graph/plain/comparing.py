"""Asks both, the product and the plain implementation, and says where they differ."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import pytest

from graph.fit import FIT_SETTINGS
from graph.likelihood_parts import LIKELIHOOD_SETTINGS
from graph.neighbourhood import neighbourhood
from graph.overview import overview
from graph.path import ranked_paths
from graph.proposals import proposals
from graph.search import SearchIndex
from graph.snapshot import Snapshot, snapshot_of
from graph.structure import Structure
from graph.synergy import DEFAULT_WEIGHTS, Synergy, ranked_synergies, synergies_between
from graph.synergy_all import PairScore, all_synergies
from graph.tables import CrossTable
from graph.transfer import Transfer, ranked_candidates, ranked_targets, transfer
from graph.unsolved import solved_elsewhere, unsolved_problems
from graph.who_else import who_else
from schema.names import municipality_of
from tests.graph.plain import told, ways
from tests.graph.plain.finding import PlainSearch
from tests.graph.plain.graph import PlainGraph
from tests.graph.plain.synergy import PlainRanked, PlainSynergy
from tests.graph.plain.transfer import PlainTransfer, plain_transfer

CLOSE = 1e-9


def close(value: float | None) -> object:
    """The same number but for rounding; None only where it is None."""
    return None if value is None else pytest.approx(value, abs=CLOSE, rel=CLOSE)


class Both:
    """One structure, as the product answers about it and as the plain implementation does."""

    def __init__(self, structure: Structure) -> None:
        self.snapshot: Snapshot = snapshot_of(structure)
        self.graph = PlainGraph(structure)
        self.synergy = PlainSynergy(self.graph, DEFAULT_WEIGHTS)
        self._ranked: dict[str, list[PlainRanked]] = {}
        self.transfers: PlainTransfer = plain_transfer(
            self.graph, FIT_SETTINGS, LIKELIHOOD_SETTINGS
        )

    def ranked(self, department: str) -> list[PlainRanked]:
        """A department's synergies by the plain implementation, reckoned once."""
        if department not in self._ranked:
            self._ranked[department] = self.synergy.ranked(department)
        return self._ranked[department]

    def same_synergies_between(self, a: str, b: str) -> None:
        """Every kind and direction: parts, score, coverage, and what they rest on."""
        for answer in synergies_between(self.snapshot, a, b):
            self._same_synergy(answer)

    def _same_synergy(self, answer: Synergy) -> None:
        ends = answer.giver or answer.department, answer.receiver or answer.partner
        plain = self.synergy.found(answer.kind, *ends)
        assert {part.name: part.value for part in answer.parts} == {
            name: close(value) for name, value in plain.parts.items()
        }, (answer.kind, ends)
        assert answer.score == close(plain.score)
        assert answer.coverage == close(plain.coverage)
        assert bool(answer.unknown) == (None in plain.parts.values())
        given = [(e.node, frozenset(e.elements), e.weight) for e in answer.evidence]
        weights = [weight for *_, weight in given]
        assert all(one >= other - CLOSE for one, other in pairwise(weights))
        _same_weights(given, self.synergy.evidence(answer.kind, *ends))

    def same_best_synergies(self, department: str, shown: int | None = None) -> None:
        """All synergies of a department in their order, the first of them in full."""
        ranked = ranked_synergies(self.snapshot, department)
        plain = self.ranked(department)
        assert ranked.total == len(plain)
        for answer, (kind, giver, receiver, score) in zip(
            ranked.cut(shown).items, plain, strict=False
        ):
            ends = answer.giver or answer.department, answer.receiver or answer.partner
            assert (answer.kind, *ends) == (kind, giver, receiver)
            assert answer.score == close(score)
            self._same_synergy(answer)

    def same_best_of_all(self, departments: Sequence[str], first: int = 10) -> None:
        """The best synergies of these departments, as told of all departments at once."""
        told_of: dict[str, list[PairScore]] = {department: [] for department in departments}
        for block in all_synergies(self.snapshot, first=first):
            for pair in block.pairs(self.snapshot):
                if pair.department in told_of:
                    told_of[pair.department].append(pair)
        for department, pairs in told_of.items():
            plain = self.ranked(department)[:first]
            assert [
                (pair.kind, pair.giver or pair.department, pair.receiver or pair.partner)
                for pair in pairs
            ] == [each[:3] for each in plain]
            assert [pair.score for pair in pairs] == [close(each[3]) for each in plain]

    def same_transfer(self, solution: str, department: str) -> None:
        """Fit, outcome, gaps and likelihood of one solution in one department."""
        self._same_transfer(transfer(self.snapshot, solution, department))

    def _same_transfer(self, answer: Transfer) -> None:
        solution, department = answer.solution, answer.department
        plain = self.transfers.fits.assess(solution, department)
        assert {part.name: part.value for part in answer.fit.parts} == {
            name: close(value) for name, value in plain.parts.items()
        }, (solution, department)
        assert answer.fit.score == close(plain.score)
        assert answer.fit.coverage == close(plain.coverage)
        assert (answer.outcome.key, answer.other_solution) == (plain.outcome, plain.other)
        assert [(gap.part, gap.node, gap.has, gap.needs) for gap in answer.gaps] == (
            self.transfers.fits.gaps(solution, department)
        )
        self.same_likelihood(answer)

    def same_likelihood(self, answer: Transfer) -> None:
        solution, department = answer.solution, answer.department
        ranking, likely = self.transfers.ranking(solution), answer.likelihood
        plain = ranking.get(department)
        if plain is None:
            assert (likely.score, likely.parts, likely.rank) == (None, (), None)
            assert likely.reason is not None
            return
        assert {part.name: part.value for part in likely.parts} == {
            name: close(value) for name, value in plain.parts.items()
        }, (solution, department)
        assert likely.score == close(plain.score)
        assert likely.candidates == len(ranking)
        better = sum(each.score > plain.score + CLOSE for each in ranking.values())
        equal = sum(abs(each.score - plain.score) <= CLOSE for each in ranking.values())
        assert better < (likely.rank or 0) <= better + equal
        behind = self.transfers.likelihoods.behind(solution, department)
        for part in likely.parts:
            _same_best(part.nodes, *behind[part.name], LIKELIHOOD_SETTINGS.named)

    def same_targets(self, solution: str, shown: int | None = None) -> None:
        """The departments that a solution could go to in their order, the first in full."""
        ranked = ranked_targets(self.snapshot, solution)
        plain = self.transfers.targets(solution)
        assert ranked.total == len(plain)
        answers = ranked.cut(shown).items
        assert [answer.department for answer in answers] == plain[: len(answers)]
        for answer in answers:
            self._same_transfer(answer)

    def same_candidates(self, department: str, reach: int, shown: int | None = None) -> None:
        """What a department could take over in its order, the first in full."""
        ranked = ranked_candidates(self.snapshot, department, reach=reach)
        plain = self.transfers.candidates(department, reach)
        assert ranked.total == len(plain)
        answers = ranked.cut(shown).items
        assert [answer.solution for answer in answers] == plain[: len(answers)]
        for answer in answers:
            self._same_transfer(answer)

    def same_overview(self, municipality: str | None) -> None:
        """Counts, tables, what many use, what is lacking and what is unsolved."""
        answer = overview(self.snapshot, municipality)
        plain = told.PlainScope(self.graph, municipality)
        assert {count.key: count.number for count in answer.kinds} == plain.counts()
        assert {count.key: count.number for count in answer.statuses} == plain.statuses()
        _same_table(answer.departments, plain.departments_by_purpose())
        _same_table(answer.technologies, plain.technologies_by_purpose())
        many, shown = plain.used_by_many(), answer.used_by_many
        assert shown.total == len(many)
        assert [(each.solution, list(each.departments)) for each in shown.items] == (
            many[: len(shown.items)]
        )
        lacks = {lack.key: lack for lack in answer.lacks}
        expected = plain.lacks()
        assert lacks.keys() == expected.keys()
        for key, (of, missing) in expected.items():
            assert (lacks[key].of, lacks[key].number) == (of, len(missing)), key
            examples = lacks[key].examples.items
            assert list(examples) == missing[: len(examples)], key

    def same_unsolved(self, municipality: str | None, shown: int | None = None) -> None:
        """The unsolved problems in their order, who faces them, and what solves them elsewhere."""
        answer = unsolved_problems(self.snapshot, municipality, shown)
        plain = told.PlainScope(self.graph, municipality).unsolved()
        assert answer.total == len(plain)
        assert solved_elsewhere(self.snapshot, municipality) == sum(
            any(one.solved_in for one in told.solvers_of(self.graph, problem))
            for problem, _ in plain
        )
        for each, (problem, facing) in zip(answer.items, plain, strict=shown is None):
            assert each.problem == problem
            assert [(one.department, one.priority) for one in each.facing] == facing
            assert [
                told.PlainSolver(
                    one.solution,
                    list(one.in_use),
                    list(one.solved_in),
                    list(one.on_the_way),
                    list(one.proposed_by),
                )
                for one in each.solvers
            ] == told.solvers_of(self.graph, problem)

    def same_proposals(self, municipality: str | None, decision: str | None) -> None:
        """The cards in their order, and what already solves the same."""
        answer = proposals(self.snapshot, municipality, decision)
        plain = told.PlainScope(self.graph, municipality).proposals(decision)
        assert [(each.decision, each.department, each.solution) for each in answer.items] == plain
        for each in answer.items:
            card = each.department, each.solution
            assert each.purposes == self.graph.words("PROPOSES", *card, "purposes")
            assert each.guideposts == self.graph.words("PROPOSES", *card, "guideposts")
            assert list(each.problems) == self.graph.out("SOLVES", each.solution)
            assert list(each.technologies) == self.graph.out("BUILT_ON", each.solution)
            others = self.graph.into("PROPOSES", each.solution)
            assert list(each.also_proposed_by) == [d for d in others if d != each.department]
            home = municipality_of(each.department)
            assert list(each.used_by) == told.nearest_first(self.graph, each.solution, home)
            assert [
                told.Existing(one.solution, list(one.problems), list(one.departments))
                for one in each.existing
            ] == told.existing(self.graph, *card)

    def same_who_else(self, node: str) -> None:
        """Who has it, how much, and what says so."""
        answer = who_else(self.snapshot, node)
        assert [(h.department, h.value, frozenset(h.elements)) for h in answer.items] == (
            told.who_else(self.graph, node)
        )

    def same_paths(self, a: str, b: str, shown: int | None = None) -> None:
        """The shortest ways in their order, how many, and the relationships of each step."""
        answer = ranked_paths(self.snapshot, a, b)
        plain = ways.ways(self.graph, a, b)
        assert answer.total == len(plain)
        for path, way in zip(answer.cut(shown).items, plain, strict=shown is None):
            assert path.nodes == way
            for step in path.steps:
                ends = {step.source, step.target}
                assert set(step.elements) == ways.among(self.graph, ends)

    def same_neighbourhood(self, centre: str, most: int, reach: int) -> None:
        """The nodes shown and how far they are, what joins them, and how many are left out."""
        answer = neighbourhood(self.snapshot, centre, most, reach)
        plain = ways.around(self.graph, centre, reach)
        shown = list(plain)[:most]
        assert list(answer.nodes) == shown
        assert dict(answer.distance) == {node: plain[node] for node in shown}
        assert set(answer.relations) == ways.among(self.graph, shown)
        assert answer.left_out == sum(answer.left_out_by_kind.values()) == len(plain) - len(shown)


def same_search(index: SearchIndex, plain: PlainSearch, query: str) -> None:
    """The nodes found, by what, and what they are found by in its order."""
    answer = index.search(query, first=None)
    expected = plain.found(query)
    found: dict[str, set[str]] = {tier: set() for tier in expected}
    for hit in answer.items:
        found[hit.by].add(hit.node)
    assert found == expected, query
    tiers = list(expected)
    places = [tiers.index(hit.by) for hit in answer.items]
    assert places == sorted(places)


def _same_weights(
    given: Sequence[tuple[str, frozenset[str], float]],
    plain: Sequence[tuple[str, frozenset[str], float]],
) -> None:
    def in_order(
        evidence: Sequence[tuple[str, frozenset[str], float]],
    ) -> list[tuple[str, list[str], float]]:
        return sorted((node, sorted(elements), weight) for node, elements, weight in evidence)

    one, other = in_order(given), in_order(plain)
    assert [each[:2] for each in one] == [each[:2] for each in other]
    assert [each[2] for each in one] == [close(each[2]) for each in other]


def _same_best(named: Sequence[str], values: Mapping[str, float], above: float, most: int) -> None:
    """The named are the largest of those above; rounding may decide which of equal ones is named,
    and about one that is just at the limit."""
    assert len(set(named)) == len(named)
    sure = sum(value > above + CLOSE for value in values.values())
    perhaps = sum(value > above - CLOSE for value in values.values())
    assert min(most, sure) <= len(named) <= min(most, perhaps)
    largest = sorted(values.values(), reverse=True)[: len(named)]
    assert [values[node] for node in named] == [close(value) for value in largest]


def _same_table(given: CrossTable, plain: told.Table) -> None:
    assert list(given.rows) == plain.rows
    assert list(given.counts) == plain.counts
    assert list(given.untold) == plain.untold
    assert list(given.totals) == plain.totals
