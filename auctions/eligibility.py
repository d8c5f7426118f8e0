"""Whether a lot may be sold: the checks of `checks_table`, each with its answer, source and date.

Unknown is never a pass: it does not stop the proposal, but it stops the selection.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from auctions.checks_table import TABLE
from auctions.models import Lot, LotDocument, Subject
from foundation.core.clock import local_date
from foundation.core.errors import Shown
from foundation.core.marks import _
from foundation.core.refs import Ref
from patents import encumbrances, registers
from patents.register_facts import source_label

PASS, FAIL, WARN, UNKNOWN = "pass", "fail", "warn", "unknown"
WORST = (FAIL, UNKNOWN, WARN, PASS)
STATE_KINDS = ("university", "institute")
VALUED_SHARE = 70  # percent of the valuation a start price reaches, judicial rules Art. 10
PERCENT = 100


@dataclass(frozen=True)
class Check:
    """One answer for the list of checks, in the language of now."""

    code: str
    outcome: str
    said: str = ""
    values: dict = field(default_factory=dict)
    source_name: str = ""
    as_of: datetime | None = None

    @property
    def title(self) -> str:
        return gettext(TABLE[self.code].title)

    @property
    def rule(self) -> str:
        return gettext(TABLE[self.code].rule)

    @property
    def section(self) -> str:
        """The part of the proposal where it is put right."""
        return TABLE[self.code].section

    @property
    def remedy(self) -> str:
        """What to do; empty where nothing has to be done."""
        return "" if self.outcome == PASS else gettext(TABLE[self.code].remedy)

    @property
    def reason(self) -> str:
        """Why, in the language of now."""
        shown = {
            key: gettext(value) if isinstance(value, str) and value else value for key, value in self.values.items()
        }
        return gettext(self.said).format_map(Shown(shown)) if self.said else ""

    @property
    def source(self) -> str:
        """Where the answer came from."""
        return source_label(self.source_name) if self.source_name else gettext("Records of this platform")

    @property
    def blocks(self) -> bool:
        """Whether the lot cannot be selected with this answer."""
        return TABLE[self.code].blocks and self.outcome in (FAIL, UNKNOWN)


def is_state_seller(organization) -> bool:
    """Universities, institutes and state-owned firms sell state assets: valued first, with public notice after."""
    return organization.kind in STATE_KINDS or organization.is_state_owned


def check(lot: Lot, *, now: datetime) -> list[Check]:
    """Every check of a lot at a moment; a check on several patents gives its worst answer."""
    patents = [item.patent for item in lot.items.all()]
    found: list[Check] = []
    for patent in patents:
        found += _of_patent(lot, patent, registers.facts_for(patent, now), local_date(now))
    found += [_consents(lot, patents), _valuation(lot), _holders(lot, patents)]
    worst: dict[str, Check] = {}
    for one in found:
        known = worst.get(one.code)
        if known is None or WORST.index(one.outcome) < WORST.index(known.outcome):
            worst[one.code] = one
    return [worst[code] for code in TABLE if code in worst]


def counts(results: list[Check]) -> dict[str, int]:
    """How many of each outcome."""
    return {name: sum(1 for one in results if one.outcome == name) for name in WORST}


def _of_patent(lot: Lot, patent, facts: dict, today: date) -> list[Check]:
    named = {"patent": patent.display_number}
    return [
        _in_force(lot, patent, facts["status"], today),
        _fee(lot, facts["annual_fee"], named),
        _owned(lot, patent, named),
        _free(lot, patent, named),
        _fact("A06", facts["suspension"], FAIL, _("{patent}: {value}."), named),
        _pledge(facts["pledge"], named),
        _exclusive(lot, facts["exclusive_license"], named),
        _fact("A09", facts["invalidation"], WARN, _("{patent}: an invalidation request is pending."), named),
        _secrecy(facts["secrecy"], named),
    ]


def _answer(code: str, fact, outcome: str, said: str, values: dict) -> Check:
    if not fact.known:
        return Check(
            code, UNKNOWN, _("No source has answered. Unknown is not a pass."), values, fact.source, fact.as_of
        )
    return Check(code, outcome, said, {**values, "value": fact.value_label}, fact.source, fact.as_of)


def _fact(code: str, fact, bad: str, said: str, values: dict) -> Check:
    clean = fact.known and fact.value == "none"
    return _answer(code, fact, PASS if clean else bad, _("None is known.") if clean else said, values)


def _in_force(lot: Lot, patent, fact, today: date) -> Check:
    named = {"patent": patent.display_number, "day": patent.expiry_date.isoformat()}
    wanted = ("pending", "granted") if lot.subject == Subject.APPLICATION_RIGHT else ("granted",)
    if fact.known and fact.value in wanted and today <= patent.expiry_date:
        return _answer("A01", fact, PASS, _("In force until {day}."), named)
    if fact.known and today > patent.expiry_date:
        return _answer("A01", fact, FAIL, _("{patent} expired on {day}."), named)
    return _answer("A01", fact, FAIL, _("{patent}: {value}."), named)


def _fee(lot: Lot, fact, named: dict) -> Check:
    if lot.subject == Subject.APPLICATION_RIGHT or (fact.known and fact.value == "paid"):
        return Check("A02", PASS, _("The annual fee is paid."), {}, fact.source, fact.as_of)
    return _answer("A02", fact, WARN, _("{patent}, annual fee: {value}."), named)


def _owned(lot: Lot, patent, named: dict) -> Check:
    if lot.seller_id in patent.owner_ids():
        return Check("A03", PASS, _("The register names the seller."), {})
    return Check("A03", FAIL, _("The register does not name the seller for {patent}."), named)


def _free(lot: Lot, patent, named: dict) -> Check:
    data = {"subject": lot.subject}
    for conflict in encumbrances.conflicts(patent, "auction_lot", basis=Ref.of(lot), data=data):
        said = {**named, "sentence": conflict.row.sentence}
        return Check("A05", FAIL if conflict.blocking else WARN, _("{patent}: {sentence}"), said)
    return Check("A05", PASS, _("None is known."), {})


def _pledge(fact, named: dict) -> Check:
    if fact.known and fact.value == "pledged" and (fact.detail or {}).get("consent"):
        return _answer("A07", fact, PASS, _("Pledged; the pledgee consents."), named)
    return _fact("A07", fact, FAIL, _("{patent} is pledged, and no consent of the pledgee is on file."), named)


def _exclusive(lot: Lot, fact, named: dict) -> Check:
    sold_with_it = lot.subject in (Subject.ASSIGNMENT, Subject.APPLICATION_RIGHT, Subject.PROJECT)
    return _fact("A08", fact, WARN if sold_with_it else FAIL, _("{patent}, in force: {value}."), named)


def _secrecy(fact, named: dict) -> Check:
    bad = FAIL if fact.known and fact.value == "secrecy" else WARN
    return _fact("A10", fact, bad, _("{patent}: {value}."), named)


def _has_document(lot: Lot, kind: str) -> bool:
    return any(document.kind == kind for document in lot.documents.all())


def _consents(lot: Lot, patents: list) -> Check:
    """Patent Law 14: all co-owners agree to an assignment, an exclusive license and the sale of an application."""
    others = sorted({share.display_name for one in patents for share in one.current_owners()
                     if share.organization_id != lot.seller_id})  # fmt: skip
    if not others or lot.subject == Subject.ORDINARY_LICENSE:
        return Check("A04", PASS, _("No consent is needed."), {})
    if _has_document(lot, LotDocument.Kind.PRIORITY):
        return Check("A04", PASS, _("A consent is in the data room."), {})
    return Check("A04", FAIL, _("Co-owners: {names}."), {"names": "、".join(others)})


def _valuation(lot: Lot) -> Check:
    """State assets are valued first; a start price under 70 % of the valuation is shown to the officer."""
    if lot.valuation_fen is None:
        if is_state_seller(lot.seller):
            return Check("A11", FAIL, _("A state seller needs a valuation."), {})
        return Check("A11", PASS, _("Not a state institution."), {})
    if is_state_seller(lot.seller) and not _has_document(lot, LotDocument.Kind.VALUATION):
        return Check("A11", FAIL, _("The valuation report is not in the data room."), {})
    if lot.start_fen * PERCENT < lot.valuation_fen * VALUED_SHARE:
        return Check("A11", WARN, _("The start price is less than 70 % of the valuation."), {})
    return Check("A11", PASS, _("Valued, report on file."), {})


def missing_holders(lot: Lot, patents: list) -> list[str]:
    """The inventors (Civil Code 847) and co-owners (860) of an assignment who are not named as holders yet."""
    if lot.subject not in (Subject.ASSIGNMENT, Subject.APPLICATION_RIGHT):
        return []
    named = {holder.name for holder in lot.priority_holders.all()}
    wanted: dict[str, Any] = {}
    for patent in patents:
        service_invention = lot.seller.kind != "person"
        wanted |= dict.fromkeys(str(name) for name in patent.inventors if service_invention)
        wanted |= {share.display_name: None for share in patent.current_owners()
                   if share.organization_id != lot.seller_id}  # fmt: skip
    return [name for name in wanted if name and name not in named]


def _holders(lot: Lot, patents: list) -> Check:
    names = missing_holders(lot, patents)
    if names:
        return Check("A12", FAIL, _("Not named yet: {names}."), {"names": "、".join(names)})
    return Check("A12", PASS, _("Everybody known is named."), {})
