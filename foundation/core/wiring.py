"""What the ground answers for: the start-up checks."""

from foundation.core import checks

checks.install()
