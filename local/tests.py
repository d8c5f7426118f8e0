"""Runs the tests. Arguments go to pytest; without any, all tests, on a process more than there are processors."""

import os
import sys

import pytest

from local import chromium

IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def main() -> int:
    """pytest's exit code."""
    path = chromium.find() or chromium.install()
    if path:
        os.environ["KAIXU_CHROMIUM"] = path
    else:
        print("- no Chromium here: the browser tests will be skipped (name one in KAIXU_CHROMIUM)")
        if IN_CI:
            print("- under CI nothing may be skipped", file=sys.stderr)
            return 1
    # One more: a good part of the tests waits for processes that were killed, or for a browser.
    arguments = sys.argv[1:] or ["-n", str((os.cpu_count() or 1) + 1), "--dist", "worksteal"]
    return int(pytest.main(arguments))


if __name__ == "__main__":
    sys.exit(main())
