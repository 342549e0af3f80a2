"""Options that several commands share, and what they mean."""

from collections.abc import Callable
from typing import TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., object])


def store_option(function: Function) -> Function:
    """``--store``: another store than that of the settings."""
    return click.option(
        "--store",
        metavar="SQLITE|NEO4J",
        help="Grafens fil eller Neo4j-adresse; ellers TEKNOLOGIKORT_STORE. / "
        "The graph's file or Neo4j address; else TEKNOLOGIKORT_STORE.",
    )(function)


def overwrite_option(function: Function) -> Function:
    """``--overwrite``: a file that is there may be replaced."""
    return click.option(
        "--overwrite",
        is_flag=True,
        help="Skriv filen over, hvis den findes. / Replace the file if it exists.",
    )(function)


def municipality_option(function: Function) -> Function:
    """``--municipality``: only this one, however its name is written."""
    return click.option(
        "--municipality",
        metavar="NAVN",
        help="Kun denne kommune. / This municipality only.",
    )(function)


def language_option(function: Function) -> Function:
    """``--language``: of what is written, where it is another than that of the settings."""
    return click.option(
        "--language",
        type=click.Choice(["da", "en"]),
        help="Filens sprog; ellers kommandolinjens. / The file's language; else that of the "
        "command line.",
    )(function)
