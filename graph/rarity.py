"""How much more what few have says than what all have."""

import numpy as np
import numpy.typing as npt


def rarity(having: npt.NDArray[np.float64] | float, among: int) -> npt.NDArray[np.float64]:
    """w = ln((1 + N) / (1 + df)) + 1 for things that ``having`` of ``among`` have: 1 for what all
    have, growing as fewer do.

    Smoothed inverse document frequency (Spärck Jones 1972, in the form of scikit-learn's
    TfidfTransformer). N counts those who have told anything of the kind: the silent say nothing
    about what is rare.
    """
    return np.asarray(np.log((1 + among) / (1 + np.asarray(having, dtype=np.float64))) + 1)
