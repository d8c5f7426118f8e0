"""A declaration from the typed number to the open offer, through the services."""

import pytest

from accounts.models import Membership
from approvals import services as approvals
from approvals.services.deciding import ChecksOpen
from foundation import audit
from foundation.core.errors import InvalidMany, NotAllowed, NotPossibleNow
from foundation.core.numbering import is_valid
from foundation.jobs.drafts import DraftStale
from licenses.models import Declaration, TermsVersion
from licenses.services import declarations as services
from licenses.services.drafting import (
    AlreadyLive,
    CheckDigitWrong,
    NotPatentee,
    NumberUnreadable,
    PatentUnknown,
    draft_of,
)
from licenses.services.submitting import NotEligible, SectionsMissing
from patents import registers
from patents.models import Encumbrance
from tests.factories import accounts
from tests.factories import licenses as make
from tests.factories.patents import CLEAN_FACTS, make_number, make_patent

pytestmark = pytest.mark.django_db


@pytest.fixture
def patentee() -> Membership:
    return accounts.patentee()


@pytest.fixture
def officer() -> Membership:
    return accounts.officer()


def test_whole_way_to_publication_gives_number_terms_encumbrance_and_public_event(patentee, officer):
    declaration = make.published_declaration(actor=patentee, officer=officer)
    assert declaration.state == "published"
    assert is_valid(declaration.number) and declaration.number.startswith("JSOL-")
    terms = declaration.current_terms
    assert (terms.state, terms.version, terms.lump_sum_fen, terms.is_statutory) == ("in_force", 1, 3_000_000, False)
    assert declaration.annual_price_fen == 1_000_000
    lying = Encumbrance.objects.get(patent=declaration.patent, until_at=None)
    assert (lying.kind, lying.basis_id) == ("open_declaration", declaration.pk)
    public = [event.name for event in audit.timeline(declaration)]
    assert public == ["licenses.declaration.published"]
    assert "published" in audit.describe(audit.timeline(declaration).first(), "en")


@pytest.mark.parametrize("method", ["free", "lump_sum", "entry_plus_royalty"])
def test_each_offered_method_is_published(method, patentee):
    declaration = make.published_declaration(actor=patentee, method=method)
    assert declaration.price_method == method
    due = {"free": 0, "lump_sum": 3_000_000, "entry_plus_royalty": 5_000_000}[method]
    assert declaration.current_terms.fee_on_notice.fen == due


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", NumberUnreadable),
        ("石墨烯", NumberUnreadable),
        ("202110123456.1", CheckDigitWrong),
        ("CN202110123456A", NumberUnreadable),
        ("ZL 2021 1 0123456.7", PatentUnknown),
    ],
)
def test_number_that_leads_nowhere_is_refused_with_its_reason(typed, error, patentee):
    with pytest.raises(error):
        services.start_draft(number=typed, actor=patentee)
    assert Declaration.objects.count() == 0


def test_number_is_read_in_any_notation(patentee):
    patent = make_patent(patentee.organization, number="202110123456.7")
    for typed in ("ZL 2021 1 0123456.7", "ｚｌ２０２１１０１２３４５６．７", "2021101234567"):
        assert services.start_draft(number=typed, actor=patentee).patent == patent
    assert Declaration.objects.count() == 1


def test_somebody_elses_patent_is_refused(patentee):
    patent = make_patent(accounts.UniversityFactory())
    with pytest.raises(NotPatentee):
        services.start_draft(number=patent.number, actor=patentee)


def test_licensing_user_may_not_declare():
    actor = accounts.licensee()
    patent = make_patent(actor.organization)
    with pytest.raises(NotAllowed):
        services.start_draft(number=patent.number, actor=actor)


def test_colleague_sees_and_continues_the_same_draft(patentee):
    colleague = accounts.member("owner", organization=patentee.organization)
    declaration = make.drafted_declaration(actor=patentee)
    same = services.start_draft(number=declaration.patent.number, actor=colleague)
    assert same == declaration
    draft = draft_of(declaration)
    saved = services.save_section(
        declaration=declaration, section="price", values=make.price("free"), version=draft.version, actor=colleague
    )
    assert saved.saved_by == colleague.user_id


def test_stale_save_is_refused_and_shows_the_stored_version(patentee):
    declaration = make.drafted_declaration(actor=patentee)
    draft = draft_of(declaration)
    services.save_section(
        declaration=declaration, section="price", values=make.price("free"), version=draft.version, actor=patentee
    )
    with pytest.raises(DraftStale) as refusal:
        services.save_section(
            declaration=declaration, section="price", values=make.price(), version=draft.version, actor=patentee
        )
    assert refusal.value.draft.data["sections"]["price"]["method"] == "free"


def test_autosave_keeps_what_was_typed_even_if_it_is_wrong_and_writes_no_history(patentee):
    declaration = make.drafted_declaration(actor=patentee)
    before = audit.timeline(declaration, viewer=accounts.officer()).count()
    draft = draft_of(declaration)
    services.autosave(
        declaration=declaration, section="price", typed={"royalty": "两万"}, version=draft.version, actor=patentee
    )
    assert draft_of(declaration).data["typed"]["price"] == {"royalty": "两万"}
    assert audit.timeline(declaration, viewer=accounts.officer()).count() == before


@pytest.mark.parametrize(
    ("section", "values", "field"),
    [
        ("price", {"method": "royalty"}, "method"),
        ("price", {"method": "lump_sum", "explanation": "x"}, "lump_sum"),
        ("price", {"method": "lump_sum", "lump_sum_fen": 100, "explanation": ""}, "explanation"),
        ("term", {"offer_until": "2020-01-01", "term_kind": "years", "term_years": 3}, "offer_until"),
        ("term", {"offer_until": "9999-12-31", "term_kind": "years", "term_years": 3}, "offer_until"),
        ("term", {"offer_until": "2027-12-31", "term_kind": "years", "term_years": 0}, "term_years"),
        ("term", {"offer_until": "2027-12-31", "term_kind": "years", "term_years": 20}, "term_years"),
        ("contact", {**make.CONTACT, "contact_is_public": False}, "contact_is_public"),
        ("promises", {**make.PROMISES, "fees_paid": False}, "fees_paid"),
        ("promises", {name: True for name in make.PROMISES if name != "internal_decision"}, "internal_decision"),
    ],
)
def test_wrong_section_is_refused_at_its_field_and_not_stored(section, values, field, patentee):
    declaration = make.drafted_declaration(actor=patentee)
    draft = draft_of(declaration)
    before = draft.data["sections"][section]
    with pytest.raises(InvalidMany) as refusal:
        services.save_section(
            declaration=declaration, section=section, values=values, version=draft.version, actor=patentee
        )
    assert list(refusal.value.errors) == [field]
    assert draft_of(declaration).data["sections"][section] == before


def test_royalty_above_the_ceiling_needs_reasons_and_then_only_warns(patentee):
    declaration = make.drafted_declaration(actor=patentee)
    high = make.price("entry_plus_royalty", royalty_bp=2_500)
    with pytest.raises(InvalidMany) as refusal:
        services.save_section(
            declaration=declaration, section="price", values=high, version=draft_of(declaration).version, actor=patentee
        )
    assert list(refusal.value.errors) == ["royalty_rate"]
    reasoned = {**high, "ceiling_reason": "该技术为独立许可，参照同类合同。"}
    services.save_section(
        declaration=declaration, section="price", values=reasoned, version=draft_of(declaration).version, actor=patentee
    )
    submitted = services.submit(declaration=declaration, actor=patentee)
    outcome = {row["code"]: row["outcome"] for row in submitted.eligibility}
    assert outcome["E08"] == "warn"


def test_incomplete_draft_names_the_parts_that_are_missing(patentee):
    patent = make_patent(patentee.organization)
    declaration = services.start_draft(number=patent.number, actor=patentee)
    with pytest.raises(SectionsMissing):
        services.submit(declaration=declaration, actor=patentee)
    assert Declaration.objects.get().number is None


def test_second_declaration_for_a_live_patent_is_refused(patentee):
    declaration = make.submitted_declaration(actor=patentee)
    with pytest.raises(AlreadyLive) as refusal:
        services.start_draft(number=declaration.patent.number, actor=patentee)
    assert refusal.value.extra["number"] == declaration.number


@pytest.mark.parametrize(
    ("fact", "value", "code"),
    [
        ("status", "lapsed", "E01"),
        ("annual_fee", "grace", "E02"),
        ("annual_fee", "unpaid", "E02"),
        ("exclusive_license", "exclusive", "E03"),
        ("exclusive_license", "sole", "E03"),
        ("suspension", "preservation", "E04"),
        ("pledge", "pledged", "E05"),
        ("secrecy", "secrecy", "E12"),
    ],
)
def test_fact_that_excludes_an_open_license_stops_the_submission(fact, value, code, patentee):
    declaration = make.drafted_declaration(actor=patentee)
    with registers.override({fact: value}), pytest.raises(NotEligible) as refusal:
        services.submit(declaration=declaration, actor=patentee)
    assert code in refusal.value.extra["checks"]


def test_unknown_fact_lets_submit_but_never_approve(patentee, officer):
    facts = {name: value for name, value in CLEAN_FACTS.items() if name != "pledge"}
    patent = make_patent(patentee.organization, facts=facts)
    declaration = make.submitted_declaration(patent=patent, actor=patentee)
    review = approvals.claim(review=make.review_of(declaration), actor=officer)
    with pytest.raises(ChecksOpen) as refusal:
        approvals.decide(review=review, outcome="approve", actor=officer)
    assert refusal.value.extra["codes"] == "E05"
    with registers.override({"pledge": "none"}):
        approvals.decide(review=review, outcome="approve", actor=officer)
    published = Declaration.objects.get()
    assert published.state == "published"
    assert {row["outcome"] for row in published.eligibility if row["code"] == "E05"} == {"pass"}


def test_design_without_evaluation_report_is_refused(patentee):
    facts = {**CLEAN_FACTS, "evaluation_report": "none"}
    patent = make_patent(patentee.organization, number=make_number(kind="3"), facts=facts)
    declaration = make.drafted_declaration(patent=patent, actor=patentee)
    with pytest.raises(NotEligible):
        services.submit(declaration=declaration, actor=patentee)


def test_submitted_declaration_cannot_be_edited_or_submitted_twice(patentee):
    declaration = make.submitted_declaration(actor=patentee)
    with pytest.raises(NotPossibleNow):
        services.submit(declaration=declaration, actor=patentee)
    assert TermsVersion.objects.count() == 1


def test_draft_is_thrown_away_but_a_submitted_declaration_is_not(patentee):
    declaration = make.drafted_declaration(actor=patentee)
    services.delete_draft(declaration=declaration, actor=patentee)
    assert Declaration.objects.count() == 0
    with pytest.raises(NotPossibleNow):
        services.delete_draft(declaration=make.submitted_declaration(actor=patentee), actor=patentee)
