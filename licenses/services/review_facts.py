"""What the review desk shows of terms and of withdrawals, beside the automatic checks."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from foundation.core.clock import database_now
from foundation.core.display import day, money
from licenses import eligibility
from licenses.models import TermKind, TermsVersion, WithdrawalRequest
from licenses.offers import INTERNAL_DECISION, PROMISES
from licenses.presentation.sentences import parts_sentence
from licenses.pricing import BASE_LABELS, METHOD_LABELS, PERIOD_LABELS, Base, Method, Period
from licenses.services.drafting import offer_of
from patents.queries import extracts


def price_text(terms: TermsVersion) -> str:
    """The fee in one line, in the language of now."""
    method = Method(terms.method)
    if method is Method.FREE:
        return gettext(METHOD_LABELS[method])
    if method is Method.LUMP_SUM:
        return f"{gettext(METHOD_LABELS[method])} {money(terms.lump_sum_fen)}"
    if method is Method.INSTALMENTS:
        n = len(terms.offer.instalments)
        return gettext("%(amount)s in %(n)s instalments") % {"amount": money(terms.fixed_total), "n": n}
    rate = f"{terms.royalty_bp / 100:g}%"
    base, period = gettext(BASE_LABELS[Base(terms.royalty_base)]), gettext(PERIOD_LABELS[Period(terms.royalty_period)])
    return gettext("Entry fee %(fee)s, royalty %(rate)s of %(base)s, reported %(period)s") % {
        "fee": money(terms.entry_fee_fen),
        "rate": rate,
        "base": base.lower(),
        "period": period.lower(),
    }


def term_text(terms: TermsVersion) -> str:
    """The two terms in one line: until when the offer stands, how long a license lasts."""
    if terms.term_kind == TermKind.YEARS:
        length = ngettext("%(n)s year each", "%(n)s years each", terms.term_years) % {"n": terms.term_years}
    else:
        length = str(TermKind(terms.term_kind).label)
    return gettext("Offer until %(day)s; license: %(length)s") % {"day": day(terms.offer_until), "length": length}


def facts_of_terms(*, review) -> dict:
    """Sections (label, value, field, agrees with the register or None), checks, what blocks."""
    terms = TermsVersion.objects.select_related("declaration__patent", "declaration__patentee").get(
        pk=review.subject_id
    )
    declaration = terms.declaration
    offer = offer_of(declaration)
    results = eligibility.check(declaration, offer=offer, now=database_now())
    blocking = [result for result in results if result.blocks]
    groups = [
        (_("Patent and patentee"), _patent_rows(declaration)),
        (_("Fee and terms"), _terms_rows(terms)),
        (_("Promises and consents"), _promise_rows(declaration, offer, results)),
    ]
    waiting = (
        {extract.fact: extract for extract in extracts.waiting_for(review.reviewer).filter(patent=declaration.patent)}
        if review.reviewer_id
        else {}
    )
    return {
        "groups": groups,
        "sections": [row for _title, rows in groups for row in rows],
        "checks": results,
        "counts": eligibility.counts(results),
        "blocking": bool(blocking),
        "blocking_codes": [result.code for result in blocking],
        "url": declaration.get_absolute_url() if declaration.published_at else "",  # before that it is the patentee's
        "files": list(declaration.attachments.select_related("file")),
        "extracts": waiting,
        "version": terms.version,
        "subject": declaration,
    }


def _patent_rows(declaration) -> list[tuple]:
    patent = declaration.patent
    owners = patent.current_owners()
    known = declaration.patentee_id in {share.organization_id for share in owners}
    dates = f"{day(patent.filing_date)} / {day(patent.grant_date)}"
    contact = "，".join(filter(None, [declaration.contact_name, declaration.contact_phone, declaration.contact_email]))
    rows = [
        (_("Patent number"), f"{patent.display_number} · {patent.get_kind_display()}", "patent", True),
        (_("Filed / granted"), dates, "patent_dates", True),
        (_("Patentees"), "；".join(share.display_name for share in owners), "owners", known),
        (_("Contact"), contact, "contact", None),
    ]
    if declaration.agency_name:
        rows.append((_("Patent agency"), f"{declaration.agency_name} {declaration.agency_code}", "agency", None))
    return rows


def _terms_rows(terms) -> list[tuple]:
    rows = [
        (_("Payment method"), gettext(METHOD_LABELS[Method(terms.method)]), "price", None),
        (_("Standard"), price_text(terms), "price_standard", None),
        *_instalment_rows(terms),
        (_("Basis of the fee"), terms.explanation, "explanation", None),
        (_("Terms"), term_text(terms), "term", None),
        (_("Other matters"), terms.other_matters, "other", None),
    ]
    if terms.ceiling_reason:
        reasons = (_("Reasons for a fee above the ceiling"), terms.ceiling_reason, "ceiling_reason", None)
        rows.insert(len(rows) - 2, reasons)
    return [row for row in rows if row[1]]


def _instalment_rows(terms) -> list[tuple]:
    parts = terms.offer.instalments
    return [(_("Instalments"), parts_sentence(parts), "instalments", None)] if parts else []


def _promise_rows(declaration, offer, results) -> list[tuple]:
    given = offer.of("promises")
    names = [name for name, _text in (*PROMISES, INTERNAL_DECISION)]
    n = sum(1 for name in names if given.get(name) is True)
    consents = next((result for result in results if result.code == "E06"), None)
    rows = [(_("Promises"), gettext("%(n)d promises given") % {"n": n}, "promises", None)]
    if consents is not None:
        rows.append((_("Consents of co-owners"), consents.reason, "consents", consents.outcome == "pass"))
    if declaration.summary_zh_hans:
        rows.append((_("Plain summary"), declaration.summary_zh_hans, "summary", None))
    return rows


def facts_of_withdrawal(*, review) -> dict:
    """The reason, and what stays: licenses already obtained are not touched."""
    request = WithdrawalRequest.objects.select_related("declaration__patent").get(pk=review.subject_id)
    declaration = request.declaration
    live = declaration.licenses.filter(state__in=["effective", "in_default"]).count()
    rows = [
        (_("Declaration"), declaration.number, "declaration", True),
        (_("Reason for the withdrawal"), request.reason, "reason", None),
        (_("Licenses in effect, which stay"), str(live), "licenses", None),
    ]
    return {
        "groups": [(_("Withdrawal"), rows)],
        "sections": rows,
        "checks": [],
        "counts": {},
        "blocking": False,
        "url": declaration.get_absolute_url(),
        "subject": declaration,
    }
