"""A transfer as JSON, named as in GraphQL."""

from graph.gaps import Gap
from graph.likelihood_parts import Likelihood
from graph.transfer import Transfer
from graph.transfer_card import transfer_card
from teknologikort.asking.asked import Asked, Json


def transfer_data(asked: Asked, one: Transfer) -> Json:
    """A transfer as JSON, with its card."""
    card = transfer_card(asked.snapshot, one)
    return {
        "outcome": one.outcome.key,
        "label": asked.say(one.outcome.label),
        "meaning": asked.say(one.outcome.meaning),
        "group": one.group,
        "solution": asked.node(one.solution),
        "department": asked.node(one.department),
        "otherSolution": None if one.other_solution is None else asked.node(one.other_solution),
        "fit": {
            "score": one.fit.score,
            "coverage": one.fit.coverage,
            "parts": asked.parts(one.fit.parts),
        },
        "likelihood": _likelihood_data(asked, one.likelihood),
        "gaps": [_gap_data(asked, gap) for gap in one.gaps],
        "unknown": [
            {"part": unknown.part, "explanation": asked.say(unknown.explanation)}
            for unknown in one.unknown
        ],
        "evidence": asked.evidence(one.evidence),
        "card": {
            "potential": [asked.say(text) for text in card.potential],
            "opportunities": [asked.say(text) for text in card.opportunities],
            "obstacles": [asked.say(text) for text in card.obstacles],
        },
    }


def _likelihood_data(asked: Asked, likelihood: Likelihood) -> Json:
    return {
        "score": likelihood.score,
        "rank": likelihood.rank,
        "candidates": likelihood.candidates,
        "reason": None if likelihood.reason is None else asked.say(likelihood.reason),
        "parts": [
            {
                "name": part.name,
                "label": asked.say(part.label),
                "value": part.value,
                "nodes": asked.nodes(part.nodes),
            }
            for part in likelihood.parts
        ],
    }


def _gap_data(asked: Asked, gap: Gap) -> Json:
    return {
        "part": gap.part,
        "node": None if gap.node is None else asked.node(gap.node),
        "has": gap.has,
        "needs": gap.needs,
        "explanation": asked.say(gap.explanation),
        "source": asked.source(gap.elements),
    }
