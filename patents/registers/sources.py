"""The sources there are: the imported register, confirmed extracts, and the platform's own encumbrances."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.db.models import Q

from foundation.core.clock import LOCAL, local_date
from patents import terms
from patents.models import Patent
from patents.register_facts import CONSENTED, NAMES
from patents.registers.facts import Fact

# kind of encumbrance: (fact, value)
ENCUMBRANCES = {
    "pledge": ("pledge", "pledged"),
    "exclusive_license": ("exclusive_license", "exclusive"),
    "sole_license": ("exclusive_license", "sole"),
    "ownership_dispute": ("suspension", "ownership_dispute"),
    "preservation": ("suspension", "preservation"),
    "invalidation_request": ("invalidation", "pending"),
    "secrecy": ("secrecy", "secrecy"),
    "export_control": ("secrecy", "export_control"),
}
ENDED = ("lapsed", "expired", "invalidated", "abandoned")


def start_of(day: str) -> datetime:
    """00:00 in Shanghai of an ISO date, as UTC."""
    return datetime.combine(datetime.fromisoformat(day).date(), time(), LOCAL).astimezone(UTC)


def holds(fact: Fact, patent: Patent, now: datetime) -> bool:
    """Whether good news from a file is still to be relied on.

    A paid annual fee holds to the end of the patent year it was paid for, by default the one that ran when it was
    said (Implementing Regulations 115); everything else for KAIXU_REGISTER_FACT_DAYS days.
    """
    if fact.as_of is None:
        return False
    today, said_on = local_date(now), local_date(fact.as_of)
    if fact.name == "annual_fee":
        paid_through = patent.annual_fee_year or terms.patent_year(patent.filing_date, said_on)
        return terms.fee_status(patent.filing_date, paid_through, today) == terms.FeeStatus.PAID
    return today <= said_on + timedelta(days=settings.KAIXU_REGISTER_FACT_DAYS)


def forgotten(fact: Fact) -> Fact:
    """The same fact as one that nobody knows any more; source and day still tell what was said last."""
    return replace(fact, value=None, known=False)


class Imported:
    """What a file said, each fact as of its own day; a term that ran out since then has ended.

    Good news grows old: then nobody knows any more, and an extract or newer register data are needed. Bad news stays
    until it is corrected, so that no suspension ends only because time went by.
    """

    name = "imported"

    def facts(self, patent: Patent, now: datetime) -> dict[str, Fact]:
        """The facts in `patent.register_facts`, and the owners."""
        found = {}
        for name, said in patent.register_facts.items():
            if name in NAMES and said.get("value") is not None:
                as_of = start_of(said["as_of"]) if said.get("as_of") else None
                found[name] = Fact(name, said["value"], said.get("source", self.name), as_of, known=True)
        if "status" in found and found["status"].value == "granted" and local_date(now) > patent.expiry_date:
            found["status"] = Fact("status", "expired", "term", now, known=True)
        for name, fact in found.items():
            if fact.is_clean and not holds(fact, patent, now):
                found[name] = forgotten(fact)
        found.update(self._owners(patent, found))
        return found

    def _owners(self, patent: Patent, found: dict[str, Fact]) -> dict[str, Fact]:
        owners = [
            {"name": share.display_name, "organization_id": share.organization_id, "share_weight": share.share_weight}
            for share in patent.current_owners()
        ]
        if not owners:
            return {}
        status = found.get("status")
        as_of = status.as_of if status and status.source != "term" else patent.created_at
        return {"owners": Fact("owners", owners, self.name, as_of, known=True)}


class Extracts:
    """What an officer confirmed from an uploaded extract, the newest of each fact, while it is valid."""

    name = "extract"

    def facts(self, patent: Patent, now: datetime) -> dict[str, Fact]:
        """Confirmed extracts that are still valid today in Shanghai. The end of a patent does not grow old."""
        holds = Q(valid_until__gte=local_date(now)) | Q(fact="status", value__in=ENDED)
        confirmed = patent.extracts.filter(holds, confirmed_at__isnull=False)
        return {
            extract.fact: Fact(
                extract.fact,
                "pledged" if extract.value == CONSENTED else extract.value,
                self.name,
                start_of(extract.extract_date.isoformat()),
                known=True,
                detail={"extract": extract.pk, **({"consent": True} if extract.value == CONSENTED else {})},
            )
            for extract in confirmed.order_by("extract_date", "id")
        }


class Platform:
    """What this platform knows to lie on the patent. It can only tell bad news: nothing here proves nothing there."""

    name = "platform"

    def facts(self, patent: Patent, now: datetime) -> dict[str, Fact]:
        """The facts that follow from encumbrances in force."""
        found = {}
        for encumbrance in patent.encumbrances.filter(until_at__isnull=True):
            if encumbrance.kind in ENCUMBRANCES:
                name, value = ENCUMBRANCES[encumbrance.kind]
                detail = {"consent": encumbrance.consent, "encumbrance": encumbrance.pk}
                found[name] = Fact(name, value, self.name, now, known=True, detail=detail)
        return found
