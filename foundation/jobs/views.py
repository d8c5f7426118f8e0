"""The page of a job: progress, cancel, result."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views import View

from foundation.core.errors import DomainError
from foundation.jobs import queries, services


class JobView(View):
    """A job of one's own organization, or 404."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return super().dispatch(request, *args, **kwargs)

    def found(self, request, pk):
        """The job, if the acting membership may see it."""
        return get_object_or_404(queries.jobs.visible_to(request.membership), pk=pk)


class JobDetail(JobView):
    """Progress; the part that htmx refreshes is the partial `progress`."""

    def get(self, request, pk):
        job = self.found(request, pk)
        message = gettext(job.message).format(**job.facts) if job.message else ""
        part = request.GET.get("part") == "progress"
        template = "jobs/job_detail.html#progress" if part else "jobs/job_detail.html"
        return render(request, template, {"job": job, "message": message})


class CancelJob(JobView):
    """Stop it at the next chunk."""

    def post(self, request, pk):
        job = self.found(request, pk)
        try:
            services.cancel(job=job, actor=request.membership)
        except DomainError as error:
            messages.error(request, error.sentence)
        return redirect("jobs:detail", pk=job.pk)


class JobResult(JobView):
    """The file a job made."""

    def get(self, request, pk):
        job = self.found(request, pk)
        if not job.result:
            raise Http404
        return FileResponse(job.result.open("rb"), as_attachment=True, filename=job.result_name or f"job-{job.pk}")
