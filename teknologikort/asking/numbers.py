"""Numbers as people write them."""

from schema.text import Language


def percent(value: float, language: Language) -> str:
    """A share in percent, three digits wide so that columns line up."""
    return f"{round(100 * value):3d}{' ' if language == 'da' else ''}%"


def decimal(value: float, language: Language, decimals: int) -> str:
    """A number with so many decimals, and the language's mark before them."""
    text = f"{value:.{decimals}f}"
    return text.replace(".", ",") if language == "da" else text


def signed(value: float, language: Language) -> str:
    """A number that says which side of 0 it lies on."""
    sign = "−" if round(value, 2) < 0 else "+"
    return f"{sign}{decimal(abs(value), language, 2)}"
