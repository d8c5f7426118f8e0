"""Short in `bin/test`, in full by `bin/bench faults`; the figures go to the benchmark."""

import json
import os
from pathlib import Path

ALL = bool(os.environ.get("KAIXU_ALL_FAULTS"))
TOLD = os.environ.get("KAIXU_FAULTS_TOLD")


def tell(name: str, figure: float) -> None:
    """Leave a figure for the benchmark."""
    if TOLD:
        with Path(TOLD).open("a") as file:
            file.write(json.dumps([name, round(figure, 2)]) + "\n")


def only_in_full(test):
    """Collect the test in the full run only."""
    return test if ALL else None
