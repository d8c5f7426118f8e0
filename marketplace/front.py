"""How the public front words what it shows: rows of the home page and entries of the bulletin."""

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from challenges.presentation import catalogue as challenges
from foundation import audit
from foundation.core.display import moment
from foundation.core.tones import ICONS
from licenses.presentation.declarations import in_parts
from licenses.presentation.sentences import percent, term_sentence
from licenses.presentation.uptake import basis_label
from licenses.pricing import BASE_LABELS, METHOD_LABELS, Method
from marketplace import queries, work
from marketplace.navigation import address

TONES = {
    "published": "success",
    "changed": "info",
    "announced": "success",
    "suspended": "warning",
    "withdrawn": "neutral",
    "challenges": "info",
}
KIND_OF = {name: kind for kind, names in queries.KINDS.items() for name in names}


def often_asked() -> list[str]:
    """Words that people look for first, in the language of the page."""
    return [_("battery"), _("sensor"), _("crop"), _("medicine"), _("robot")]


def foreign(language: str) -> str:
    """The lang attribute of a text that is not in the language of the page; empty where it is."""
    if not language or (get_language() or "zh")[:2] == language[:2]:
        return ""
    return "zh-Hans" if language.startswith("zh") else language


def price_words(terms) -> str:
    """The method in a few words, under the amount."""
    if terms.method == Method.ENTRY_PLUS_ROYALTY:
        words = {"rate": percent(terms.royalty_bp), "base": _(BASE_LABELS[terms.royalty_base]).lower()}
        return _("entry fee, plus %(rate)s of %(base)s") % words
    if terms.method == Method.INSTALMENTS:
        return in_parts(terms)
    return _("nothing to pay") if terms.method == Method.FREE else _(METHOD_LABELS[terms.method])


def declaration_row(declaration) -> dict:
    """One of the latest declarations on the home page."""
    patent, terms = declaration.patent, declaration.current_terms
    return {
        "url": declaration.get_absolute_url(),
        "title": patent.title,
        "title_language": foreign(patent.title_language),
        "number": patent.display_number,
        "holder": declaration.patentee.display_name,
        "amount": terms.fixed_total,
        "free": terms.method == Method.FREE,
        "method": price_words(terms),
        "term": term_sentence(terms),
        "published_at": declaration.published_at,
    }


def kind_labels() -> dict[str, str]:
    """The kinds of announcement in the language of the page."""
    return {
        "published": _("Published"),
        "changed": _("New terms"),
        "announced": _("Announced by CNIPA"),
        "suspended": _("Suspended or resumed"),
        "withdrawn": _("Withdrawn or ended"),
        "challenges": _("Challenges"),
    }


def announcements(events) -> list[dict]:
    """Entries of the bulletin for these events; three queries whatever their number."""
    events = list(events)
    found = {**queries.declarations_of(events), **queries.challenges_of(events)}
    return [announcement(event, found.get(event.subject_number)) for event in events]


def announcement(event, about) -> dict:
    """One entry: what was announced, when, about which patent or challenge."""
    kind = KIND_OF[event.name]
    entry = {"id": event.hash[:20], "at": event.occurred_at, "number": event.subject_number, "sentence": ""}
    entry |= {"kind": kind_labels()[kind], "tone": TONES[kind], "icon": ICONS[TONES[kind]]}
    if event.name != queries.PUBLISHED:
        entry["sentence"] = audit.describe(event)
    basis = legal_basis(event.name)
    if about is None:
        return entry | {"title": "", "url": "", "title_language": "", "detail": basis}
    if kind == "challenges":
        return entry | of_challenge(about)
    declaration, patent = about, about.patent
    return entry | {
        "title": patent.title,
        "title_language": foreign(patent.title_language),
        "url": reverse("licenses:declaration_detail", args=[declaration.number]),
        "detail": " · ".join(filter(None, (patent.display_number, declaration.patentee.display_name, basis))),
    }


def of_challenge(challenge) -> dict:
    """The part of an entry that is about a challenge."""
    return {
        "title": challenge.title,
        "title_language": foreign(challenge.title_language),
        "url": challenge.get_absolute_url(),
        "detail": challenges.one_line(challenge),
    }


def legal_basis(event_name: str) -> str:
    """What an offer rests on by this announcement: terms come into force as an offer of the platform, and CNIPA's
    announcement makes them statutory; empty where no offer is announced."""
    if event_name in (queries.PUBLISHED, queries.NEW_TERMS):
        return basis_label(statutory=False)
    return basis_label(statutory=True) if event_name == queries.ANNOUNCED[0] else ""


def work_summary(items, now) -> str:
    """The moment, how much waits and how much of it is due today, in one line."""
    due = sum(work.span_of(item.due_at, now) == work.TODAY for item in items)
    words = [moment(now), ngettext("%(n)s thing to do", "%(n)s things to do", len(items)) % {"n": len(items)}]
    if due:
        words.append(ngettext("%(n)s due today", "%(n)s due today", due) % {"n": due})
    return " · ".join(words)


def at_a_glance(membership) -> list[dict]:
    """Figures of the member's organization beside its queue; empty for the administration and for nobody."""
    if membership is None or membership.is_administration:
        return []
    counts = queries.organization_figures(membership)
    rows = [
        (_("Patents"), "patents", _("in the portfolio"), "patents:portfolio"),
        (_("Declarations"), "declarations", _("open now"), "licenses:declaration_list"),
        (_("Licenses granted"), "granted", _("in force"), "licenses:license_list"),
        (_("Licenses taken"), "taken", _("in force"), "licenses:license_list"),
    ]
    return [
        {"label": label, "value": counts[key], "unit": unit, "url": address(name), "note": ""}
        for label, key, unit, name in rows
    ]


def recent_events(membership) -> list[dict]:
    """The last things that happened in the member's sight, worded; events without words are left out."""
    if membership is None:
        return []
    return [
        {"at": event.occurred_at, "title": audit.describe(event), "filled": place == 0}
        for place, event in enumerate(queries.recent_events(membership))
    ]
