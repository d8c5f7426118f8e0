from django.utils.translation import gettext_lazy as _

from foundation.core import wired


class Notifications(wired.App):
    name = "notifications"
    label = "notifications"
    verbose_name = _("Notifications")
