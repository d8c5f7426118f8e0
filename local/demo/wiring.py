"""The demo's one job."""

from django.db import transaction

from foundation.core import handlers
from local.demo import plan, province

KIND = "demo.province"


def run(job, progress) -> None:
    """Load what is missing, story by story; each beat of the progress is a moment to cancel."""

    def beat(stories: int) -> None:
        with transaction.atomic():
            progress.step(stories)

    with transaction.atomic():
        progress.restart(plan.STORIES)
    province.load_rest(beat)


handlers.register(f"job.run:{KIND}", run)
