"""How much a file may ask for before it is refused."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost; sizes in bytes, time in seconds.

    `cells` is what all sheets of a file span together, blank cells included. A sheet may claim
    more in its header, since spreadsheet programs count formatted cells too, but not more than
    `claimed_cells`. Up to `unpacked_harmless` any ratio of unpacked to packed size will do.
    After `findings` cells of one sheet with the same fault, the others are counted.
    """

    file_bytes: int = 50 * MEGABYTE
    unpacked_bytes: int = 1_000 * MEGABYTE
    unpacked_ratio: int = 100
    unpacked_harmless: int = 10 * MEGABYTE
    parts: int = 5_000
    cells: int = 5_000_000
    claimed_cells: int = 1_000_000_000
    memory_bytes: int = 1_500 * MEGABYTE
    seconds: float = 60.0
    findings: int = 50
