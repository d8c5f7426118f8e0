"""What the API's list of lots asks beyond the catalogue's own question."""

import django_filters
from django.utils.translation import gettext_lazy as _

from auctions.lifecycle import LotState
from auctions.models import Lot


class LotFilter(django_filters.FilterSet):
    """By number, exact state, and IPC class of a patent of the lot."""

    number = django_filters.CharFilter(field_name="number", lookup_expr="iexact", max_length=40)
    state = django_filters.MultipleChoiceFilter(choices=[(str(one), str(one)) for one in LotState])
    ipc = django_filters.CharFilter(
        method="by_ipc", max_length=4, label=_("The beginning of an IPC class, for example H01M.")
    )

    class Meta:
        model = Lot
        fields = ["number", "state", "ipc"]

    def by_ipc(self, queryset, _name, beginning):
        return queryset.filter(items__patent__main_ipc_subclass__istartswith=beginning).distinct()
