from django.utils.translation import gettext_lazy as _

from foundation.core import wired


class Jobs(wired.App):
    name = "foundation.jobs"
    label = "jobs"
    verbose_name = _("Background jobs")
