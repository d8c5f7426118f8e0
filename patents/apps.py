from django.utils.translation import gettext_lazy as _

from foundation.core import wired


class Patents(wired.App):
    name = "patents"
    label = "patents"
    verbose_name = _("Patents")
