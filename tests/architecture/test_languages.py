"""Pages speak one language: no English words on Chinese pages, no Chinese characters on English ones.

What an element says about its language (`lang`) holds for its contents; what the test itself made up is left out.
"""

import re

import pytest
from django.urls import reverse
from lxml import html

from tests.factories.accounts import UniversityFactory, UserFactory, finance, licensee, member, officer
from tests.factories.licenses import published_declaration, submitted_declaration
from tests.factories.patents import make_patent
from tests.factories.uptakes import notice

pytestmark = pytest.mark.django_db
SHOWN = ("aria-label", "alt", "placeholder", "title", "data-label")
SKIPPED = {"script", "style", "svg", "code", "template"}
CHINESE = re.compile(r"[\u4e00-\u9fff][\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]*")
ENGLISH = re.compile(r"\b[A-Za-z]*[a-z]{2,}[A-Za-z]*\b(?:[ ’'-][A-Za-z]+)*")
NO_WORDS = re.compile(r"\S+@\S+|https?://\S+|[\w.-]+/[\w./?=&-]+|\b[0-9a-f]{6,}…?\b|\b[A-Z]{1,4}-[A-Z0-9-]+\b")
# what is written in Latin letters in Chinese, too
LATIN = {"Atom", "Cookie", "JavaScript", "Kaixu", "Redis", "English", "OpenAPI", "Excel"}
# titles are kept as they were when a case or a payment was opened
TITLES = re.compile(r"测试装置及其控制方法|Test device and control method")
REGISTERED = "江南测试大学"  # the register prints the registered name
INTENDED_USE = "用于储能电芯正极材料的包覆生产。"
VISITOR = ["home", "bulletin", "about", "accessibility", "rules", "guide_licensee", "guide_patentee"]


def texts(page: bytes):
    """(language, text) of everything a reader of the page sees or hears."""
    root = html.fromstring(page.decode())

    def walk(element, language):
        if not isinstance(element.tag, str) or element.tag in SKIPPED:
            return
        language = element.get("lang") or language
        yield from ((language, element.get(name)) for name in SHOWN if element.get(name))
        yield language, element.text or ""
        for child in element:
            yield from walk(child, language)
            yield language, child.tail or ""

    yield from walk(root, "")


def foreign_words(page: bytes, language: str) -> set[str]:
    """What stands on the page in the other language without saying so."""
    found = set()
    for stated, said in texts(page):
        text = TITLES.sub(" ", said)
        if stated.startswith("zh") and language == "zh-hans":
            words = ENGLISH.findall(NO_WORDS.sub(" ", text))
            found |= {word for word in words if not set(re.split(r"[ -]", word)) <= LATIN}
        elif stated.startswith("en") and language == "en":
            found |= set(CHINESE.findall(text))
        elif not stated:
            found |= {text.strip()} if text.strip() else set()
    return found


@pytest.fixture
def province():
    """A university with a published offer and one under review, a firm with a notice, an officer, the finance desk."""
    keeper = member(
        "ip_manager",
        organization=UniversityFactory(name=REGISTERED, name_en="Jiangnan Test University"),
        user=UserFactory(name="张三"),
    )
    open_offer = published_declaration(patent=make_patent(keeper.organization), actor=keeper)
    waiting = submitted_declaration(patent=make_patent(keeper.organization), actor=keeper)
    firm = licensee(user=UserFactory(name="李四"))
    return {
        "keeper": keeper,
        "offer": open_offer,
        "waiting": waiting,
        "firm": firm,
        "license": notice(open_offer, firm),
    }


def pages_of(province, who: str) -> list[str]:
    """The addresses that this person opens."""
    offer, waiting, license = province["offer"], province["waiting"], province["license"]
    public = [
        *(reverse(f"marketplace:{name}") for name in VISITOR),
        reverse("licenses:catalogue"),
        offer.get_absolute_url(),
        reverse("patents:list"),
        offer.patent.get_absolute_url(),
        reverse("patents:check_numbers"),
        reverse("accounts:organization_list"),
        province["keeper"].organization.get_absolute_url(),
        reverse("account_login"),
        reverse("account_signup"),
    ]
    common = [
        reverse("marketplace:my_work"),
        reverse("accounts:settings"),
        reverse("accounts:register"),
        reverse("notifications:list"),
    ]
    common += [reverse("notifications:preferences"), reverse("notifications:searches"), reverse("usersessions_list")]
    return {
        "visitor": public,
        "keeper": [
            *common,
            reverse("patents:portfolio"),
            reverse("patents:import_list"),
            reverse("licenses:declaration_list"),
            reverse("licenses:declaration_new"),
            reverse("licenses:declaration_task_list", args=[waiting.pk]),
            reverse("licenses:license_list"),
            reverse("accounts:members"),
            reverse("settlement:overview"),
        ],
        "firm": [
            *common,
            reverse("licenses:license_list"),
            reverse("licenses:license_detail", args=[license.number]),
            reverse("settlement:overview"),
            reverse("settlement:obligation_detail", args=[license.obligation.number]),
        ],
        "officer": [*common, reverse("approvals:desk")],
        "finance": [*common, reverse("settlement:desk")],
    }[who]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("who", ["visitor", "keeper", "firm", "officer", "finance"])
def test_a_page_speaks_one_language(client, province, who, language):
    people = {"keeper": province["keeper"], "firm": province["firm"], "officer": None, "finance": None}
    if who != "visitor":
        person = people[who] or {"officer": officer, "finance": finance}[who](user=UserFactory(name="王五"))
        person.user.language = language
        person.user.save()
        client.force_login(person.user)
    client.cookies["django_language"] = language
    # people have one name, and its first sign is their picture; languages are named in themselves
    data = {"张三", "李四", "王五", "张", "李", "王", "简体中文", INTENDED_USE, REGISTERED}
    mixed = {}
    for address in pages_of(province, who):
        answer = client.get(address)
        assert answer.status_code == 200, address
        if words := foreign_words(answer.content, language) - data:
            mixed[address] = sorted(words)
    assert not mixed, "\n".join(f"{address}: {words}" for address, words in mixed.items())
