"""The filter of one's licenses."""

import django_filters
from django.utils.translation import gettext_lazy as _

from licenses.lifecycle import ACTIVE, LicenseState
from licenses.models import License

SIDES = [("taken", _("Taken")), ("granted", _("Granted"))]
GROUPS = {
    "waiting": (LicenseState.AWAITING_PAYMENT, LicenseState.ON_HOLD),
    "in_force": ACTIVE,
    "ended": (
        LicenseState.LAPSED,
        LicenseState.EXPIRED,
        LicenseState.ENDED_TRIAL,
        LicenseState.ENDED_PATENT,
        LicenseState.TERMINATED,
        LicenseState.TERMINATED_FOR_BREACH,
    ),
}
GROUP_LABELS = [("waiting", _("Awaiting payment")), ("in_force", _("In effect")), ("ended", _("Ended"))]


class LicenseFilter(django_filters.FilterSet):
    """By side (taken, granted) and by group of states; unknown values choose nothing."""

    side = django_filters.ChoiceFilter(choices=SIDES, method="by_side", label=_("Side"))
    group = django_filters.ChoiceFilter(choices=GROUP_LABELS, method="by_group", label=_("State"))

    class Meta:
        model = License
        fields = ["side", "group"]

    def __init__(self, *args, membership=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.membership = membership or self.request.membership  # the API's backend gives the request only

    def by_side(self, queryset, _name, side):
        role = "licensee" if side == "taken" else "licensor"
        return queryset.filter(**{role: self.membership.organization_id})

    def by_group(self, queryset, _name, group):
        return queryset.filter(state__in=GROUPS[group])
