"""The endpoints of payouts, refund requests, disputes and inspections."""

from tests.architecture.permissions.table import entry as e

READ, WRITE = "GET", "POST"
REASON = {"reason": "核对。"}
REQUEST = {"kind": "other", "amount": "0.01", "text": "核对"}
FOUND = {"summary": "核对", "cost": "1.00"}

ENTRIES = [
    e("api_payout_runs", READ, "reads all money"),
    e("api_payout_runs", WRITE, "settles"),
    e("api_payout_run", READ, "reads all money", number="payout_run"),
    e("api_payout_run_submissions", WRITE, "settles", number="payout_run"),
    e("api_payout_run_sendings", WRITE, "settles", number="payout_run"),
    e("api_payout_run_cancellations", WRITE, "settles", number="payout_run", body=REASON),
    e("api_payout_run_file", READ, "settles", number="payout_run"),
    e("api_payouts", READ, "sees money"),
    e("api_payout", READ, "sees money", number="payout"),
    e("api_payout_clearances", WRITE, "settles", number="payout", body=REASON),
    e("api_payout_omissions", WRITE, "settles", number="payout", body=REASON),
    e("api_ask_back", WRITE, "asks for money back", "counterparty", number="obligation", body=REQUEST),
    e("api_refund_requests", READ, "sees money"),
    e("api_refund_request", READ, "sees money", "counterparty", number="refund_request"),
    e("api_refund_request_decisions", WRITE, "settles", number="refund_request",
      body={"outcome": "refuse", "opinion": "核对"}),
    e("api_refund_request_withdrawals", WRITE, "asks for money back", "counterparty", number="refund_request"),
    e("api_open_dispute", WRITE, "disputes", "counterparty", number="obligation",
      body={"amount": "0.01", "claim": "核对"}),
    e("api_disputes", READ, "sees disputes"),
    e("api_dispute", READ, "sees disputes", "counterparty", number="dispute"),
    e("api_dispute_answers", WRITE, "answers a dispute", "counterparty", number="dispute", body={"answer": "核对"}),
    e("api_dispute_offers", WRITE, "answers an offer", "counterparty", number="dispute", body={"back": "0.01"}),
    e("api_dispute_agreements", WRITE, "answers an offer", "counterparty", number="dispute", offer="offer"),
    e("api_dispute_refusals", WRITE, "answers an offer", "counterparty", number="dispute", offer="offer"),
    e("api_dispute_mediations", WRITE, "moves a dispute", "counterparty", number="dispute", body=REASON),
    e("api_dispute_mediators", WRITE, "mediates", "counterparty", number="dispute", body={"mediator": "李四"}),
    e("api_dispute_failures", WRITE, "moves a dispute", "counterparty", number="dispute", body=REASON),
    e("api_dispute_referrals", WRITE, "moves a dispute", "counterparty", number="dispute",
      body={"forum": "南京仲裁委员会", "forum_reference": "1"}),
    e("api_dispute_rulings", WRITE, "carries a ruling out", "counterparty", number="dispute",
      body={"back": "0.01", "outcome": "核对"}),
    e("api_dispute_withdrawals", WRITE, "withdraws a dispute", "counterparty", number="dispute"),
    e("api_announce_inspection", WRITE, "declares", number="granted_license",
      body={"inspector": "核对", "inspects_on": "2099-01-01", **REASON}),
    e("api_inspections", READ, "sees money"),
    e("api_inspection", READ, "sees money", number="inspection"),
    e("api_inspection_findings", WRITE, "declares", number="granted_inspection", body=FOUND),
    e("api_inspection_agreements", WRITE, "holds the license", number="inspection"),
    e("api_inspection_objections", WRITE, "holds the license", number="inspection", body=REASON),
    e("api_inspection_cancellations", WRITE, "declares", number="granted_inspection", body=REASON),
]  # fmt: skip
