"""The page of one declaration: summary, what you get, eligibility, terms, history."""

from django.urls import reverse
from django.utils.translation import get_language, gettext

from accounts import history as accounts_history
from accounts.rules import can
from foundation.core import handlers
from foundation.core.display import day
from licenses.eligibility import CheckResult
from licenses.forms.acts import CnipaForm, ReasonForm
from licenses.models import Declaration
from licenses.presentation import declarations as shown
from licenses.presentation.catalogue import FULL_LIFE, counts_of
from licenses.rules import in_charge

PUBLIC_CODES = ("E01", "E02", "E03", "E04", "E05", "E06", "E07", "E11")
HISTORY = 6


def summary_of(declaration: Declaration) -> tuple[str, str]:
    """(text, language): the plain summary, or the abstract, in the language of the page where there is one."""
    english = (get_language() or "").startswith("en")
    pairs = [(declaration.summary_en, "en"), (declaration.summary_zh_hans, "zh-Hans")]
    if not english:
        pairs.reverse()
    for text, language in pairs:
        if text:
            return text, language
    return declaration.patent.abstract, declaration.patent.abstract_language


def checks_of(declaration: Declaration) -> list[CheckResult]:
    """The stored results of the last run that the public reads, without E07 where it asks nothing."""
    kept = [CheckResult.from_json(row) for row in declaration.eligibility if row["code"] in PUBLIC_CODES]
    needs_report = declaration.patent.needs_evaluation_report
    return [result for result in kept if result.code != "E07" or needs_report]


def gets(declaration: Declaration) -> list[dict]:
    """What a licensee obtains."""
    terms = declaration.current_terms
    return [
        {
            "title": gettext("Ordinary license"),
            "text": gettext("Make, use, sell in China; %(term)s") % {"term": shown.term_short(terms)},
        },
        {
            "title": gettext("Contract and certificate"),
            "text": gettext("Right after the payment, Chinese and English PDF"),
        },
        {
            "title": gettext("A contract fit for recordation"),
            "text": gettext("To be recorded within three months by either side"),
        },
        {"title": gettext("The price for everybody"), "text": gettext("The same posted terms for every licensee")},
    ]


def reason_closed(declaration: Declaration, results) -> str:
    """Why nobody can take a license now; empty where one can."""
    if declaration.is_suspended:
        return gettext("Suspended: no new licenses until the suspension ends.")
    if not declaration.permits("take_up"):
        return gettext("This offer has ended. Licenses already obtained stay in effect.")
    blocking = [result for result in results if result.blocks]
    if blocking:
        return gettext("Not possible at the moment: %(check)s") % {"check": blocking[0].title}
    return ""


def history(declaration: Declaration, membership, limit: int = HISTORY) -> list[dict]:
    """The timeline for this reader."""
    return accounts_history.entries(declaration, membership, limit)


def context(declaration: Declaration, membership, today) -> dict:
    """Everything the page shows besides the bars."""
    results = checks_of(declaration)
    text, language = summary_of(declaration)
    left_text, left = shown.years_left(declaration.patent.expiry_date, today)
    profile = (
        handlers.call("license.profile", declaration=declaration)
        if handlers.has("license.profile")
        else {"count": counts_of([declaration]).get(declaration.pk, 0)}
    )
    officer = in_charge(membership, declaration)
    return {
        "declaration": declaration,
        "patent": declaration.patent,
        "terms": declaration.current_terms,
        "price": shown.price_of(declaration),
        "rows": shown.terms_rows(declaration),
        "summary": text,
        "summary_language": language,
        "facts": _facts(declaration, left_text),
        "gets": gets(declaration),
        "checks": results,
        "closed": reason_closed(declaration, results),
        "history": history(declaration, membership),
        "profile": profile,
        "left_text": left_text,
        "left": f"{left}",
        "full": FULL_LIFE,
        "may_take": membership is None or can(membership, "take_license"),
        "is_owner": membership is not None and membership.organization_id == declaration.patentee_id,
        "officer": officer,
        "actions": shown.actions(declaration, membership) if membership else [],
        "reason_form": ReasonForm() if officer else None,
        "cnipa_form": CnipaForm() if officer else None,
        "terms_pdf": handlers.call("terms.pdf_url", declaration=declaration) if handlers.has("terms.pdf_url") else "",
    }


def _facts(declaration: Declaration, left_text: str) -> list[dict]:
    patent = declaration.patent
    rows = [
        {"label": gettext("Classification"), "value": "; ".join(patent.ipc) or patent.locarno or "—"},
        {
            "label": gettext("Remaining life"),
            "value": gettext("%(years)s, until %(day)s") % {"years": left_text, "day": day(patent.expiry_date)},
        },
    ]
    if declaration.industry_id:
        rows.append({"label": gettext("Industry of use"), "value": str(declaration.industry)})
    if declaration.readiness_level:
        rows.append({"label": gettext("Technology readiness level"), "value": str(declaration.readiness_level)})
    return rows


def absolute_url(declaration: Declaration) -> str:
    """The public address, without the host."""
    return reverse("licenses:declaration_detail", args=[declaration.number])
