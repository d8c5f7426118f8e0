"""The verbs of the declaration in one place: what the patentee, the officer and the clock can do with an offer."""

from licenses.services.cnipa import record_cnipa
from licenses.services.consents import attach, revoke_consent, sign_consent, upload_consent
from licenses.services.drafting import autosave, delete_draft, save_section, start_draft
from licenses.services.publishing import publish_due
from licenses.services.redoing import begin_again
from licenses.services.submitting import submit, take_back
from licenses.services.suspending import adopt, recheck, recheck_all, reinstate, suspend
from licenses.services.withdrawing import cancel_withdrawal, request_withdrawal

__all__ = [
    "adopt",
    "attach",
    "autosave",
    "begin_again",
    "cancel_withdrawal",
    "delete_draft",
    "publish_due",
    "recheck",
    "recheck_all",
    "record_cnipa",
    "reinstate",
    "request_withdrawal",
    "revoke_consent",
    "save_section",
    "sign_consent",
    "start_draft",
    "submit",
    "suspend",
    "take_back",
    "upload_consent",
]
