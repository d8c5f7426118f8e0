"""The block of a declaration that the catalogue reads: repeated facts and the search vector."""

from foundation.core.clock import local_date
from licenses import offers, pricing
from licenses.models import Declaration, TermsVersion
from patents import search


def annual_price_fen(terms: TermsVersion, expiry, day) -> int:
    """Fixed fees per license year in fen, for a license taken on ``day``; royalties are not counted."""
    term = {"term_kind": terms.term_kind, "term_years": terms.term_years, "offer_until": terms.offer_until.isoformat()}
    years = offers.license_years(term, start=day, expiry=expiry)
    return pricing.per_year(terms.offer, years).fen


def values_for(declaration: Declaration, terms: TermsVersion, now) -> dict:
    """The columns of the block for a declaration with these terms in force."""
    patent, holder = declaration.patent, declaration.patentee
    names = " ".join([holder.name, holder.name_en, patent.holder_names])
    return {
        "price_method": terms.method,
        "annual_price_fen": annual_price_fen(terms, patent.expiry_date, local_date(now)),
        "is_statutory": terms.is_statutory,
        "patent_kind": patent.kind,
        "ipc_subclass": patent.main_ipc_subclass,
        "city_id": holder.city_id,
        "holder_kind": holder.kind,
        "patent_expiry": patent.expiry_date,
        "search_vector": search.vector(
            [
                ("A", patent.title_zh_hans),
                ("A", patent.title_en),
                ("B", names),
                ("B", " ".join(patent.ipc)),
                ("C", declaration.summary_zh_hans),
                ("C", declaration.summary_en),
                ("D", patent.abstract_zh_hans),
                ("D", patent.abstract_en),
            ]
        ),
    }


def refresh(declaration: Declaration, now) -> None:
    """Bring the block up to date under the declaration's row lock; no state changes."""
    values = values_for(declaration, declaration.current_terms, now)
    Declaration.objects.filter(pk=declaration.pk).update(**values)
