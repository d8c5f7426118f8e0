from django.utils.translation import gettext_lazy as _

from foundation.core import wired


class Documents(wired.App):
    name = "foundation.documents"
    label = "documents"
    verbose_name = _("Documents")
