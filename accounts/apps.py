from django.utils.translation import gettext_lazy as _

from foundation.core import wired


class Accounts(wired.App):
    name = "accounts"
    verbose_name = _("Accounts")
