"""What stands behind an answer, the same for all questions: parts, evidence, what is not told."""

from collections.abc import Iterable, Sequence

from graph.answer import Evidence, Part
from schema.text import Language, Text
from teknologikort.asking.answer import UNKNOWN, Group, Point
from teknologikort.asking.numbers import decimal, percent

_EVIDENCE = Text("Det bygger på", "It rests on")
_UNKNOWN = Text("Det er ikke oplyst", "What is not told")


def joined(texts: Iterable[Text]) -> Text:
    """Several sentences in one cell."""
    kept = list(texts)
    return Text(" ".join(text.da for text in kept), " ".join(text.en for text in kept))


def parts_group(parts: Iterable[Part], heading: Text) -> Group:
    """The parts of a score, with their weights where there are several."""
    kept = list(parts)
    return Group(heading, [_part(part, alone=len(kept) == 1) for part in kept])


def _part(part: Part, alone: bool) -> Point:
    value = Text(_percent(part.value, "da"), _percent(part.value, "en"))
    weight = Text("", "")
    if not alone:
        weight = Text(
            f" (vægt {decimal(part.weight, 'da', 2)})", f" (weight {decimal(part.weight, 'en', 2)})"
        )
    return Point(
        Text(
            f"{part.label.da}: {value.da}{weight.da}",
            f"{part.label.en}: {value.en}{weight.en}",
        )
    )


def evidence_group(evidence: Sequence[Evidence]) -> Group:
    """The evidence in sentences, each with the elements that say so."""
    return Group(_EVIDENCE, [Point(one.explanation, one.elements) for one in evidence])


def unknown_group(unknown: Iterable[Text]) -> Group:
    """What is not told and stands in the way."""
    return Group(_UNKNOWN, [Point(text) for text in unknown])


def _percent(value: float | None, language: Language) -> str:
    return UNKNOWN.to(language) if value is None else percent(value, language).strip()
