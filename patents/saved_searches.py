"""The register as a kind of saved search, and what an organization's page says about its patents."""

from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from notifications import searches
from patents import listing, presentation, queries
from patents.models import Ownership

KIND = "patents.patent"


def parse(query: str) -> listing.Params:
    """The question in a query string."""
    return listing.parse(QueryDict(query))


def found(params: listing.Params, membership):
    """What the register shows for a question, within what this member may see."""
    visible = queries.patents.visible_to(membership)
    return queries.patents.with_details(listing.filtered(visible, params))


def newest(rows, since):
    """What came into the register after a moment, newest first."""
    return rows.filter(created_at__gt=since).order_by("-created_at", "-pk")


def describe(params: listing.Params) -> str:
    """The question in words."""
    return "，".join(chip["label"] for chip in presentation.chips(params, "")) or gettext("all patents")


def one_line(patent) -> str:
    """Number and holders, for the digest."""
    return f"{patent.display_number} · {patent.holder_names}"


def organization_facts(*, organization, membership) -> list[dict]:
    """How many patents the organization holds of those this visitor may see, with the way to them."""
    own = Ownership.objects.filter(organization=organization, until_date__isnull=True).values("patent_id")
    count = queries.patents.visible_to(membership).filter(pk__in=own).count()
    if not count:
        return []
    is_own = membership is not None and membership.organization_id == organization.pk
    there = f"{reverse('patents:list')}?{urlencode({'holder': organization.name})}"
    return [
        {
            "label": gettext("Patents"),
            "value": count,
            "unit": gettext("in the register"),
            "url": reverse("patents:portfolio") if is_own else there,
        }
    ]


def install() -> None:
    """Register the kind."""
    searches.register(
        KIND,
        label=_("Patents"),
        parse=parse,
        queryset=found,
        newest=newest,
        title=lambda patent: patent.title,
        detail=one_line,
        url=lambda patent: patent.get_absolute_url(),
        list_url=lambda query: f"{reverse('patents:list')}?{parse(query).query_string}",
        describe=describe,
        published_at=lambda patent: patent.created_at,
    )
