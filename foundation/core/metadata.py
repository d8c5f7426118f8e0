"""What OPTIONS answers: name, description and forms, the same to everybody; no look at the object."""

from rest_framework.metadata import BaseMetadata


class Described(BaseMetadata):
    """DRF's own would fetch the object for each method, and tell by its fields who may write."""

    def determine_metadata(self, request, view):
        return {
            "name": view.get_view_name(),
            "description": view.get_view_description(),
            "renders": [renderer.media_type for renderer in view.renderer_classes],
            "parses": [parser.media_type for parser in view.parser_classes],
        }
