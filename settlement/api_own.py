"""What the endpoints about money share."""

from accounts.permissions import HasCapability


class Own:
    """What the membership may see of a queryset of `queries`."""

    permission_classes = (HasCapability("see_money"),)
    filter_backends = ()
    lookup_field = "number"
    source = None

    def get_queryset(self):
        hidden = getattr(self, "swagger_fake_view", False)
        return self.source.visible_to(None if hidden else self.request.membership)
