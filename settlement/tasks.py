"""What the worker does for money: look for what is due."""

from celery import shared_task

from settlement import clock, clock_bank, clock_income, clock_payouts
from settlement.services import proving


@shared_task(name="settlement.release_due")
def release_due() -> int:
    """Escrow whose time without objection is over."""
    return clock.release_due()


@shared_task(name="settlement.pursue_refunds")
def pursue_refunds() -> int:
    """Refunds on their way through the bank."""
    return clock.pursue_refunds()


@shared_task(name="settlement.ask_about_payments")
def ask_about_payments() -> int:
    """Payments whose confirmation never came."""
    return clock.ask_about_payments()


@shared_task(name="settlement.remind_due")
def remind_due() -> int:
    """Debtors of what is due soon or overdue."""
    return clock.remind_due()


@shared_task(name="settlement.charge_late")
def charge_late() -> int:
    """Fees for late payment of the months that are over."""
    return clock.charge_late()


@shared_task(name="settlement.expire_holds")
def expire_holds() -> int:
    """Deposits nobody decided on."""
    return clock.expire_holds()


@shared_task(name="settlement.settle_lines")
def settle_lines() -> int:
    """Lines of bank statements that an import left behind."""
    return clock_bank.settle_lines()


@shared_task(name="settlement.distribute")
def distribute() -> int:
    """Notices of distributions that are over, payouts that are done, distributions to close."""
    return clock_income.end_notices() + clock_income.finish_distributions() + clock_income.close_distributions()


@shared_task(name="settlement.pursue_payouts")
def pursue_payouts() -> int:
    """Payouts whose answer did not come."""
    return clock_payouts.pursue_payouts()


@shared_task(name="settlement.follow_requests")
def follow_requests() -> int:
    """Refund requests whose money is back, and disputes whose deadline passed."""
    return clock_payouts.follow_requests() + clock_payouts.move_disputes()


@shared_task(name="settlement.prove_nights")
def prove_nights() -> int:
    """The proof of the night that client money is complete."""
    return proving.prove_nights()
