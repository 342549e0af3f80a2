"""Values that cannot be used, told in whole sentences."""

from schema.messages import Refusal, say
from schema.text import Text


def bad_argument(da: str, en: str) -> Refusal:
    """A value of an argument that is refused; each a sentence that says why."""
    return Refusal(say("bad-argument", detail=Text(da, en)))


def out_of_range(argument: str, most: int, given: int) -> Refusal:
    """A number from 0 on that is too small or too large."""
    return bad_argument(
        f"„{argument}“ skal være 0 til {most}, ikke {given}.",
        f"“{argument}” must be 0 to {most}, not {given}.",
    )


def too_many(argument: str, most: int, given: int) -> Refusal:
    """A list that is too long."""
    return bad_argument(
        f"„{argument}“ må højst have {most} id'er, ikke {given}.",
        f"“{argument}” may hold at most {most} ids, not {given}.",
    )
