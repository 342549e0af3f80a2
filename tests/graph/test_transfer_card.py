"""The card of a transfer, in the words that a meeting reads."""

from graph.snapshot import Snapshot
from graph.transfer import transfer
from graph.transfer_card import TransferCard, transfer_card
from tests.graph.small import edge, snapshot

SMS = "solution:sms"


def card_of(graph: Snapshot, department: str = "department:a/here") -> TransferCard:
    return transfer_card(graph, transfer(graph, SMS, department))


def home() -> Snapshot:
    """A department that faces a problem which SMS solves, with a neighbour that knows how."""
    return snapshot(
        uses=[
            ("b/far", "sms", {"primary_purpose": "service", "users": ("citizens", "relatives")}),
            ("a/near", "sms", {"status": "pilot", "primary_purpose": "service"}),
            ("c/gone", "sms", "retired"),
            ("a/here", "bot", "pilot"),
        ],
        solves=[("sms", "calls"), ("bot", "calls")],
        faces=[("a/here", "calls", "high")],
        built_on=[("sms", "gateway"), ("sms", "cloud")],
        familiar=[("a/here", "gateway", 1), ("a/here", "cloud", 3)],
        requires=[("sms", "text", 4)],
        has=[("a/here", "text", 2), ("a/near", "text", 5), ("b/far", "text", 5)],
        nodes={
            "department:a/here": {"serves": ("citizens",), "digital_maturity": 4},
            "department:b/far": {"digital_maturity": 3},
        },
    )


def test_potential_says_what_it_would_solve_and_how_others_fare() -> None:
    assert [text.da for text in card_of(home()).potential] == [
        "Kan løse „Calls“ (høj prioritet), som ikke er løst her i dag.",
        "Den er i brug i 1 anden forvaltning, på prøve i 1 og udfaset i 1.",
        "Formålet er „højere niveau af borgerservice“ alle de steder, hvor det er oplyst.",
    ]


def test_opportunities_say_what_is_in_place_and_whom_to_ask() -> None:
    assert [text.da for text in card_of(home()).opportunities] == [
        "Både løsningen og forvaltningen er til for borgere.",
        "Kendskab til „Cloud“: i brug.",
        "Den digitale modenhed er 4; hos Far (B), der har løsningen, er den 3.",
        "Erfaringer kan hentes hos Near (A) og Far (B).",
        "Kompetencen „Text“ findes i kommunen hos Near (niveau 5).",
    ]


def test_obstacles_are_the_gaps_what_is_covered_and_what_is_not_told() -> None:
    assert [text.da for text in card_of(home()).obstacles] == [
        "Løsningen er for pårørende, som forvaltningen ikke betjener.",
        "Kendskabet til „Gateway“ skal løftes fra „har hørt om“ til „i brug“.",
        "Kompetencen „Text“ skal løftes fra niveau 2 til niveau 4.",
        "Her har man allerede „Bot“, som dækker noget af det samme.",
    ]


def test_what_is_not_told_stands_last_among_the_obstacles() -> None:
    graph = snapshot(
        uses=[("b/1", "sms", {"users": ("citizens", "staff")})],
        nodes={"department:a/here": {"serves": ("citizens",)}},
    )

    assert [text.en for text in card_of(graph).obstacles][:2] == [
        "The solution is for staff, whom the department does not serve.",
        "Which problems the department faces is not told.",
    ]


def test_a_problem_solved_otherwise_is_named_with_what_solves_it_today() -> None:
    graph = snapshot(
        uses=[("b/1", "sms"), ("a/here", "bot")],
        solves=[("sms", "calls"), ("bot", "calls")],
        faces=[("a/here", "calls")],
    )

    assert card_of(graph).potential[0].en == (
        "Can solve “Calls”, which is solved here today with “Bot”."
    )


def test_an_akin_problem_is_named_by_what_makes_it_akin() -> None:
    graph = snapshot(
        uses=[("b/1", "sms")],
        solves=[("sms", "calls")],
        faces=[("a/here", "letters")],
        nodes={"problem:calls": {"kle": "27"}, "problem:letters": {"kle": "27.03"}},
    )

    assert card_of(graph).potential[0].da == (
        "Løser „Calls“, der hører til samme emne som „Letters“, som man står med her."
    )


def purposes_of(*purposes: str) -> str:
    """What a card says of the purposes of a solution with these primary ones."""
    graph = snapshot(
        uses=[
            (f"b/{number}", "sms", {"primary_purpose": purpose})
            for number, purpose in enumerate(purposes)
        ],
        nodes={"department:a/here": {}},
    )
    return card_of(graph).potential[-1].en


def test_a_purpose_is_most_often_meant_only_where_more_than_half_and_more_than_one_mean_it() -> (
    None
):
    service, resources = "a higher level of citizen service", "better use of resources"

    assert purposes_of("resources") == f"The purpose is “{resources}”."
    assert purposes_of("resources", "service") == (
        f"The purposes differ: “{service}” and “{resources}”."
    )
    assert purposes_of("resources", "service", "resources") == (
        f"The purpose is most often “{resources}” (2 of 3)."
    )


def test_what_the_department_has_begun_itself_stands_first_and_is_not_counted_as_spread() -> None:
    graph = snapshot(
        uses=[("b/far", "sms"), ("a/here", "sms", "planned")],
        solves=[("sms", "calls")],
        faces=[("a/here", "calls")],
    )
    card = card_of(graph)

    assert card.opportunities[0].da == "Her har man selv planlagt løsningen."
    assert card.potential[1].da == "Den er i brug i 1 anden forvaltning."


def test_a_card_of_its_own_is_named_among_the_opportunities() -> None:
    graph = snapshot(
        uses=[("b/far", "sms")],
        proposes=[("a/here", "sms", "considered")],
        solves=[("sms", "calls")],
        faces=[("a/here", "calls")],
    )

    assert card_of(graph).opportunities[0].da == "Her har man selv foreslået løsningen."


def test_the_ablest_in_the_municipality_are_named_first_with_how_many_more_there_are() -> None:
    able = [("a/a", "text", 3), ("a/b", "text", 4), ("a/c", "text", 5), ("a/d", "text", 3)]
    graph = snapshot(
        uses=[("b/far", "sms")],
        requires=[("sms", "text", 3)],
        has=[("a/here", "text", 1), *able],
    )

    assert card_of(graph).opportunities[-1].da == (
        "Kompetencen „Text“ findes i kommunen hos C (niveau 5), B (niveau 4), A (niveau 3) "
        "og 1 anden."
    )


def test_a_competence_that_is_only_useful_is_not_said_to_be_required() -> None:
    graph = snapshot(
        uses=[("b/far", "sms")],
        requires=[("sms", "text", {"level": 2, "necessity": "useful"})],
        has=[("a/here", "text", 3)],
    )

    assert "Kompetencen „Text“ findes her på niveau 3; løsningen har gavn af niveau 2." in [
        text.da for text in card_of(graph).opportunities
    ]


def test_the_uses_to_read_about_are_those_of_the_same_municipality_first() -> None:
    assert card_of(home()).uses == (
        edge("USES", "a/near", "sms"),
        edge("USES", "b/far", "sms"),
    )


def test_another_technology_is_an_opportunity() -> None:
    graph = snapshot(
        uses=[("b/1", "sms"), ("b/1", "bot")],
        solves=[("sms", "calls"), ("bot", "calls")],
        faces=[("a/here", "calls")],
        built_on=[("sms", "gateway"), ("bot", "ai")],
        familiar=[("a/here", "gateway", 0), ("a/here", "ai", 3)],
    )

    assert card_of(graph).opportunities[0].da == (
        "„Bot“ løser samme problem med teknologi, man kender her."
    )


def test_what_was_given_up_or_declined_here_stands_first_among_the_obstacles() -> None:
    graph = snapshot(
        uses=[("b/far", "sms"), ("a/here", "sms", "retired")],
        proposes=[("a/here", "sms", "declined")],
        solves=[("sms", "calls")],
        faces=[("a/here", "calls")],
    )
    obstacles = [text.en for text in card_of(graph).obstacles]
    assert obstacles[:2] == [
        "It was used here and given up; ask why before it is taken up again.",
        "The proposal of the solution was declined here.",
    ]
