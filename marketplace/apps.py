from django.utils.translation import gettext_lazy as _

from foundation.core import wired


class Marketplace(wired.App):
    name = "marketplace"
    label = "marketplace"
    verbose_name = _("Marketplace")
