"""Every link of the documents leads somewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")


def targets(document: Path) -> list[str]:
    """The links of a document that point into the repository."""
    text = re.sub(r"```.*?```|`[^`]*`", "", document.read_text(), flags=re.DOTALL)
    return [link for link in LINK.findall(text) if not link.startswith(("http:", "https:", "mailto:", "#"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_document_leads_to_a_file(document):
    broken = [link for link in targets(document) if not (document.parent / link.split("#")[0]).exists()]
    assert broken == []


def test_every_document_can_be_reached_from_the_first_one():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        document = waiting.pop().resolve()
        if document in reached:
            continue
        reached.add(document)
        if document.is_dir():
            waiting += document.glob("*.md")
        elif document.suffix == ".md":
            waiting += [document.parent / link.split("#")[0] for link in targets(document)]
    assert [str(path.relative_to(ROOT)) for path in DOCUMENTS if path.resolve() not in reached] == []
