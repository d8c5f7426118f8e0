from django.utils.translation import gettext_lazy as _

from foundation.core import wired


class Approvals(wired.App):
    name = "approvals"
    label = "approvals"
    verbose_name = _("Approvals")
