"""The demo province as an app of the local settings."""

from foundation.core import wired


class Demo(wired.App):
    """Fictional holders, patents and licenses, made by calling the services."""

    name = "local.demo"
    label = "demo"
