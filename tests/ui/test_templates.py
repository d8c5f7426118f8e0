"""What holds for every template of the site: strict content policy, both languages, known components, known icons."""

import re

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR / "templates"
PAGES = sorted(path for path in ROOT.rglob("*.html") if "notices" not in path.parts)
NAMES = [str(path.relative_to(ROOT)) for path in PAGES]
EVERY_PAGE = pytest.mark.parametrize("path", PAGES, ids=NAMES)

COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}|<!--.*?-->", re.DOTALL)
MARKED = re.compile(r"\{% blocktrans(?:late)?\b.*?\{% endblocktrans(?:late)? %\}", re.DOTALL)
CLASSES = re.compile(r"\{% block (?:columns|body_class) %\}[^{]*(?:\{% if [^%]*%\}[^{]*\{% endif %\})?\{% endblock %\}")
NAMED_LANGUAGE = re.compile(r"<(\w+)[^>]*\blang=\"[^\"]+\"[^>]*>[^<]*</\1>")
UNSEEN = re.compile(r"<(script|svg)\b.*?</\1>", re.DOTALL)
SHOWN_ATTRIBUTE = re.compile(r"\b(?:alt|title|placeholder|aria-label)=\"([^\"]*)\"")
CJK = re.compile(r"[\u3400-\u9fff\uff00-\uffef]")
ENGLISH = re.compile(r"[A-Za-z]{3,}")
THINGS = "SHA PDF CSV XLSX EN English Atom kaixu nbsp middot hellip rarr larr amp mdash ndash"


def without_tags(source):
    source = UNSEEN.sub(" ", NAMED_LANGUAGE.sub(" ", CLASSES.sub(" ", MARKED.sub(" ", COMMENT.sub(" ", source)))))
    shown = " ".join(SHOWN_ATTRIBUTE.findall(re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", source, flags=re.DOTALL)))
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", source, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", text) + " " + shown


@EVERY_PAGE
def test_no_inline_script_style_or_handler(path):
    source = COMMENT.sub("", path.read_text())
    scripts = [tag for tag in re.findall(r"<script\b[^>]*>", source) if "src=" not in tag and "application/" not in tag]
    assert scripts == []
    assert re.findall(r"<style\b|\sstyle=|\son[a-z]+=\"|javascript:|hx-on", source) == []


@EVERY_PAGE
def test_every_visible_text_is_marked_for_translation(path):
    text = without_tags(path.read_text())
    assert CJK.findall(text) == []
    assert [word for word in ENGLISH.findall(text) if word not in THINGS.split()] == []


@EVERY_PAGE
def test_nothing_is_loaded_from_elsewhere(path):
    found = re.findall(r"(?:src|href)=\"(?:https?:)?//[^\"]*\"", path.read_text())
    assert found == []


@EVERY_PAGE
def test_every_icon_is_in_the_list(path):
    listed = {line.strip() for line in (settings.BASE_DIR / "static" / "icons.txt").read_text().splitlines()}
    used = set(re.findall(r"\{% icon \"([a-z0-9-]+)\"", path.read_text()))
    assert used - listed == set()


@EVERY_PAGE
def test_every_component_that_is_called_exists(path):
    source = path.read_text()
    called = {f"{name}.html" for name in re.findall(r"\{% component \"([a-z_]+)\"", source)}
    called |= set(re.findall(r"\{% include \"components/([a-z_]+\.html)\"", source))
    assert called - {component.name for component in (ROOT / "components").glob("*.html")} == set()


def test_the_catalogue_names_every_component_that_pages_call():
    inner = {"alternates", "badge_count", "brand", "check", "facet", "field_notes", "footer", "language_switch",
             "organization_switch", "person_menu", "stylesheets", "theme_switch", "topbar", "workbar"}  # fmt: skip
    catalogue = (settings.BASE_DIR / "docs" / "ui.md").read_text()
    described = set(re.findall(r"^\| ([a-z_]+) \|", catalogue, re.MULTILINE)) - {"name"}
    assert described == {path.stem for path in (ROOT / "components").glob("*.html")} - inner


def test_no_style_sheet_or_script_is_long():
    files = [*(settings.BASE_DIR / "static" / "css").glob("*.css"), *(settings.BASE_DIR / "static" / "js").glob("*.js")]
    assert {path.name: lines for path in files if (lines := len(path.read_text().splitlines())) > 250} == {}
