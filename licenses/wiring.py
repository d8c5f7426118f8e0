"""What licenses answers for and listens to."""

from licenses import rules  # noqa: F401  (rules register themselves)
