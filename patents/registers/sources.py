"""The sources there are: the imported register, confirmed extracts, and the platform's own encumbrances."""

from datetime import UTC, datetime, time

from django.db.models import Q

from foundation.core.clock import LOCAL, local_date
from patents.models import Patent
from patents.register_facts import NAMES
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


class Imported:
    """What the imported register said, each fact as of its own day; a term that ran out since then has ended."""

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
                extract.value,
                self.name,
                start_of(extract.extract_date.isoformat()),
                known=True,
                detail={"extract": extract.pk},
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
