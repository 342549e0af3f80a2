"""A transfer in words that a meeting can discuss: potential, opportunities, obstacles."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from graph.fit import FIT_SETTINGS, FitLimits, FitSettings
from graph.gaps import active_users, level_held
from graph.naming import bracketed, joined, placed, priority_phrase, quoted, title
from graph.outcome import ALREADY_THERE, OTHER_TECHNOLOGY
from graph.related import Related, related_problems
from graph.snapshot import Snapshot
from graph.solved import decision_of, status_of, under_way
from graph.transfer import Transfer
from graph.transfer_evidence import grounds, shared_unsolved
from schema.names import municipality_of
from schema.records import relation_key
from schema.text import Text
from schema.vocabulary import PURPOSE

ASKED = 3
"""How many to ask are named."""

BEGUN = {
    "pilot": Text("Her afprøver man selv løsningen.", "It is being tried here already."),
    "planned": Text("Her har man selv planlagt løsningen.", "It is planned here already."),
    "proposed": Text("Her har man selv foreslået løsningen.", "It is proposed here already."),
}
"""What is said of a solution that the department has begun with itself, by stage."""

SPREAD = {
    "in_use": Text("i brug", "in use"),
    "pilot": Text("på prøve", "on trial"),
    "planned": Text("planlagt", "planned"),
    "retired": Text("udfaset", "retired"),
}

IN_PLACE = ("technology", "competence", "users", "maturity")


@dataclass(frozen=True, slots=True)
class TransferCard:
    """What to talk about. ``uses`` are the uses whose own texts (effect, reception, challenges)
    tell how others fare with the solution, those most like the department first."""

    potential: tuple[Text, ...]
    opportunities: tuple[Text, ...]
    obstacles: tuple[Text, ...]
    uses: tuple[str, ...]


def transfer_card(
    snapshot: Snapshot, transfer: Transfer, settings: FitSettings = FIT_SETTINGS
) -> TransferCard:
    """The card of a transfer."""
    ask = whom_to_ask(snapshot, transfer)
    return TransferCard(
        tuple(_potential(snapshot, transfer, settings.limits.alike)),
        tuple(_opportunities(snapshot, transfer, ask, settings.limits)),
        tuple(_obstacles(snapshot, transfer)),
        tuple(relation_key("USES", user, transfer.solution) for user in ask),
    )


def whom_to_ask(snapshot: Snapshot, transfer: Transfer) -> list[str]:
    """Users of the solution: in the same municipality, then those most alike, then by id."""
    users = active_users(snapshot, transfer.solution)
    others = [user for user in users if user != transfer.department]
    home = municipality_of(transfer.department)
    near = [user for user in others if municipality_of(user) == home]
    alike = [user for user in transfer.likelihood.users if user in others]
    return list(dict.fromkeys([*near, *alike, *others]))


def _potential(snapshot: Snapshot, transfer: Transfer, alike: float) -> Iterator[Text]:
    solution, department = transfer.solution, transfer.department
    unsolved = shared_unsolved(snapshot, solution, department)
    for problem in unsolved:
        name = quoted(snapshot, [problem])
        urgent = priority_phrase(snapshot, department, problem)
        yield Text(
            f"Kan løse {name.da}{urgent.da}, som ikke er løst her i dag.",
            f"Can solve {name.en}{urgent.en}, which is not solved here today.",
        )
    if not unsolved and transfer.fit.value("problem"):
        for related in related_problems(snapshot, solution, department, alike):
            yield _half(snapshot, related)
    yield from _fare(snapshot, solution, department)
    yield from _motives(snapshot, solution)


def _half(snapshot: Snapshot, related: Related) -> Text:
    """What a problem that counts half could gain."""
    problem, faced = (quoted(snapshot, [each]) for each in (related.solved, related.faced))
    today = quoted(snapshot, related.solvers)
    if related.solved == related.faced:
        return Text(
            f"Kan løse {problem.da}, som her i dag løses med {today.da}.",
            f"Can solve {problem.en}, which is solved here today with {today.en}.",
        )
    here = (
        Text(f"som her løses med {today.da}", f"solved here with {today.en}")
        if related.solvers
        else Text("som man står med her", "faced here")
    )
    if related.by_name:
        return Text(
            f"Løser {problem.da}, der ligger tæt på {faced.da}, {here.da}.",
            f"Solves {problem.en}, which is close to {faced.en}, {here.en}.",
        )
    return Text(
        f"Løser {problem.da}, der hører til samme emne som {faced.da}, {here.da}.",
        f"Solves {problem.en}, of the same subject as {faced.en}, {here.en}.",
    )


def _fare(snapshot: Snapshot, solution: str, department: str) -> Iterator[Text]:
    """How far others are with the solution; what is done here is no news."""
    users = [user for user in snapshot.incoming("USES", solution) if user != department]
    counts = Counter(status_of(snapshot, user, solution) for user in users)
    told = [(word, counts[status]) for status, word in SPREAD.items() if counts[status]]
    if told:
        (word, n), *rest = told
        others = (
            Text("anden forvaltning", "other department")
            if n == 1
            else Text("andre forvaltninger", "other departments")
        )
        da = [f"{word.da} i {n} {others.da}", *(f"{each.da} i {many}" for each, many in rest)]
        en = [f"{word.en} in {n} {others.en}", *(f"{each.en} in {many}" for each, many in rest)]
        yield Text(f"Den er {joined(da, 'og')}.", f"It is {joined(en, 'and')}.")


def _motives(snapshot: Snapshot, solution: str) -> Iterator[Text]:
    told = [
        str(purpose)
        for user in active_users(snapshot, solution)
        if (purpose := snapshot.told("USES", user, solution, "primary_purpose")) is not None
    ]
    if told:
        counts = Counter(told)
        order = sorted(counts, key=lambda key: (-counts[key], PURPOSE.codes[key]))
        yield _motive(order, counts[order[0]], len(told))


def _motive(purposes: list[str], most: int, among: int) -> Text:
    """The purposes, the most named first. Only more than half is often: a tie names them all."""
    labels = [PURPOSE.by_key[key].label for key in purposes]
    if len(labels) > 1 and most > 1 and 2 * most > among:
        return Text(
            f"Formålet er oftest „{labels[0].da}“ ({most} af {among}).",
            f"The purpose is most often “{labels[0].en}” ({most} of {among}).",
        )
    da = joined([f"„{label.da}“" for label in labels], "og")
    en = joined([f"“{label.en}”" for label in labels], "and")
    if len(labels) > 1:
        return Text(f"Formålene er forskellige: {da}.", f"The purposes differ: {en}.")
    everywhere = (
        Text(" alle de steder, hvor det er oplyst", " wherever it is told")
        if among > 1
        else Text("", "")
    )
    return Text(f"Formålet er {da}{everywhere.da}.", f"The purpose is {en}{everywhere.en}.")


def _opportunities(
    snapshot: Snapshot, transfer: Transfer, ask: list[str], limits: FitLimits
) -> Iterator[Text]:
    yield from _begun_here(snapshot, transfer)
    if transfer.outcome is OTHER_TECHNOLOGY and transfer.other_solution is not None:
        other = quoted(snapshot, [transfer.other_solution])
        yield Text(
            f"{other.da} løser samme problem med teknologi, man kender her.",
            f"{other.en} solves the same problem with technology that is known here.",
        )
    missing = {(gap.part, gap.node) for gap in transfer.gaps}
    for part, each in grounds(
        snapshot, transfer.solution, transfer.department, transfer.fit, limits
    ):
        lacking = {(part, each.node), (part, None)} & missing if part != "users" else set()
        if part in IN_PLACE and not lacking:
            yield each.explanation
    if ask:
        names = [placed(snapshot, user) for user in ask[:ASKED]]
        who = _and_others(names, len(ask) - len(names))
        yield Text(
            f"Erfaringer kan hentes hos {who.da}.", f"Experience is to be had from {who.en}."
        )
    yield from _help_at_home(snapshot, transfer)
    yield from _company(snapshot, transfer)


def _help_at_home(snapshot: Snapshot, transfer: Transfer) -> Iterator[Text]:
    """Who in the municipality has a competence that is missing here."""
    home = municipality_of(transfer.department)
    for gap in transfer.gaps:
        if gap.part != "competence" or gap.node is None:
            continue
        able = [
            (level, other)
            for other in snapshot.incoming("HAS", gap.node)
            if municipality_of(other) == home
            and other != transfer.department
            and (level := level_held(snapshot, other, gap.node)) >= (gap.needs or 1)
        ]
        if able:
            able.sort(key=lambda each: (-each[0], each[1]))
            name, who = quoted(snapshot, [gap.node]), _ablest(snapshot, able)
            yield Text(
                f"Kompetencen {name.da} findes i kommunen hos {who.da}.",
                f"The competence {name.en} is in the municipality with {who.en}.",
            )


def _ablest(snapshot: Snapshot, able: list[tuple[int, str]]) -> Text:
    """The first of them with their levels, and how many more there are."""
    names = [
        bracketed(title(snapshot, other), Text(f"niveau {level}", f"level {level}"))
        for level, other in able[:ASKED]
    ]
    return _and_others(names, len(able) - len(names))


def _and_others(names: list[Text], more: int) -> Text:
    """Names in one phrase, and how many there are beside them."""
    others = [Text(f"{more} {'anden' if more == 1 else 'andre'}", f"{more} more")] if more else []
    listed = [*names, *others]
    return Text(
        joined([each.da for each in listed], "og"), joined([each.en for each in listed], "and")
    )


def _company(snapshot: Snapshot, transfer: Transfer) -> Iterator[Text]:
    for part in transfer.likelihood.parts:
        if part.name == "together" and part.nodes and (part.value or 0) > 0:
            names = quoted(snapshot, part.nodes)
            yield Text(
                f"Den findes ofte sammen med {names.da}, som man har her.",
                f"It is often found together with {names.en}, already here.",
            )


def _begun_here(snapshot: Snapshot, transfer: Transfer) -> Iterator[Text]:
    """How far the department itself is with the solution already."""
    begun = under_way(snapshot, transfer.department, transfer.solution)
    if begun is not None:
        yield BEGUN[begun.stage]


def _tried_before(snapshot: Snapshot, transfer: Transfer) -> Iterator[Text]:
    """What the department itself has said no to: given up, or declined as a proposal."""
    if status_of(snapshot, transfer.department, transfer.solution) == "retired":
        yield Text(
            "Her har man haft løsningen og udfaset den; spørg hvorfor, før den tages op igen.",
            "It was used here and given up; ask why before it is taken up again.",
        )
    if decision_of(snapshot, transfer.department, transfer.solution) == "declined":
        yield Text(
            "Forslaget om løsningen er blevet afvist her.",
            "The proposal of the solution was declined here.",
        )


def _obstacles(snapshot: Snapshot, transfer: Transfer) -> Iterator[Text]:
    yield from _tried_before(snapshot, transfer)
    if transfer.outcome is not ALREADY_THERE:
        yield from (gap.explanation for gap in transfer.gaps)
    for part in transfer.likelihood.parts:
        if part.name == "covered" and part.nodes:
            names = quoted(snapshot, part.nodes)
            yield Text(
                f"Her har man allerede {names.da}, som dækker noget af det samme.",
                f"Already here, and covering some of the same: {names.en}.",
            )
    yield from (each.explanation for each in transfer.unknown)
