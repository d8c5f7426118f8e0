"""What the page of an organization says about its part in the market of open licenses."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from licenses.models import License
from licenses.queries import declarations


def organization_facts(*, organization, membership) -> list[dict]:
    """Open declarations and licenses that took effect: public figures, each with the way to them."""
    offers = declarations.open_offers().filter(patentee=organization).count()
    granted = License.objects.filter(licensor=organization, effective_at__isnull=False).count()
    taken = License.objects.filter(licensee=organization, effective_at__isnull=False).count()
    is_own = membership is not None and membership.organization_id == organization.pk
    catalogue = f"{reverse('licenses:catalogue')}?{urlencode({'holder': organization.name})}"
    licenses = reverse("licenses:license_list") if is_own else ""
    figures = [
        (gettext("Open licenses"), offers, gettext("open now"), catalogue),
        (gettext("Licenses granted"), granted, gettext("took effect"), f"{licenses}?side=granted" if licenses else ""),
    ]
    if is_own:  # what a firm uses is its own business
        figures.append((gettext("Licenses taken"), taken, gettext("took effect"), f"{licenses}?side=taken"))
    return [{"label": label, "value": value, "unit": unit, "url": url} for label, value, unit, url in figures if value]
