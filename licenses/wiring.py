"""What licenses answers for and listens to."""

from foundation.core import handlers
from licenses import (
    notices_declarations,
    organization_facts,
    rules,  # noqa: F401  (rules register themselves)
    wiring_declarations,
    wiring_licenses,
    wiring_royalties,
)

wiring_declarations.install()
notices_declarations.install()
wiring_royalties.install()
handlers.register("organization_facts:licenses", organization_facts.organization_facts)

__all__ = ["wiring_licenses"]
