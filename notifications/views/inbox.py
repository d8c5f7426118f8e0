"""Notices on the site, and what one is told."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView, TemplateView, View

from accounts.access import UserRequired
from notifications import catalog, queries, rendering, services
from notifications.models.messages import Channel


class NoticeList(UserRequired, ListView):
    """My notices, newest first."""

    template_name = "notifications/list.html"
    paginate_by = 30

    def get_queryset(self):
        notices = queries.notices
        if self.request.GET.get("unread") == "1":
            return notices.unread(self.request.user)
        return notices.visible_to(self.request.user)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = [
            {
                "notice": notice,
                "title": rendering.title_of(notice.event),
                "why": rendering.filled(notice.why, notice.event),
            }
            for notice in context["page_obj"]
        ]
        return context | {"rows": rows, "unread": queries.unread_count(self.request.user)}


class OpenNotice(UserRequired, View):
    """Follow a notice to what it is about; it counts as read from then on."""

    def get(self, request, pk):
        notice = get_object_or_404(queries.notices.visible_to(request.user), pk=pk)
        services.mark_read(notice=notice)
        return redirect(rendering.address_of(notice.event, request.user) or "notifications:list")


class MarkAllRead(UserRequired, View):
    """Everything is read."""

    http_method_names = ["post"]

    def post(self, request):
        services.mark_all_read(user=request.user)
        return redirect("notifications:list")


class Preferences(UserRequired, TemplateView):
    """Switches by topic and channel."""

    template_name = "notifications/preferences.html"

    def get_context_data(self, **kwargs):
        rows = [
            {
                "topic": topic,
                "label": gettext(label),
                "channels": [
                    {"key": f"{topic}:{channel.value}", "label": channel.label, "on": on[channel]}
                    for channel in Channel
                ],
            }
            for topic, label, on in queries.switches(self.request.user)
        ]
        return super().get_context_data(rows=rows, channels=Channel.choices, **kwargs)

    def post(self, request):
        offered = {(topic, channel) for topic in catalog.topics() for channel in Channel.values}
        sent = {tuple(text.split(":", 1)) for text in request.POST.getlist("on")}
        services.set_preferences(user=request.user, wanted=offered & sent)
        messages.success(request, _("Your choice is saved."))
        return redirect("notifications:preferences")
