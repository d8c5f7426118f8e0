from django.utils.translation import gettext_lazy as _

from foundation.core import wired


class SandboxBank(wired.App):
    name = "sandboxbank"
    label = "sandboxbank"
    verbose_name = _("Sandbox bank")
