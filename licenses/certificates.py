"""What stands on the certificate and in the contract of a license."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from foundation.core.clock import LOCAL
from foundation.core.money import in_capitals
from foundation.core.refs import Ref
from foundation.documents import queries as documents
from foundation.documents.rendering import qr_svg
from licenses.contract_text import clauses
from licenses.presentation.sentences import price_sentence
from licenses.queries.instalments import later_of

LANGUAGES = ("zh-hans", "en")

# Ten rules, rule 3: only terms that CNIPA announced make a statutory open license.
STATUTORY = ("专利法第五十条、第五十一条规定的开放许可", "Open license, Patent Law Art. 50 and 51")
PLATFORM = (
    "平台公开要约（民法典合同编），普通实施许可",
    "Standing offer on the platform (Civil Code, contract book), ordinary license",
)


def legal_basis(license) -> tuple[str, str]:
    """The basis of a license in Chinese and English, as it stood at the time of effect."""
    return STATUTORY if license.is_statutory else PLATFORM


def certificate_facts(license) -> dict:
    """The facts that a certificate fixes for ever; no personal data of natural persons but the party's name."""
    terms = license.terms_version
    return {
        "license": license.number,
        "declaration": license.declaration.number,
        "terms_version": terms.version,
        "terms_sha256": terms.content_hash,
        "statutory": license.is_statutory,
        "patent": license.patent.number,
        "licensor": license.licensor_id,
        "licensee": license.licensee_id,
        "starts_on": license.starts_on.isoformat(),
        "ends_on": license.ends_on.isoformat(),
        "fee_fen": license.fee_fen,
        "notice_sha256": license.notice_sha256,
        "party_ids": license.party_ids,
    }


def check_url(certificate) -> str:
    """The public address in the QR code."""
    path = reverse("documents:certificate", args=[certificate.token])
    return settings.KAIXU_PUBLIC_URL.rstrip("/") + path


def certificate_data(license, certificate) -> dict:
    """Everything the certificate's sheet prints."""
    basis = legal_basis(license)
    rows = [
        ("证书编号", "Certificate", certificate.number, ""),
        ("许可编号", "License", license.number, ""),
        *_party_rows(license),
        *_patent_rows(license),
        ("许可种类", "Kind", "普通许可", "Ordinary (non-exclusive) license"),
        ("法律依据", "Legal basis", *basis),
        ("许可地域", "Territory", "中国境内", "China"),
        ("许可期限", "Term", *term_texts(license)),
        ("许可费", "Fee", *fee_texts(license)),
        _declaration_row(license),
    ]
    return {
        **_common(certificate),
        "number": certificate.number,
        "facts": _as_facts(rows),
        "code": certificate.code,
        "facts_sha256": certificate.facts_sha256,
        "issued_at": moment(certificate.issued_at),
    }


def contract_data(license, certificate) -> dict:
    """Everything the contract prints, the posted terms word for word."""
    terms = license.terms_version
    rows = [
        ("合同编号", "Contract", license.number, ""),
        *_party_rows(license),
        *_patent_rows(license),
        ("法律依据", "Legal basis", *legal_basis(license)),
        _declaration_row(license),
    ]
    return {
        **_common(certificate),
        "number": license.number,
        "facts": _as_facts(rows),
        "clauses": clauses(
            license, term=term_texts(license), fee=fee_texts(license), later=later_of(license).order_by("position")
        ),
        "licensor": name_of(license.licensor),
        "licensee": name_of(license.licensee),
        "declaration_number": license.declaration.number,
        "published_at": moment(license.declaration.published_at),
        "notice_at": moment(license.notice_delivered_at),
        "terms_sha256": terms.content_hash,
    }


def term_texts(license) -> tuple[str, str]:
    """The term in Chinese and English, both days included (Asia/Shanghai)."""
    start, end = license.starts_on, license.ends_on
    return (
        f"{start:%Y-%m-%d} 至 {end:%Y-%m-%d}（含首尾两日）",
        f"{start:%Y-%m-%d} to {end:%Y-%m-%d}, both days included",
    )


def fee_texts(license) -> tuple[str, str]:
    """The fee as posted, in Chinese and English, with the amount in capitals where there is one."""
    texts = []
    for language in LANGUAGES:
        with translation.override(language):
            texts.append(price_sentence(license.terms_version))
    if license.fee_fen:
        texts[0] += f"；通知时应付 {license.fee}（{in_capitals(license.fee)}），已付清"
        texts[1] += f"; due on the notice: {license.fee}, paid in full"
    return texts[0], texts[1]


def name_of(organization) -> str:
    """Both names of a party; the Chinese one decides."""
    both = [organization.name, organization.name_en]
    return " ".join(name for name in both if name)


def moment(value) -> str:
    """A moment in China Standard Time, zone named."""
    return f"{value.astimezone(LOCAL):%Y-%m-%d %H:%M:%S} (UTC+8)"


def _common(certificate) -> dict:
    url = check_url(certificate)
    return {
        "site": settings.KAIXU_PUBLIC_URL,
        "qr": qr_svg(url),
        "check_url": url,
        "demo": settings.KAIXU_DEMO,
    }


def _party_rows(license) -> list[tuple]:
    def identified(organization):
        code = organization.uscc or organization.foreign_registration
        return f"{organization.name}（{code}）" if code else organization.name

    return [
        ("许可人", "Licensor", identified(license.licensor), license.licensor.name_en),
        ("被许可人", "Licensee", identified(license.licensee), license.licensee.name_en),
    ]


def _patent_rows(license) -> list[tuple]:
    patent = license.patent
    dates = f"{patent.filing_date:%Y-%m-%d} / {patent.grant_date:%Y-%m-%d}"
    last_day = f"{patent.expiry_date:%Y-%m-%d}"
    return [
        ("专利", "Patent", patent.title_zh_hans, patent.title_en),
        ("专利号", "Patent number", patent.display_number, ""),
        ("申请日 / 授权日", "Filed / granted", dates, ""),
        ("专利权届满日", "Patent expires", last_day, ""),
    ]


def _declaration_row(license) -> tuple:
    version = license.terms_version.version
    number = license.declaration.number
    return ("声明及条款", "Declaration", f"{number}，条款第 {version} 版", f"{number}, terms v{version}")


def _as_facts(rows) -> list[dict]:
    return [{"zh": zh, "en": en, "value": value, "value_en": extra} for zh, en, value, extra in rows]


def subject_of(license) -> Ref:
    """How documents name a license."""
    return Ref.of(license)


def certificate_for(license):
    """The certificate of a license, or None before it took effect."""
    return documents.certificate_of(subject_of(license))
