"""The writing of the room for its templates."""

from django import template

from auctions.presentation import writing

register = template.Library()
register.filter("yuan", writing.yuan)
register.filter("yuan_short", writing.short)
register.filter("yuan_typed", writing.typed)
register.filter("clock_seconds", writing.clock)
register.filter("clock_ms", writing.clock_ms)
register.filter("near", writing.near)
