"""Csv files as people's programs write them."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.reading import read_tables
from loaders.reading.formula_guard import guard, unguard

_DANISH = "afdeling;løsning;effekt\nÆldre og sundhed;Sms-påmindelse;færre udeblivelser\n"
_ROWS = tuple(tuple(line.split(";")) for line in _DANISH.splitlines())


def rows_of(path: Path) -> tuple[tuple[object, ...], ...]:
    tables, _ = read_tables(path)
    return tables[0].rows


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_each_separator_is_found(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "ark.csv"
    path.write_text(_DANISH.replace(";", separator), encoding="utf-8")
    assert rows_of(path) == _ROWS


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", []),
        ("cp1252", []),
        ("cp850", ["CP850"]),
        ("mac_roman", ["Mac Roman"]),
    ],
)
def test_danish_letters_are_read_in_every_encoding(
    tmp_path: Path, encoding: str, told: list[str]
) -> None:
    path = tmp_path / "ark.csv"
    path.write_text(_DANISH, encoding=encoding)
    tables, messages = read_tables(path)
    assert tables[0].rows == _ROWS
    assert [message.values["encoding"] for message in messages] == told


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_end_of_line_ends_a_row(tmp_path: Path, line_end: str) -> None:
    path = tmp_path / "ark.csv"
    path.write_bytes(_DANISH.replace("\n", line_end).encode())
    assert rows_of(path) == _ROWS


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_a_sep_line_decides_and_is_no_row(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "ark.csv"
    text = f"sep={separator}\r\n" + f"a;b,c{separator}d\r\n1;2,3{separator}4\r\n"
    path.write_text(text, encoding="utf-8", newline="")
    table = read_tables(path)[0][0]
    expected = [(*"a;b,c".split(separator), "d"), (*"1;2,3".split(separator), "4")]
    assert list(table.rows) == expected
    assert table.place(0).row == 1


_TABLE = ("kommune;forvaltning;løsning;baggrund", "E;Sundhed;SMS;Godt, ja", "E;Teknik;GIS;ok, fint")


@pytest.mark.parametrize(
    "title",
    [
        "Kortlægning af løsninger",
        "Kortlægning af løsninger, efterår 2024",
        "Kortlægning, efterår 2024, kladde",
        "Kortlægning, efterår 2024\n\nUdfyldt af Sundhed, Teknik\nSendes til porteføljerådet",
    ],
)
@pytest.mark.parametrize("rows", [2, 3])
def test_title_lines_above_the_table_do_not_mislead(tmp_path: Path, title: str, rows: int) -> None:
    path = tmp_path / "ark.csv"
    table = _TABLE[:rows]
    path.write_text("\n".join((title, *table)), encoding="utf-8")
    assert rows_of(path)[-rows:] == tuple(tuple(line.split(";")) for line in table)


@pytest.mark.parametrize("title", ["Kortlægning", "Kortlægning; efterår 2024", "Kort\nSundhed"])
def test_a_title_may_stand_above_a_table_with_commas(tmp_path: Path, title: str) -> None:
    path = tmp_path / "ark.csv"
    lines = ("kommune,løsning,problemer", "E,SMS,Ventetid;Spild", "E,GIS,Tab;Kø")
    path.write_text("\n".join((title, *lines)), encoding="utf-8")
    assert rows_of(path)[-3:] == tuple(tuple(line.split(",")) for line in lines)


def test_notes_below_the_table_do_not_mislead(tmp_path: Path) -> None:
    path = tmp_path / "ark.csv"
    text = "\n".join((*_TABLE, "E;Skole", "Husk, at alt tæller", "Spørg, hvis du er i tvivl"))
    path.write_text(text, encoding="utf-8")
    assert rows_of(path)[1] == ("E", "Sundhed", "SMS", "Godt, ja")


def test_lists_in_cells_are_not_taken_for_columns(tmp_path: Path) -> None:
    path = tmp_path / "ark.csv"
    path.write_text("løsning,problemer\nSMS,P1;P2;P3\nGIS,P1;P4;P3\n,P1;P5;P6\n", encoding="utf-8")
    assert rows_of(path)[1] == ("SMS", "P1;P2;P3")


@pytest.mark.parametrize(
    "text",
    [
        "teknologi\nAI, maskinlæring\n",
        "teknologi\nSMS\nAI, maskinlæring\nGIS, kort, luftfoto\nIoT\n",
    ],
)
def test_a_single_column_stays_one_though_its_cells_have_commas(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ark.csv"
    path.write_text(text, encoding="utf-8")
    assert list(rows_of(path)) == [(line,) for line in text.splitlines()]


def test_decimal_commas_and_commas_in_texts_do_not_mislead(tmp_path: Path) -> None:
    path = tmp_path / "ark.csv"
    text = "navn;pris;tekst\nA;1,5;en, to, tre\nB;2,5;fire\nC;3,5;fem, seks\n"
    path.write_text(text, encoding="utf-8")
    assert rows_of(path)[1] == ("A", "1,5", "en, to, tre")


def test_line_breaks_and_separators_in_quotes_stay_in_their_cell(tmp_path: Path) -> None:
    path = tmp_path / "ark.csv"
    text = 'a;b\r\n"linje 1\r\nlinje 2; ""citat""";2\r\n3;4\r\n'
    path.write_text(text, encoding="utf-8", newline="")
    assert rows_of(path) == (("a", "b"), ('linje 1\nlinje 2; "citat"', "2"), ("3", "4"))


def test_blank_rows_keep_their_place_and_short_rows_are_filled_up(tmp_path: Path) -> None:
    path = tmp_path / "ark.csv"
    path.write_text("\n;a;b\n\n;1\n;2;  ;\n", encoding="utf-8")
    none = (None,) * 4
    assert rows_of(path) == (
        none,
        (None, "a", "b", None),
        none,
        (None, "1", None, None),
        (None, "2", None, None),
    )


def test_one_column_is_a_table_too(tmp_path: Path) -> None:
    path = tmp_path / "forvaltninger.csv"
    path.write_text("forvaltning\nBørn, unge og kultur\nTeknik og miljø\n", encoding="utf-8")
    assert rows_of(path)[1] == ("Børn, unge og kultur",)


def test_cells_stay_texts(tmp_path: Path) -> None:
    path = tmp_path / "ark.csv"
    path.write_text("kode;tal\n007;-5\n", encoding="utf-8")
    assert rows_of(path)[1] == ("007", "-5")


_TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)
_RISKY = st.tuples(st.sampled_from(["", "'", "''", "=", "+", "-", "@", "＝"]), _TEXTS).map("".join)


@given(_RISKY)
def test_what_is_guarded_cannot_run_and_comes_back_as_it_was(text: str) -> None:
    guarded = guard(text)
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguard(guarded) == text


@given(st.text())
def test_the_guard_is_undone_for_every_text_there_is(text: str) -> None:
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("text", ["sms", "'n Tæppefald", "a=b", "", "5"])
def test_harmless_texts_are_written_as_they_are(text: str) -> None:
    assert guard(text) == text
    assert unguard(text) == text


def test_a_guarded_file_reads_back_as_it_was(tmp_path: Path) -> None:
    cells = ["=1+1", "- punkt", "+45 12 34 56 78", "@navn", "'=1", "''-x", "'citat'", "a"]
    path = tmp_path / "eksport.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["nr", "tekst"])
        writer.writerows([number, guard(cell)] for number, cell in enumerate(cells, start=-3))
    read = rows_of(path)[1:]
    assert read == tuple((str(n), cell) for n, cell in enumerate(cells, start=-3))
