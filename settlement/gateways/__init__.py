"""The banks settlement can speak to, by name."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from foundation.core.errors import DomainError
from settlement.gateways.base import Gateway
from settlement.gateways.sandbox import SandboxGateway

SANDBOX = SandboxGateway()


class NoGateway(LookupError):
    """No bank of this name is connected."""


class PaymentsAway(DomainError):
    """No bank is connected through which anything could be paid."""

    code, status = "payments_away", 503
    message = _("Payments are not possible at the moment, because no bank is connected. Nothing was charged.")


def gateway(name: str) -> Gateway:
    """The gateway of a name. Raises NoGateway."""
    if name == SANDBOX.name and settings.KAIXU_SANDBOX_BANK:
        return SANDBOX
    raise NoGateway(name)


def default() -> Gateway:
    """The gateway new payments go through. Raises PaymentsAway."""
    try:
        return gateway(SANDBOX.name)
    except NoGateway as error:
        raise PaymentsAway() from error
