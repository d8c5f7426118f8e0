from django.utils.translation import gettext_lazy as _

from foundation.core import wired


class Challenges(wired.App):
    name = "challenges"
    label = "challenges"
    verbose_name = _("Challenges")
