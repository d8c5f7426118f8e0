"""Organizations follow the lifecycle of their verification, whoever writes."""

from django.db import migrations

from accounts.lifecycle import VERIFICATION
from foundation.core.dbguards import InstallStateGuard


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("core", "__first__")]

    operations = [InstallStateGuard("accounts.Organization", VERIFICATION)]
