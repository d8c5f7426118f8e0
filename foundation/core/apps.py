from django.utils.translation import gettext_lazy as _

from foundation.core import wired


class Core(wired.App):
    name = "foundation.core"
    label = "core"
    verbose_name = _("Core")
