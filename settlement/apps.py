from django.utils.translation import gettext_lazy as _

from foundation.core import wired


class Settlement(wired.App):
    name = "settlement"
    label = "settlement"
    verbose_name = _("Settlement")
