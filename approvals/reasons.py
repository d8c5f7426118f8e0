"""Why a case is returned or rejected: codes that stay comparable over the years (pure)."""

from dataclasses import dataclass

from foundation.core.marks import _


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; ``kinds`` are the prefixes of review kinds it is offered for, ``outcomes`` where it fits."""

    code: str
    label: str
    kinds: tuple[str, ...] = ("licenses.",)
    outcomes: tuple[str, ...] = ("return", "reject")


REASONS = (
    Reason("R01", _("Patent not in force or not granted"), outcomes=("reject",)),
    Reason("R02", _("Patentee does not agree with the register")),
    Reason("R03", _("Fee above the usual ceiling, reasons not sufficient")),
    Reason("R04", _("Payment method or standard not clear")),
    Reason("R05", _("Basis of calculation not clear")),
    Reason("R06", _("Terms of offer and license not clear or not possible")),
    Reason("R07", _("Contains advertising language")),
    Reason("R08", _("Consent of a co-owner or pledgee missing")),
    Reason("R09", _("Exclusive or sole license, suspension or other obstacle (Rule 86)")),
    Reason("R10", _("Evaluation report missing or negative")),
    Reason("R11", _("Proof missing or not legible"), kinds=("licenses.", "accounts.")),
    Reason("R12", _("False or concealed facts (Rule 88)"), kinds=("licenses.", "accounts."), outcomes=("reject",)),
    Reason("R21", _("Name or code does not agree with the public register"), kinds=("accounts.",)),
    Reason("R22", _("Identity document not valid"), kinds=("accounts.",)),
    Reason("R31", _("Amount or account does not agree with the records"), kinds=("settlement.",)),
    Reason("R32", _("No legal ground for the payment"), kinds=("settlement.",)),
    Reason("R41", _("Patents, owner or state do not agree with the register"), kinds=("auctions.",)),
    Reason("R42", _("Start price or valuation not plausible"), kinds=("auctions.",)),
    Reason("R43", _("Defects, burdens or licenses not disclosed"), kinds=("auctions.",)),
    Reason("R44", _("Holders of first rights missing"), kinds=("auctions.",)),
    Reason("R45", _("Materials missing or not legible"), kinds=("auctions.",)),
    Reason("R46", _("Does not fit the season"), kinds=("auctions.",), outcomes=("reject",)),
    Reason("R51", _("The problem is not concrete, or no problem of the firm's own"), kinds=("challenges.",)),
    Reason("R52", _("Indicators cannot be measured, or have no test method"), kinds=("challenges.",)),
    Reason("R53", _("Bounty or payments do not fit the work"), kinds=("challenges.",)),
    Reason("R54", _("Terms about rights or deadline not clear or not possible"), kinds=("challenges.",)),
    Reason("R55", _("Excludes teams without a ground in the matter"), kinds=("challenges.",)),
    Reason("R56", _("Secret facts stand in the public part"), kinds=("challenges.",), outcomes=("return",)),
    Reason("R57", _("Does not fit the list season"), kinds=("challenges.",), outcomes=("reject",)),
    Reason("R99", _("Other reason, stated in the text"), kinds=("",)),
)


def offered(kind: str, outcome: str | None = None) -> list[Reason]:
    """The reasons for a kind of review, in table order."""
    return [
        reason
        for reason in REASONS
        if any(kind.startswith(prefix) for prefix in reason.kinds) and (outcome is None or outcome in reason.outcomes)
    ]


def label_of(code: str) -> str:
    """The label of a code, in English; the code itself where the table does not know it."""
    return next((reason.label for reason in REASONS if reason.code == code), code)
