"""What can be asked about jobs and imports."""

from foundation.jobs.models import ImportBatch, Job


class Jobs:
    """Jobs, seen by the organization they were started for and by whoever started them."""

    def visible_to(self, actor):
        """The jobs of the actor's organization."""
        if actor is None:
            return Job.objects.none()
        if actor.organization_id is None:
            return Job.objects.filter(user_id=actor.user_id, organization_id__isnull=True)
        return Job.objects.filter(organization_id=actor.organization_id)


class Imports:
    """Imports of one organization."""

    def visible_to(self, actor):
        """The imports of the actor's organization, newest first."""
        if actor is None or actor.organization_id is None:
            return ImportBatch.objects.none()
        return ImportBatch.objects.filter(organization_id=actor.organization_id).select_related("job").order_by("-pk")


jobs = Jobs()
imports = Imports()
