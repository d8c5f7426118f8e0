"""The catalogue of lots as a kind of saved search, and the panel of a patent's page."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from auctions.lifecycle import ON_PATENT, PUBLIC
from auctions.models import Lot
from auctions.presentation.catalogue import city_names, one_line
from auctions.queries import catalogue, facets
from notifications import searches

KIND = "auctions.lot"
NO_COUNTS: dict[str, dict[str, int]] = {name: {} for name in catalogue.FACETS}


def describe(params: catalogue.Params) -> str:
    """The question in words."""
    chips = facets.chips(params, "", facets.labels(NO_COUNTS, params, city_names()))
    return "，".join(chip["label"] for chip in chips) or gettext("all lots")


def install() -> None:
    """Register the kind."""
    searches.register(
        KIND,
        label=_("Lots"),
        parse=catalogue.from_text,
        queryset=lambda params, membership: catalogue.with_details(catalogue.filtered(catalogue.public(), params)),
        newest=lambda rows, since: rows.filter(session__notice_at__gt=since).order_by("-session__notice_at", "-pk"),
        title=lambda lot: lot.title,
        detail=one_line,
        url=lambda lot: lot.get_absolute_url(),
        list_url=lambda query: f"{reverse('auctions:lot_list')}?{catalogue.from_text(query).query_string}",
        describe=describe,
        published_at=lambda lot: lot.session.notice_at,
    )


def patent_panel(*, patent, membership) -> dict | None:
    """What the page of a patent says about its lot: the public one, or one's own before it is public."""
    lots = Lot.objects.filter(items__patent=patent, is_practice=False).select_related("season", "session", "floor")
    lot = lots.filter(state__in=[state for state in ON_PATENT if state in PUBLIC]).first()
    if lot is None and membership is not None and membership.may("declare"):
        lot = lots.filter(seller=membership.organization_id, state__in=ON_PATENT).first()
    return {"template": "auctions/patent_panel.html", "context": {"lot": lot}} if lot else None
