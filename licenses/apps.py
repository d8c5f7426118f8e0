from django.utils.translation import gettext_lazy as _

from foundation.core import wired


class Licenses(wired.App):
    name = "licenses"
    label = "licenses"
    verbose_name = _("Open licenses")
