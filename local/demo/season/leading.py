"""A season of the demo goes through its stages, led by the officer."""

from datetime import datetime

from auctions.models import Season
from auctions.services import seasons
from foundation.core import clock
from local.demo.season import people


def lead(season: Season, move: str, moment: datetime) -> Season:
    """An officer takes the season one stage on; a stage it has behind it is left alone."""
    season.refresh_from_db()
    if move not in {one.name for one in season.LIFECYCLE.moves_from(season.state)}:
        return season
    with clock.at(moment):
        return seasons.lead(season=season, move=move, actor=people.officer())
