from django.db import migrations

from foundation.core.dbguards import InstallStateGuard
from licenses.royalty_lifecycle import ROYALTY_PERIOD


class Migration(migrations.Migration):
    dependencies = [("licenses", "0008_basis_at_effect"), ("audit", "0002_guards")]
    operations = [InstallStateGuard("licenses.RoyaltyPeriod", ROYALTY_PERIOD)]
