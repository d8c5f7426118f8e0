"""Which tone and icon a state is shown with. A state that is not named here is shown neutral."""

ICONS = {
    "success": "circle-check",
    "info": "clock",
    "warning": "alert-triangle",
    "danger": "circle-x",
    "neutral": "circle-minus",
    "todo": "circle-dashed",
}

STATES = {
    "success": "published in_force effective recorded approved paid verified done valid released active announced "
    "admitted deposit_held won registration_open sold sold_provisional sold_by_agreement notice_published selected "
    "eligible winner contracted "
    "pass completed granted matched posted sent accepted succeeded refunded settled concluded known assigned",
    "info": "submitted under_review queued claimed running filed notice_delivered withdrawal_review "
    "recordation_pending refunding in_progress pending processing reissued started reported found "
    "planned sending negotiation mediation reviewed "
    "materials_check collecting selecting promoting bidding delivery tracking "
    "invited opened scored shortlisted reserve "
    "computed confirmed notice agreed requested issued proposed reopening new "
    "confirmation_signed balance_paid contract_signed public_notice transfer_filed transferred funds_released "
    "noticed running due in_review "
    "formal_check expert_check closed_for_proposals reviewing shortlisted final_acceptance",
    "warning": "contracting rework "
    "correction suspended awaiting_payment open in_default warn unknown grace clarify unpaid "
    "live paused deposit_pending after_sale_talks "
    "needs_correction disclosed in_court report_due questioned payment_due disputed objected reopened",
    "danger": "rejected refused failed fell_through terminated_for_breach deemed_not_filed fail recordation_refused "
    "invalidated invalid altered report_late payment_late "
    "ineligible buyer_default seller_default deposit_forfeited annulled",
    "neutral": "draft notice_draft withdrawn expired terminated superseded lapsed cancelled ended_patent ended_trial "
    "decided not_filed unverified abandoned not_started cannot_start closed called_off cleared "
    "declined recused dropped retired parked returned reversed set_aside ended stood_down",
}

OF_LIFECYCLE = {("challenge", "open"): "info"}  # where the same word means another thing elsewhere
TONES = {state: tone for tone, states in STATES.items() for state in states.split()}


def tone_of(state: str, lifecycle: str = "") -> str:
    """The tone of a state name, whatever its case; ``lifecycle`` is the name of the table it stands in."""
    state = str(state).lower()
    if (lifecycle, state) in OF_LIFECYCLE:
        return OF_LIFECYCLE[lifecycle, state]
    return TONES.get(state, "neutral")
