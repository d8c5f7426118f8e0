"""Licenses of the demo: notices and payments by the services, the bank's messages as the gateway gives them."""

from datetime import timedelta
from random import Random

from accounts.models import Membership
from foundation.core import clock
from licenses.models import Declaration, License, RoyaltyPeriod
from licenses.services import endings, uptakes
from local.demo import register, texts_read
from settlement import services as settlement
from settlement.gateways.base import SUCCEEDED, BankEvent
from settlement.models import Obligation


def prepare(declaration: Declaration, firm: Membership, random: Random) -> License:
    """A notice begun and not sent yet."""
    declaration.refresh_from_db()
    license = uptakes.start_notice(declaration=declaration, actor=firm)
    return uptakes.save_notice(
        license=license,
        actor=firm,
        intended_use=random.choice(texts_read.rows("uptake_texts.csv"))["text_zh"],
        place_of_use=firm.organization.address,
        contact_email=firm.user.email,
    )


def notice(declaration: Declaration, firm: Membership, random: Random) -> License:
    """A signed and delivered notice."""
    register.keep_fresh(declaration.patent)
    declaration.refresh_from_db()
    return uptakes.take_up(
        declaration=declaration,
        actor=firm,
        terms_hash=declaration.current_terms.content_hash,
        intended_use=random.choice(texts_read.rows("uptake_texts.csv"))["text_zh"],
        place_of_use=firm.organization.address,
        contact_email=firm.user.email,
    )


def pay(license: License, firm: Membership) -> License:
    """Begin a payment and take the bank's message that it arrived."""
    bank_says_paid(license.obligation, firm, f"demo:{license.number}")
    license.refresh_from_db()
    return license


def pay_royalty(period: RoyaltyPeriod, firm: Membership) -> None:
    """The same for the royalty of a period."""
    bank_says_paid(period.obligation, firm, f"demo:{period.number}")


def pay_instalment(obligation: Obligation, firm: Membership) -> None:
    """The same for a later instalment."""
    bank_says_paid(obligation, firm, f"demo:{obligation.number}")


def bank_says_paid(obligation, firm: Membership, key: str) -> None:
    """Begin a payment of what is left and take the bank's message that it arrived."""
    payment = settlement.begin_payment(obligation=obligation, actor=firm, key=key)
    settlement.take_event(
        provider=payment.provider,
        event=BankEvent(
            event_id=f"demo-{payment.order_id}",
            type=SUCCEEDED,
            order_id=payment.order_id,
            transaction_id=f"demo-{payment.order_id}",
            amount=payment.amount,
            occurred_at=clock.database_now(),
        ),
    )


def take(declaration, firm, random, moment, *, pays: bool = True) -> License:
    """A whole uptake from `moment` on: the notice, minutes later the money."""
    with clock.at(moment):
        license = notice(declaration, firm, random)
    if license.fee_fen and pays:
        with clock.at(moment + timedelta(minutes=random.randrange(3, 40))):
            license = pay(license, firm)
    return license


def lapse(license: License) -> None:
    """The payment deadline passes."""
    with clock.at(license.pay_by_at + timedelta(minutes=5)):
        endings.lapse(license=license)


def give_back(license: License, firm: Membership, moment) -> None:
    """The firm ends its license early."""
    with clock.at(moment):
        endings.terminate(license=license, reason="产品线调整，不再使用该专利。", actor=firm)
