"""A quick password hasher for development: the demo opens a hundred accounts on two cores."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class Quick(PBKDF2PasswordHasher):
    """The usual algorithm with few iterations; the local settings alone put it first."""

    algorithm = "pbkdf2_sha256_quick"
    iterations = 10_000
