from django.utils.translation import gettext_lazy as _

from foundation.core import wired


class Auctions(wired.App):
    name = "auctions"
    label = "auctions"
    verbose_name = _("Auctions")
