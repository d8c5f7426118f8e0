"""Autosave against the button, against other sections and against other tabs: nobody meets a version of their own."""

from datetime import timedelta

import pytest

from foundation.core import clock
from foundation.core.clock import database_now
from foundation.jobs.drafts import DraftStale
from licenses.services import declarations as services
from licenses.services.drafting import draft_of
from tests.factories import accounts
from tests.factories import licenses as make

pytestmark = pytest.mark.django_db
SUMMARY = {"summary_zh_hans": "薄膜可直接用于软包电芯。", "summary_en": "", "readiness_level": None}


@pytest.fixture
def keeper():
    return accounts.patentee()


@pytest.fixture
def draft(keeper):
    return make.drafted_declaration(actor=keeper)


def autosave(draft, keeper, text, **more):
    return services.autosave(
        declaration=draft, section="summary", typed={"summary_zh_hans": text}, actor=keeper, **more
    )


def save(draft, keeper, text, section="summary", **more):
    values = {**SUMMARY, "summary_zh_hans": text}
    return services.save_section(declaration=draft, section=section, values=values, actor=keeper, **more)


def text_of(draft):
    return draft_of(draft).data["sections"]["summary"]["summary_zh_hans"]


def test_button_of_a_page_goes_over_the_autosave_of_the_same_page(draft, keeper):
    version = draft_of(draft).version
    autosave(draft, keeper, "薄膜可", version=version, page="one")
    save(draft, keeper, "薄膜可用。", version=version, page="one")  # the autosave's answer had not arrived
    assert text_of(draft) == "薄膜可用。"
    assert "summary" not in draft_of(draft).data["typed"]


def test_autosave_that_comes_after_the_button_of_its_page_is_dropped(draft, keeper):
    version = draft_of(draft).version
    kept = save(draft, keeper, "薄膜可用。", version=version, page="one")
    late = autosave(draft, keeper, "薄膜", version=version, page="one")
    assert (late.version, late.data["typed"]) == (kept.version, {})


def test_going_back_and_typing_on_is_kept(draft, keeper):
    version = draft_of(draft).version
    save(draft, keeper, "薄膜可用。", version=version, page="one")
    with clock.at(database_now() + timedelta(minutes=1)):
        autosave(draft, keeper, "薄膜可用于电芯。", version=version, page="one")
        save(draft, keeper, "薄膜可用于电芯。", version=version, page="one")
    assert text_of(draft) == "薄膜可用于电芯。"


@pytest.mark.parametrize("act", [autosave, save])
def test_other_tab_with_the_same_section_meets_two_versions(draft, keeper, act):
    version = draft_of(draft).version
    save(draft, keeper, "第一个窗口。", version=version, page="one")
    with pytest.raises(DraftStale):
        act(draft, keeper, "第二个窗口。", version=version, page="two")
    assert text_of(draft) == "第一个窗口。"


def test_other_tab_with_another_section_is_no_conflict(draft, keeper):
    version = draft_of(draft).version
    save(draft, keeper, "第一个窗口。", version=version, page="one")
    services.save_section(
        declaration=draft, section="contact", values=make.CONTACT, version=version, actor=keeper, page="two"
    )
    assert text_of(draft) == "第一个窗口。"


def test_version_that_does_not_exist_yet_is_refused(draft, keeper):
    with pytest.raises(DraftStale):
        save(draft, keeper, "x", version=draft_of(draft).version + 1, page="one")
