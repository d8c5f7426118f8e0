"""States follow their tables; bids, refused bids, results and the access log are never changed."""

from django.db import migrations

from auctions.lifecycle import LOT, SEASON, SESSION
from auctions.lifecycle_parties import REGISTRATION, SALE
from foundation.core.dbguards import AppendOnly, InstallStateGuard


class Migration(migrations.Migration):
    dependencies = [("auctions", "0001_initial"), ("audit", "0003_event_by_time")]

    operations = [
        InstallStateGuard("auctions.Season", SEASON),
        InstallStateGuard("auctions.Session", SESSION),
        InstallStateGuard("auctions.Lot", LOT),
        InstallStateGuard("auctions.Registration", REGISTRATION),
        InstallStateGuard("auctions.Sale", SALE),
        AppendOnly("auctions_bid"),
        AppendOnly("auctions_bidattempt"),
        AppendOnly("auctions_result"),
        AppendOnly("auctions_roomaccess"),
    ]
