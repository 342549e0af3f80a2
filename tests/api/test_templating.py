"""Templates escape what they are given and write numbers and dates as each language does."""

from datetime import date

import pytest

from api.frame import PAGES, Choice, Crumb, Frame, Notice
from api.templating import environment
from schema.text import Language, Text
from visualisations.evidence import Evidence, Gap, Source
from visualisations.matrix import Matrix, MatrixCell, MatrixHeading
from visualisations.score import Score, ScorePart

NASTY = "</title><script>alert(1)</script>"


def said(template: str, language: Language = "da", **context: object) -> str:
    return environment(language).from_string(template).render(**context)


@pytest.mark.parametrize(
    ("language", "number", "share", "day", "month"),
    [
        ("da", "1.234,5", "85\u00a0%", "4. marts 2021", "maj 2025"),
        ("en", "1,234.5", "85%", "4 March 2021", "May 2025"),
    ],
)
def test_numbers_and_dates_are_written_as_the_language_does(
    language: Language, number: str, share: str, day: str, month: str
) -> None:
    assert said("{{ 1234.5|number }}", language) == number
    assert said("{{ 0.85|percent }}", language) == share
    assert said("{{ day|date }}", language, day=date(2021, 3, 4)) == day
    assert said("{{ '2021-03-04'|date }}", language) == day
    assert said("{{ '2025-05'|date }}", language) == month


@pytest.mark.parametrize("written", ["2021", "for længst", "2021-13-40", "2021-99"])
def test_what_is_no_full_date_stays_as_it_was_written(written: str) -> None:
    assert said("{{ written|date }}", written=written) == written


def test_a_text_is_said_in_the_language_of_the_page() -> None:
    assert said("{{ label|text }}", "da", label=Text("løsning", "solution")) == "løsning"
    assert said("{{ label|text }}", "en", label=Text("løsning", "solution")) == "solution"


def frame(**changes: object) -> Frame:
    given: dict[str, object] = {
        "hrefs": {page: f"/{page}" for page in (*PAGES, "home", "search")},
        "here": "solutions",
        "language_href": "/en",
        "revision": 1042,
    }
    return Frame(**(given | changes))  # type: ignore[arg-type]


PAGE = '{% extends "base.html" %}{% block title %}{{ title }}{% endblock %}'


def test_the_base_page_says_its_language_and_where_one_is() -> None:
    page = said(PAGE, "en", title="Solutions", frame=frame())
    assert '<html lang="en">' in page
    assert '<a href="/solutions" aria-current="page">Solutions</a>' in page
    assert 'lang="da">Dansk</a>' in page
    assert "Revision 1,042" in page


def test_the_base_page_escapes_everything_it_is_given() -> None:
    page = said(
        PAGE,
        title=NASTY,
        frame=frame(
            query=f'"{NASTY}',
            crumbs=(Crumb(NASTY, "/x"),),
            notices=(Notice("error", NASTY, (NASTY,)),),
            municipalities=(Choice(NASTY, NASTY, chosen=True),),
        ),
    )
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)") >= 6


def test_no_page_carries_inline_styles_or_handlers() -> None:
    page = said(PAGE, title="x", frame=frame(notices=(Notice("info", "x"),)))
    assert " style=" not in page
    assert " onclick=" not in page


def part(call: str, **context: object) -> str:
    names = "badge, score_bar, evidence_list, gap_list, matrix, pagination"
    return said(
        f'{{% from "parts.html" import {names} with context %}}{{{{ {call} }}}}', "da", **context
    )


def test_a_badge_says_its_meaning_in_words_beside_a_sign() -> None:
    html = part("badge('take_over', 'overtag hel')")
    assert "overtag hel" in html
    assert "<svg" in html


def test_evidence_leads_to_file_sheet_row_and_column() -> None:
    evidence = Evidence(
        NASTY,
        Text("Begge bruger den.", ""),
        "/l/sms",
        "solution",
        (Source("a.xlsx", "S", 14, "C"),),
    )
    html = part("evidence_list(found)", found=[evidence])
    assert "a.xlsx, ark S, række 14, kolonne C" in html
    assert "<script" not in html


def test_a_gap_says_what_is_there_and_what_is_needed() -> None:
    gap = Gap(Text("Kompetence", ""), "Robotdrift", Text("Kan læres.", ""), has="2", needs="4")
    html = part("gap_list(gaps)", gaps=[gap])
    assert "har</span> 2" in html
    assert "kræver</span> 4" in html


def test_a_score_names_an_unknown_part_and_does_not_count_it_as_zero() -> None:
    score = Score(
        Text("Egnethed", ""),
        0.5,
        (ScorePart(Text("Problem", ""), 0.3, 1.0), ScorePart(Text("Modenhed", ""), 0.15, None)),
        0.67,
    )
    html = part("score_bar(score)", score=score)
    assert "0,30 af 0,30" in html
    assert "ukendt" in html
    assert "0,00 af 0,15" not in html


def test_a_matrix_is_a_table_whose_cells_say_what_their_colour_means() -> None:
    matrix = Matrix(
        "m",
        Text("Synergi", ""),
        Text("Forvaltning", ""),
        (MatrixHeading("A"), MatrixHeading("B", "/b")),
        ((MatrixHeading("A"), (None, MatrixCell("42", "step-3", "/a/b", Text("A og B", "")))),),
        left_out_rows=1,
        left_out_columns=2,
    )
    html = part("matrix(m)", m=matrix)
    assert 'class="matrix__cell look-step-3"' in html
    assert ">42<" in html
    assert "1 række mere" in html
    assert "2 kolonner mere" in html


def test_pagination_has_no_way_back_from_the_first_page() -> None:
    html = part("pagination(1, 3, href)", href=lambda page: f"?side={page}")
    assert 'rel="prev"' not in html
    assert 'href="?side=2"' in html
