from django.utils.translation import gettext_lazy as _

from foundation.core import wired


class Audit(wired.App):
    name = "foundation.audit"
    label = "audit"
    verbose_name = _("History")
