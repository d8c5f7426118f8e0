"""The banks settlement can speak to, by name."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from foundation.core.errors import DomainError, Invalid
from settlement.gateways.bank_transfer import BankTransferGateway
from settlement.gateways.base import Gateway
from settlement.gateways.sandbox import SandboxGateway

SANDBOX, TRANSFER = SandboxGateway(), BankTransferGateway()
REFUNDING = (SANDBOX.name,)  # rails that carry refunds themselves; others leave in a payout run
LABELS = {SANDBOX.name: _("Sandbox bank (play money)"), TRANSFER.name: _("Bank transfer")}
FILE = "file"  # no gateway: a pain.001 file that somebody takes to the bank


class NoGateway(LookupError):
    """No bank of this name is connected."""


class PaymentsAway(DomainError):
    """No bank is connected through which anything could be paid."""

    code, status = "payments_away", 503
    message = _("Payments are not possible at the moment, because no bank is connected. Nothing was charged.")


class RailClosed(Invalid):
    """This way of paying is not open."""

    code, field = "rail_closed", "rail"
    message = _("This way of paying is not open. Choose another one.")


def gateway(name: str) -> Gateway:
    """The gateway of a name. Raises NoGateway."""
    if name == SANDBOX.name and settings.KAIXU_SANDBOX_BANK:
        return SANDBOX
    if name == TRANSFER.name:
        return TRANSFER
    raise NoGateway(name)


def open_rails() -> list[str]:
    """The ways in which payers may pay now, in the order of settings.KAIXU_PAYMENT_RAILS."""
    usable = {SANDBOX.name: settings.KAIXU_SANDBOX_BANK, TRANSFER.name: TRANSFER.is_open()}
    return [name for name in settings.KAIXU_PAYMENT_RAILS if usable.get(name)]


def choose(name: str = "") -> Gateway:
    """The gateway a payer chose, by default the first that is open. Raises PaymentsAway, RailClosed."""
    rails = open_rails()
    if not rails:
        raise PaymentsAway()
    if name and name not in rails:
        raise RailClosed()
    return gateway(name or rails[0])


def payout_rails() -> list[str]:
    """How payouts may leave: always as a file for the bank, and through the rails that pay out."""
    return [FILE, *([SANDBOX.name] if settings.KAIXU_SANDBOX_BANK else [])]
