"""What can be asked about patents. Views and API reach rows only through `visible_to`."""

from django.db.models import Exists, OuterRef, Prefetch, Q

from accounts import rules as accounts
from foundation.core.clock import database_now, local_date
from patents import rules, search
from patents.models import Encumbrance, IpcSymbol, Ownership, Patent, RegisterExtract

NEWEST = ("-grant_date", "-pk")


def present_owners() -> Prefetch:
    """The owners of today with their organizations, in one query for a whole page."""
    shares = Ownership.objects.filter(until_date__isnull=True).select_related("organization")
    return Prefetch("ownerships", queryset=shares.order_by("position", "pk"))


class Patents:
    """Patents a membership may look at; agrees with the rule `patents.view`."""

    def visible_to(self, membership):
        """Granted patents are public; pending ones are seen by their owners and by the administration."""
        found = Patent.objects.defer("search_vector")
        if rules.sees_all(membership):
            return found
        condition = Q(grant_date__isnull=False)
        if membership is not None and membership.is_active:
            condition |= Q(pk__in=self._owned_ids(membership.organization_id))
        return found.filter(condition)

    def _owned_ids(self, organization_id):
        return Ownership.objects.filter(organization_id=organization_id, until_date__isnull=True).values("patent_id")

    def owned_by(self, organization):
        """The present portfolio of an organization (or its id)."""
        key = getattr(organization, "pk", organization)
        return Patent.objects.defer("search_vector").filter(pk__in=self._owned_ids(key))

    def with_details(self, found):
        """What a list shows, in two queries whatever the number of rows."""
        return found.select_related("city").prefetch_related(present_owners())

    def undeclared(self, organization):
        """What the organization could declare: in force, not under a live declaration, exclusive or sole license."""
        standing = Encumbrance.objects.filter(
            patent=OuterRef("pk"),
            until_at__isnull=True,
            kind__in=["open_declaration", "exclusive_license", "sole_license"],
        )
        return self.owned_by(organization).filter(
            ~Exists(standing), legal_status="granted", expiry_date__gte=local_date(database_now())
        )

    def by_number(self, text):
        """The patent with this number in any notation, or None."""
        asked = search.query(text)
        return Patent.objects.filter(number=asked.number).first() if asked.number else None


class Extracts:
    """Register extracts: of the own organization, or in the officer's scope."""

    def visible_to(self, membership):
        """Those the own organization handed in, and those one may confirm."""
        found = RegisterExtract.objects.select_related("patent", "organization", "document")
        if membership is None or not membership.is_active:
            return found.none()
        if accounts.can(membership, "review_any_city") or accounts.can(membership, "audit_read"):
            return found
        condition = Q(organization_id=membership.organization_id)
        if accounts.can(membership, "review"):
            condition |= Q(organization__city_id=membership.scope_city_id)
        return found.filter(condition)

    def waiting_for(self, membership):
        """Those an officer has to look at, oldest first."""
        if not accounts.can(membership, "review"):
            return RegisterExtract.objects.none()
        waiting = self.visible_to(membership).filter(confirmed_at__isnull=True, refused_at__isnull=True)
        return waiting.exclude(submitted_by_id=membership.user_id).order_by("pk")


patents = Patents()
extracts = Extracts()


def ipc_titles(symbols) -> dict[str, str]:
    """Titles of sections, classes and subclasses in the language of the page."""
    return {symbol.symbol: symbol.title for symbol in IpcSymbol.objects.filter(symbol__in=list(symbols))}
