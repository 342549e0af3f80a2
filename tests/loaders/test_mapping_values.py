"""How the cells of a table become cells of our sheets, seen in what is loaded."""

import datetime

import pytest

from loaders.report import Verdict
from tests.loaders.mapped import HEAD, STATUS, columns_of, load, mapping, use
from tests.loaders.sheets import Desk, codes, place_of, the, verdicts, workbook

CARE = use("nordby", "sms-plus")


def test_columns_are_read_by_name_and_provenance_keeps_row_and_letter(desk: Desk) -> None:
    text = STATUS + 'background = "Mål"\n'
    report = load(desk, text, [("Nr", " mål ", *HEAD), (1, "Færre opkald", "Nordby", "SMS plus")])
    assert verdicts(report) == [Verdict.NEW]
    assert desk.fields(CARE)["background"] == "Færre opkald"
    (provenance,) = desk.store.sources([CARE])[CARE]
    assert (provenance.place.file, provenance.place.sheet) == ("udtraek.csv", "udtraek")
    assert provenance.place.row == 2
    assert provenance.columns["background"] == "B"
    assert columns_of(desk.store, "solution:sms-plus")["name"] == "D"
    assert columns_of(desk.store, "department:nordby/hele-organisationen")["name"] is None


def test_our_columns_can_be_named_in_either_language(desk: Desk) -> None:
    text = """
    [[table]]
    [[table.target]]
    sheet = "Løsninger"
    [table.target.columns]
    Kommune = "Organisation"
    Forvaltning = { constant = "Alle" }
    "løsning" = "Titel"
    """
    load(desk, text, [HEAD, ("Nordby", "SMS plus")])
    assert desk.exists("department:nordby/alle USES solution:sms-plus")


def test_words_become_words_of_the_vocabulary_and_the_empty_word_says_nothing(desk: Desk) -> None:
    text = STATUS + 'status = { column = "Fase", words = { "Kører" = "in use", Nul = "" } }\n'
    rows = [
        (*HEAD, "Fase"),
        ("Nordby", "A", "kører"),
        ("Nordby", "B", "Nul"),
        ("Nordby", "C", "pilot"),
    ]
    load(desk, text, rows)
    found = [desk.fields(use("nordby", each))["status"] for each in "abc"]
    assert found == ["in_use", "in_use", "pilot"]
    assert columns_of(desk.store, use("nordby", "a"))["status"] == "C"
    assert columns_of(desk.store, use("nordby", "b"))["status"] is None


def test_a_word_that_nothing_is_said_of_is_refused_at_its_cell(desk: Desk) -> None:
    text = STATUS + 'status = { column = "Fase", words = { "Kører" = "in use" } }\n'
    report = load(desk, text, [(*HEAD, "Fase"), ("Nordby", "A", "Ukendt fase")])
    assert "word-unknown" in codes(report)
    assert place_of(report, "word-unknown") == ("udtraek", 2, "C")


def test_flags_become_words_each_from_its_own_column(desk: Desk) -> None:
    text = (
        STATUS
        + 'other_purposes = { flags = { Bedre = "service", Billig = ["resources", "process"] } }\n'
    )
    rows = [
        (*HEAD, "Bedre", "Billig"),
        ("Nordby", "A", "x", "X"),
        ("Nordby", "B", "nej", " x"),
        ("Nordby", "C", "\u00a0", ""),
    ]
    load(desk, text, rows)
    found = [desk.fields(use("nordby", each)).get("other_purposes") for each in "abc"]
    assert found == [("service", "process", "resources"), ("process", "resources"), None]
    assert columns_of(desk.store, use("nordby", "a"))["other_purposes"] == "C, D"
    assert columns_of(desk.store, use("nordby", "b"))["other_purposes"] == "D"


def test_of_flags_for_one_word_the_first_in_the_mapping_counts(desk: Desk) -> None:
    text = STATUS + 'primary_purpose = { flags = { Billig = "resources", Bedre = "service" } }\n'
    load(
        desk,
        text,
        [(*HEAD, "Bedre", "Billig"), ("Nordby", "A", "x", "x"), ("Nordby", "B", "x", "")],
    )
    found = [desk.fields(use("nordby", each))["primary_purpose"] for each in "ab"]
    assert found == ["resources", "service"]


def test_a_flag_that_is_no_mark_refuses_the_row(desk: Desk) -> None:
    text = STATUS + 'other_purposes = { flags = { Bedre = "service" } }\n'
    report = load(desk, text, [(*HEAD, "Bedre"), ("Nordby", "A", "måske")])
    assert verdicts(report) == [Verdict.REFUSED]
    assert place_of(report, "mapping-flag-unreadable") == ("udtraek", 2, "C")
    assert "„måske“" in the(report, "mapping-flag-unreadable")


def test_prefix_and_suffix_are_stripped_and_other_names_kept_whole(desk: Desk) -> None:
    text = STATUS.replace(
        '"Organisation"',
        '{ column = "Organisation", strip_prefix = "By ", strip_suffix = [" Kommune"] }',
    )
    load(desk, text, [HEAD, ("By Nordby", "A"), ("Sydby kommune", "A"), ("Bybjerg", "A")])
    assert list(desk.snapshot().nodes("municipality")) == [
        "municipality:bybjerg",
        "municipality:nordby",
        "municipality:sydby",
    ]


def test_a_pattern_takes_the_group_that_took_part_or_leaves_the_cell_blank(desk: Desk) -> None:
    text = STATUS + "function = { column = 'Kode', pattern = '^a(.*)|^b-(.*)' }\n"
    rows = [(*HEAD, "Kode"), ("Nordby", "A", "abc"), ("Nordby", "B", "b-de"), ("Nordby", "C", "x")]
    load(desk, text, rows)
    found = [desk.fields(f"solution:{each}").get("function") for each in "abc"]
    assert found == ["bc", "de", None]


def test_lists_are_split_by_other_separators_and_their_own(desk: Desk) -> None:
    text = STATUS + 'technologies = { column = "Bygget på", split = [" / ", ","] }\n'
    load(desk, text, [(*HEAD, "Bygget på"), ("Nordby", "A", "SMS / IoT, RDA; Kort")])
    assert set(desk.snapshot().nodes("technology")) == {
        "technology:iot",
        "technology:kort",
        "technology:rda",
        "technology:sms",
    }


def test_several_columns_are_listed_and_each_name_leads_to_its_own_column(desk: Desk) -> None:
    text = STATUS + 'technologies = { columns = ["Første", "Anden"], words = { Andet = "" } }\n'
    load(
        desk,
        text,
        [(*HEAD, "Første", "Anden"), ("Nordby", "A", "SMS", "IoT"), ("Nordby", "B", "Andet", None)],
    )
    assert columns_of(desk.store, "solution:a BUILT_ON technology:sms")[""] == "C"
    assert columns_of(desk.store, "solution:a BUILT_ON technology:iot")[""] == "D"
    assert columns_of(desk.store, "technology:iot")["name"] == "D"
    assert not desk.exists("technology:andet")


def test_of_several_columns_for_one_value_the_first_that_is_filled_counts(desk: Desk) -> None:
    text = STATUS + 'since = { columns = ["Start", "Aftale"] }\n'
    rows = [
        (*HEAD, "Start", "Aftale"),
        ("Nordby", "A", "2020", "2019"),
        ("Nordby", "B", "", "2019"),
    ]
    load(desk, text, rows)
    assert [desk.fields(use("nordby", each))["since"] for each in "ab"] == ["2020", "2019"]
    assert columns_of(desk.store, use("nordby", "b"))["since"] == "D"


def test_texts_are_joined_where_they_are_filled(desk: Desk) -> None:
    text = (
        STATUS
        + 'data_ethics = { columns = ["Lov", "Vurdering"], join = "\\n", words = { Ja = "Set." } }'
    )
    rows = [
        (*HEAD, "Lov", "Vurdering"),
        ("Nordby", "A", "Serviceloven", "ja"),
        ("Nordby", "B", "", "ja"),
    ]
    load(desk, text, rows)
    found = [desk.fields(use("nordby", each))["data_ethics"] for each in "ab"]
    assert found == ["Serviceloven\nSet.", "Set."]
    assert columns_of(desk.store, use("nordby", "a"))["data_ethics"] == "C, D"


def test_a_name_of_joined_parts_is_none_while_one_is_missing(desk: Desk) -> None:
    text = STATUS + 'problems = { columns = ["Område", "Art"], join = ": " }\n'
    rows = [
        (*HEAD, "Område", "Art"),
        ("Nordby", "A", "Skoler", "Planlægning"),
        ("Nordby", "B", "", "Planlægning"),
    ]
    load(desk, text, rows)
    assert list(desk.snapshot().nodes("problem")) == ["problem:skoler-planlaegning"]


def test_what_a_text_contains_is_listed_where_a_word_begins_so(desk: Desk) -> None:
    text = (
        STATUS
        + 'technologies = { column = "Titel", contains = { chat = "Chatbot", sms = "SMS" } }\n'
    )
    rows = [HEAD, ("Nordby", "SMS og chatbot"), ("Nordby", "Plismsen"), ("Nordby", "Ren tekst")]
    load(desk, text, rows)
    found = desk.snapshot().outgoing
    assert set(found("BUILT_ON", "solution:sms-og-chatbot")) == {
        "technology:chatbot",
        "technology:sms",
    }
    assert not list(found("BUILT_ON", "solution:plismsen"))


def test_otherwise_stands_where_a_cell_is_blank_and_has_no_letter(desk: Desk) -> None:
    text = STATUS.replace(
        '{ constant = "Hele organisationen" }', '{ column = "Afd", otherwise = "Fælles" }'
    )
    load(desk, text, [(*HEAD, "Afd"), ("Nordby", "A", ""), ("Nordby", "B", "Skole")])
    assert list(desk.snapshot().nodes("department")) == [
        "department:nordby/faelles",
        "department:nordby/skole",
    ]
    assert columns_of(desk.store, "department:nordby/faelles")["name"] is None
    assert columns_of(desk.store, "department:nordby/skole")["name"] == "C"


def test_spellings_that_would_be_one_are_kept_apart_and_others_joined(desk: Desk) -> None:
    text = (
        STATUS
        + '[rename.solution]\n"SMS+IT" = "SMS og IT"\n"Sms plus IT" = "SMS Plus IT A/S"\n'
        + '"Sms-service" = "SMS"\n'
    )
    report = load(
        desk,
        text,
        [
            HEAD,
            ("Nordby", "SMS+IT"),
            ("Nordby", "SMS plus it"),
            ("Nordby", "sms service"),
            ("Sydby", "SMS"),
        ],
    )
    assert "spellings-taken-as-one" not in codes(report)
    assert list(desk.snapshot().nodes("solution")) == [
        "solution:sms",
        "solution:sms-og-it",
        "solution:sms-plus-it-a-s",
    ]


def test_one_name_that_means_several_is_kept_apart_by_another_column(desk: Desk) -> None:
    text = STATUS.replace(
        '"Organisation"',
        '{ column = "Organisation", apart = { names = ["Ministeriet"], by = "Land" } }',
    )
    rows = [
        (*HEAD, "Land"),
        ("Ministeriet", "A", "Norge"),
        ("Ministeriet", "A", "Sverige"),
        ("Oslo", "A", "Norge"),
    ]
    load(desk, text, rows)
    assert list(desk.snapshot().nodes("municipality")) == [
        "municipality:ministeriet-norge",
        "municipality:ministeriet-sverige",
        "municipality:oslo",
    ]


def test_a_date_of_a_workbook_stays_one(desk: Desk) -> None:
    rules = mapping(desk.folder, STATUS + 'since = "Start"\n').recogniser()
    day = datetime.datetime(2024, 5, 17)
    path = workbook(desk.folder / "u.xlsx", {"Ark1": [(*HEAD, "Start"), ("Nordby", "A", day)]})
    desk.hand_in(path, recogniser=rules)
    assert desk.fields(use("nordby", "a"))["since"] == "2024-05-17"


@pytest.mark.parametrize("text", [STATUS, STATUS + 'status = { constant = "pilot" }\n'])
def test_loading_the_same_again_says_nothing_new(desk: Desk, text: str) -> None:
    rows = [HEAD, ("Nordby", "A"), ("Sydby", "A")]
    load(desk, text, rows)
    assert load(desk, text, rows).nothing_new
