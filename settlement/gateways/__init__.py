"""The banks settlement can speak to, by name."""

from django.conf import settings

from settlement.gateways.base import Gateway
from settlement.gateways.sandbox import SandboxGateway

SANDBOX = SandboxGateway()


class NoGateway(LookupError):
    """No bank of this name is connected."""


def gateway(name: str) -> Gateway:
    """The gateway of a name. Raises NoGateway."""
    if name == SANDBOX.name and settings.KAIXU_SANDBOX_BANK:
        return SANDBOX
    raise NoGateway(name)


def default() -> Gateway:
    """The gateway new payments go through."""
    return gateway(SANDBOX.name)
