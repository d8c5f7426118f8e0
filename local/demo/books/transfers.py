"""Licenses of the demo that are paid by bank transfer, and what else the bank booked on the supervised account."""

from datetime import datetime, timedelta
from random import Random

from accounts.models import Membership
from foundation.core import clock
from foundation.core.actors import CLOCK
from licenses.models import Declaration, License
from local.demo import cast, uptakes
from local.demo.books import bank
from local.demo.books.files import Row
from settlement import gateways
from settlement import services as settlement
from settlement.models import Obligation

LUMP = ("lump_sum", "entry_plus_royalty")


def licensing_user() -> Membership:
    """The login that takes licenses."""
    return Membership.objects.select_related("organization").get(user__email=cast.address("licensing_user"))


def holder() -> Membership:
    """The login that manages patents."""
    return Membership.objects.select_related("organization").get(user__email=cast.address("ip_manager"))


def offer_for(firm: Membership, moment: datetime) -> Declaration:
    """An offer with a fee that the firm may take: the demo login's firm those of the demo login's university first,
    others those of others."""
    own = firm.organization_id
    rows = Declaration.objects.filter(
        state="published", suspended_at=None, published_at__lt=moment, price_method__in=LUMP,
        offer_until__gt=moment + timedelta(days=60),
    )  # fmt: skip
    rows = rows.exclude(patent__ownerships__organization=own).exclude(licenses__licensee=own)
    favored, is_demo_firm = holder().organization_id, own == licensing_user().organization_id
    best = [row for row in rows.order_by("pk") if (row.patentee_id == favored) == is_demo_firm]
    return Random(f"offer:{own}").choice(best or list(rows))


def take(firm: Membership, moment: datetime) -> License:
    """A license whose fee is to come by transfer: the notice, and twenty minutes later the reference to write on it."""
    declaration = offer_for(firm, moment)
    license = uptakes.take(declaration, firm, Random(f"transfer:{declaration.number}"), moment, pays=False)
    with clock.at(moment + timedelta(minutes=20)):
        rail = gateways.TRANSFER.name
        key = f"demo:{license.number}"
        payment = settlement.begin_payment(obligation=license.obligation, actor=firm, key=key, rail=rail)
        settlement.place_order(payment=payment)
    return license


def row(license: License, day, *, text: str | None = None, name: str = "", less_fen: int = 0) -> Row:
    """The bank's line about the fee: by default the right amount with the right reference."""
    code = license.obligation.transfer_reference.code
    return Row(
        day,
        license.fee_fen - less_fen,
        f"专利许可费 {code}" if text is None else text,
        name or license.licensee.name,
        bank.payer_account(license.licensee_id),
        f"DEMOT{license.pk:09d}{day:%m%d}",
    )


def with_a_slip(license: License) -> str:
    """The reference as somebody typed it: two neighbors swapped."""
    code = license.obligation.transfer_reference.code
    for place in range(2, len(code) - 1):
        if code[place] != code[place + 1]:
            return f"许可费 {code[:place]}{code[place + 1]}{code[place]}{code[place + 2 :]}"
    return code


def release(now: datetime) -> None:
    """What came by transfer is due to the payee after the days without objection, each at its own moment."""
    paid = Obligation.objects.filter(payments__provider=gateways.TRANSFER.name, state="paid", released_at=None)
    for obligation in paid.filter(release_at__lt=now).distinct().order_by("release_at", "pk"):
        with clock.at(obligation.release_at):
            settlement.release(obligation=obligation, actor=CLOCK)


def paid_of(firm: Membership, now: datetime) -> list[License]:
    """Licenses the firm paid by transfer, with the money still in escrow: of the demo login's university first."""
    rows = License.objects.filter(
        licensee=firm.organization, obligation__state="paid", obligation__released_at=None,
        obligation__payments__provider=gateways.TRANSFER.name, obligation__paid_at__lt=now - timedelta(days=2),
    ).select_related("obligation")  # fmt: skip
    first = holder().organization_id
    return sorted(rows.distinct(), key=lambda row: (row.licensor_id != first, row.pk))
