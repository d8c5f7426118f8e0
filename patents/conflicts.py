"""What on a patent excludes what: the matrix of encumbrances as a table. Pure.

Sources: Patent Law 51(3); Implementing Regulations 86; Civil Code 444 (a pledged patent is licensed with the pledgee's
consent) and 865-867; the judicial interpretation on technology contracts 24(2) (a transfer leaves licenses untouched).
"""

from dataclasses import dataclass
from enum import StrEnum

from foundation.core.marks import _


class EncumbranceKind(StrEnum):
    """The kinds of what can lie on a patent."""

    PLEDGE = "pledge"
    EXCLUSIVE_LICENSE = "exclusive_license"
    SOLE_LICENSE = "sole_license"
    ORDINARY_LICENSE = "ordinary_license"
    OWNERSHIP_DISPUTE = "ownership_dispute"
    PRESERVATION = "preservation"
    INVALIDATION_REQUEST = "invalidation_request"
    OPEN_DECLARATION = "open_declaration"
    AUCTION_LOT = "auction_lot"
    SECRECY = "secrecy"
    EXPORT_CONTROL = "export_control"


LABELS = {
    EncumbranceKind.PLEDGE: _("Pledge"),
    EncumbranceKind.EXCLUSIVE_LICENSE: _("Exclusive license"),
    EncumbranceKind.SOLE_LICENSE: _("Sole license"),
    EncumbranceKind.ORDINARY_LICENSE: _("Ordinary license"),
    EncumbranceKind.OWNERSHIP_DISPUTE: _("Ownership dispute"),
    EncumbranceKind.PRESERVATION: _("Court preservation"),
    EncumbranceKind.INVALIDATION_REQUEST: _("Invalidation request"),
    EncumbranceKind.OPEN_DECLARATION: _("Open license declaration"),
    EncumbranceKind.AUCTION_LOT: _("Auction lot"),
    EncumbranceKind.SECRECY: _("Secrecy order"),
    EncumbranceKind.EXPORT_CONTROL: _("Export control"),
}


class Outcome(StrEnum):
    """What the table says: impossible, possible with consent, or possible if disclosed."""

    REFUSE = "refuse"
    CONSENT = "consent"
    WARN = "warn"


@dataclass(frozen=True)
class Row:
    """One cell of the matrix: what happens, by which rule, in one sentence."""

    outcome: Outcome
    rule: str
    sentence: str


LOT_SUBJECTS = ("assignment", "exclusive_license", "ordinary_license")
REFUSE, CONSENT, WARN = Outcome.REFUSE, Outcome.CONSENT, Outcome.WARN
PL51 = _("Patent Law 51(3)")
IR86 = _("Implementing Regulations 86")
CC444 = _("Civil Code 444")
CC865 = _("Civil Code 865-867")
TECH24 = _("Judicial interpretation on technology contracts 24(2)")
PLATFORM = _("Platform rule")

DISPUTE = Row(REFUSE, IR86, _("The procedure is suspended because of an ownership dispute."))
PRESERVED = Row(REFUSE, IR86, _("A court has ordered the preservation of the patent."))
PLEDGED = Row(CONSENT, IR86, _("The patent is pledged: the pledgee has to consent."))
DISCLOSED = Row(WARN, PLATFORM, _("An invalidation request is pending and has to be disclosed."))
SECRET = Row(REFUSE, PLATFORM, _("The patent is subject to a secrecy order."))
EXPORT = Row(WARN, PLATFORM, _("Export control applies: a foreign licensee needs a permit."))
EXCLUSIVE = Row(REFUSE, PL51, _("An exclusive license is in force."))
SOLE = Row(REFUSE, PL51, _("A sole license is in force."))

_always = {
    "ownership_dispute": DISPUTE,
    "preservation": PRESERVED,
    "pledge": PLEDGED,
    "invalidation_request": DISCLOSED,
    "secrecy": SECRET,
    "export_control": EXPORT,
}
_exclusive = {
    **_always,
    "pledge": Row(CONSENT, CC444, PLEDGED.sentence),
    "open_declaration": Row(REFUSE, PL51, _("An open license declaration is live: no exclusive or sole license may be granted.")),  # noqa: E501
    "exclusive_license": Row(REFUSE, CC865, EXCLUSIVE.sentence),
    "sole_license": Row(REFUSE, CC865, SOLE.sentence),
    "ordinary_license": Row(REFUSE, CC865, _("Ordinary licenses are in force and have to end first.")),
    "auction_lot": Row(REFUSE, PLATFORM, _("The patent is in an auction lot.")),
}  # fmt: skip
LOT = Row(REFUSE, PLATFORM, _("The patent is in an auction lot: one lot at a time."))

# What somebody wants to place: what is already there: what the table says. No row: no conflict.
MATRIX: dict[str, dict[str, Row]] = {
    "open_declaration": {
        **_always,
        "exclusive_license": EXCLUSIVE,
        "sole_license": SOLE,
        "open_declaration": Row(REFUSE, PLATFORM, _("There is already a live declaration for this patent.")),
        "auction_lot:assignment": Row(REFUSE, PLATFORM, _("The patent is being sold in an auction lot: the declaration waits until the lot ends.")),  # noqa: E501
        "auction_lot:exclusive_license": Row(REFUSE, PL51, _("An exclusive license is being auctioned: no declaration while the lot or its license lives.")),  # noqa: E501
    },
    "exclusive_license": _exclusive,
    "sole_license": _exclusive,
    "ordinary_license": {
        **_always,
        "pledge": Row(CONSENT, CC444, PLEDGED.sentence),
        "exclusive_license": Row(REFUSE, CC865, EXCLUSIVE.sentence),
        "sole_license": Row(REFUSE, CC865, SOLE.sentence),
    },
    "auction_lot:assignment": {
        **_always,
        "auction_lot": LOT,
        "open_declaration": Row(WARN, TECH24, _("Sold subject to the open license declaration and its licenses.")),
        "exclusive_license": Row(WARN, TECH24, _("Sold subject to the exclusive license.")),
        "sole_license": Row(WARN, TECH24, _("Sold subject to the sole license.")),
        "ordinary_license": Row(WARN, TECH24, _("Sold subject to the licenses in force.")),
    },
    "auction_lot:exclusive_license": {**_exclusive, "auction_lot": LOT},
    "auction_lot:ordinary_license": {
        **_always,
        "auction_lot": LOT,
        "exclusive_license": EXCLUSIVE,
        "sole_license": SOLE,
        "open_declaration": Row(WARN, PL51, _("A posted price exists: the open license declaration.")),
    },
    "auction_lot:application_right": {**_always, "auction_lot": LOT},
    "auction_lot:project": {**_always, "auction_lot": LOT},
}  # fmt: skip


def key_of(kind: str, data: dict | None = None) -> str:
    """The name of a kind in the table: a lot is told apart by what is sold in it."""
    subject = (data or {}).get("subject")
    return f"{kind}:{subject}" if kind == EncumbranceKind.AUCTION_LOT and subject else str(kind)


def row_for(wanted: str, present_kind: str, present_data: dict | None = None) -> Row | None:
    """What the table says about placing `wanted` (a key) beside something that is there; None is no conflict."""
    rows = MATRIX.get(wanted, {})
    return rows.get(key_of(present_kind, present_data)) or rows.get(str(present_kind))
