"""How often each fault is tried: a tenth in an ordinary run, all with FAULTS=all."""

import os


def times(all_of_them: int) -> int:
    """So many, or a tenth of it rounded up."""
    return all_of_them if os.environ.get("FAULTS") == "all" else -(-all_of_them // 10)
