"""Tags and filters of the pages: money, moments, numbers, icons, states and the ``component`` block."""

import re
from datetime import datetime

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext

from foundation.core import display, icons, tones

register = template.Library()


@register.filter
def may(membership, capability: str) -> bool:
    """Whether whoever looks has the capability: `{% if request.membership|may:"declare" %}`; visitors have none."""
    return bool(membership) and membership.may(capability)


register.filter("money", display.money)
register.filter("money_short", display.money_short)
register.filter("in_capitals", display.in_capitals)
register.filter("patent_no", display.patent_number)
CHINESE = re.compile("[\u3400-\u9fff][\u3000-\u303f\u3400-\u9fff\uff00-\uffef\U00020000-\U0003ffff]*")
CARRIED = ("csrf_token", "request", "user", "perms")


@register.filter
def date_cn(value):
    """The day in Shanghai; a dash where there is none."""
    return display.day(value) if value else "—"


@register.filter
def datetime_cn(value, form=""):
    """A moment in Shanghai with its zone; ``"short"`` leaves the zone out, ``"seconds"`` adds seconds."""
    if not isinstance(value, datetime):
        return date_cn(value)
    return display.moment(value, seconds=form == "seconds", zone=form != "short")


@register.filter
def deadline(value, form=""):
    """The last moment of a deadline with its zone; ``"short"`` leaves the zone out."""
    return display.last_moment(value, zone=form != "short") if value else "—"


@register.filter
def remaining(value):
    """The time left until a deadline in words."""
    return display.remaining(value)[0] if value else ""


@register.filter
def urgency(value):
    """danger, warning or plain: how near a deadline is."""
    return display.remaining(value)[1] if value else "plain"


@register.filter
def iso(value):
    """The machine-readable form for ``<time datetime>``."""
    return value.astimezone(display.LOCAL).isoformat() if isinstance(value, datetime) else value.isoformat()


@register.filter
def bp(value):
    """Basis points as a percentage: 250 becomes 2.5%."""
    whole, rest = divmod(int(value), 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"


@register.filter
def enumerated(parts):
    """Words in a row, with the mark of the reader's language between them."""
    return display.enumerated(parts)


@register.filter
def tone(state):
    """The tone a state is shown with."""
    return tones.tone_of(state)


@register.filter
def translated(text):
    """Texts of pure tables (lifecycle labels, roles) in the language of the page."""
    return gettext(text) if text else ""


@register.filter
def in_own_language(text):
    """Chinese words on an English page carry their language, for fonts and screen readers; mixed text is one piece."""
    if not text or (get_language() or "zh").startswith("zh"):
        return text
    escaped = conditional_escape(text)
    marked = CHINESE.sub(r'<span lang="zh-Hans">\g<0></span>', escaped)
    is_mixed = marked != escaped and not CHINESE.fullmatch(escaped)
    return mark_safe(f"<span>{marked}</span>" if is_mixed else marked)  # noqa: S308 - escaped


@register.simple_tag
def icon(name, size="", label=""):
    """An outline icon, hidden from screen readers unless it has a label. Sizes: sm, lg, xl."""
    hidden = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" '
        'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" focusable="false" {}>{}</svg>',
        f" icon-{size}" if size else "",
        hidden,
        mark_safe(icons.shapes(str(name))),  # noqa: S308 - shapes of our own icon files, nothing a person typed
    )


@register.inclusion_tag("components/state.html")
def state_badge(subject, state="", label=""):
    """The badge of a stateful object, label and tone from its lifecycle; or of a plain state and label."""
    state = state or getattr(subject, "state", subject) or ""
    lifecycle = getattr(subject, "LIFECYCLE", None)
    if not label and lifecycle is not None:
        label = lifecycle.labels.get(state, state)
    tone = tones.OF_LIFECYCLE.get((lifecycle.name, state), "") if lifecycle is not None else ""
    return {"state": state, "label": gettext(str(label or state)), "tone": tone, "icon": ""}


@register.filter
def tone_icon(tone_name):
    """The icon that goes with a tone."""
    return tones.ICONS.get(tone_name, "circle-minus")


@register.simple_block_tag(takes_context=True)
def component(context, content, name, **arguments):
    """Render ``components/<name>.html`` with the enclosed markup as ``body`` and only the given arguments."""
    carried = {key: context[key] for key in CARRIED if key in context}
    chosen = context.template.engine.get_template(f"components/{name}.html")
    body = mark_safe(content.strip())  # noqa: S308 - rendered by this template, escaped there
    return chosen.render(context.new({**carried, **arguments, "body": body}))


@register.filter
def items_of(mapping, key):
    """A value of a mapping by key; empty where it has none."""
    return mapping.get(key, "") if mapping else ""


@register.filter
def nth(sequence, index):
    """The item of a sequence at ``index``."""
    return sequence[index]


@register.filter
def pages_around(paginator, number):
    """Page numbers with gaps: 1 2 3 … 22."""
    return list(paginator.get_elided_page_range(number, on_each_side=1, on_ends=1))


@register.filter
def clock_cn(value):
    """Hours and minutes in Shanghai, for rows whose day stands beside them."""
    return value.astimezone(display.LOCAL).strftime("%H:%M") if value else ""
