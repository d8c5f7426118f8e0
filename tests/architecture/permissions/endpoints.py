"""Every endpoint of the API."""

from tests.architecture.permissions.table import entry as e

READ, WRITE, BOTH = "GET", "POST", "GET POST"
REASON = {"reason": "因补充核查。"}

PEOPLE = [
    e("events", READ, "public"),
    e("api_file", READ, "reads files", pk="file"),
    e("certificate-checks", WRITE, "public"),
    e("certificate", READ, "public", token="certificate"),
    e("api_jobs", READ, "signed in"),
    e("api_job", READ, "own organization", pk="job"),
    e("api_job_cancellations", WRITE, "own organization", pk="job"),
    e("api_token", WRITE, "public"),
    e("api_token", "DELETE", "signed in"),
    e("api_me", "GET PATCH", "signed in"),
    e("api_cities", READ, "public"),
    e("api_industries", READ, "public"),
    e("api_persons", WRITE, "signed in"),
    e("api_organizations", READ, "public"),
    e("api_organizations", WRITE, "signed in"),
    e("api_organization", READ, "public page of an organization", "private", public_id="organization"),
    e("api_organization", "PATCH", "changes an organization", public_id="organization"),
    e("api_members", READ, "own organization", public_id="organization"),
    e("api_member", "PATCH", "manages members", public_id="organization", pk="colleague"),
    e("api_invitations", BOTH, "manages members", public_id="organization"),
    e("api_verifications", READ, "member"),
    e("api_verifications", WRITE, "manages the organization", body={"statement": "请核验。"}),
    e("api_notices", READ, "signed in"),
    e("api_notice_reading", "PUT", "own only, by person", pk="notice"),
    e("api_saved_searches", BOTH, "signed in"),
    e("api_saved_search", "GET PATCH DELETE", "own only, by person", pk="search"),
]

PATENTS = [
    e("api_patents", READ, "public"),
    e("api_patent", READ, "public", number="patent"),
    e("api_patent_eligibility", READ, "public", number="patent"),
    e("api_patent_extracts", WRITE, "keeps a portfolio", number="patent"),
    e("api_extracts", READ, "member"),
    e("api_extract_confirmations", WRITE, "reviews", pk="extract"),
    e("api_extract_refusals", WRITE, "reviews", pk="extract", body=REASON),
    e("api_number_checks", WRITE, "public"),
    e("api_imports", BOTH, "keeps a portfolio"),
    e("api_import", READ, "keeps a portfolio", pk="import"),
    e("api_import_rows", READ, "keeps a portfolio", pk="import"),
    e("api_import_confirmations", WRITE, "keeps a portfolio", pk="import"),
    e("api_import_discards", WRITE, "keeps a portfolio", pk="import"),
    e("api_import_undos", WRITE, "keeps a portfolio", pk="import"),
]

REVIEWS = [
    e("api_reviews", READ, "reads cases"),
    e("api_review", READ, "reads cases", number="review"),
    e("api_review", READ, "reads cases", number="claimed"),
    e("api_claims", WRITE, "reviews", number="review"),
    e("api_claims", "DELETE", "reviews", number="claimed"),
    e("api_decisions", WRITE, "reviews", number="review"),
    e("api_review_undos", WRITE, "reviews", number="review"),
]

MONEY = [
    e("obligation-list", READ, "sees money"),
    e("obligation-detail", READ, "sees money", "counterparty", number="obligation"),
    e("obligation-payments", READ, "sees money", "counterparty", number="obligation"),
    e("obligation-payments", WRITE, "pays over the API", "counterparty", number="obligation"),
    e("obligation-objections", WRITE, "pays over the API", "counterparty", number="obligation", body=REASON),
    e("api_distributions", READ, "sees money"),
    e("api_distribution", READ, "sees money", number="distribution"),
    e("api_invoices", BOTH, "sees money"),
    e("api_invoice", READ, "sees money", "counterparty", number="invoice"),
    e(
        "api_invoice_issue",
        WRITE,
        "issues an invoice",
        "counterparty",
        number="invoice",
        body={"code": "26322000000000000099", "issued_on": "2026-01-01"},
    ),
    e("ledger-entries", READ, "sees money"),
    e("payment-callback", WRITE, "signed request of a bank", provider="=sandbox"),
]

DECLARATIONS = [
    e("api_declarations", READ, "public"),
    e("api_declaration_facets", READ, "public"),
    e("api_declarations", WRITE, "declares", body={"patent": "@patent"}),
    e("api_declaration", READ, "sees a draft", "draft", "foreign_draft", key="published"),
    e("api_declaration", READ, "sees what is not published", key="submitted"),
    e("api_declaration", READ, "sees what is not published", key="under_review"),
    e("api_declaration", "DELETE", "throws a draft away", key="draft"),
    e("api_declaration_eligibility", READ, "declares", key="draft"),
    e("api_declaration_draft", READ, "declares", key="draft"),
    e("api_declaration_section", "PUT", "declares", key="draft", section="=price"),
    e("api_submissions", WRITE, "declares", key="draft"),
    e("api_retractions", WRITE, "declares", key="submitted"),
    e("api_declaration_attachments", BOTH, "declares", key="draft"),
    e("api_consents", "GET POST DELETE", "declares", key="co_owned"),
    e("api_paper_consents", WRITE, "declares", key="draft"),
    e("api_withdrawals", "POST DELETE", "declares", key="published"),
    e("api_adoptions", WRITE, "declares", key="adoptable"),
    e("api_suspensions", WRITE, "has the declaration in charge", key="published", body=REASON),
    e("api_reinstatements", WRITE, "has the declaration in charge", key="suspended", body=REASON),
    e("api_cnipa_records", WRITE, "has the declaration in charge", key="published",
      body={"move": "file", "on": "@today"}),
]  # fmt: skip

LICENSES = [
    e("uptakes", WRITE, "takes licenses", number="published"),
    e("licenses", READ, "member"),
    e("license", READ, "sees a license", "counterparty", number="license"),
    e("endings", WRITE, "holds the license", "counterparty", number="license", body=REASON),
    e("api_royalty_periods", READ, "sees money"),
    e("api_royalty_period", READ, "sees money", number="royalty"),
    e("api_royalty_reports", READ, "sees money", number="royalty"),
    e("api_royalty_reports", WRITE, "holds the license", number="royalty", body={"signatory": "x", "is_true": True}),
    e("api_royalty_acceptances", WRITE, "declares", number="granted_royalty"),
    e("api_royalty_questions", WRITE, "declares", number="granted_royalty", body={"reason": "x"}),
]

ENTRIES = [*PEOPLE, *PATENTS, *REVIEWS, *MONEY, *DECLARATIONS, *LICENSES]
