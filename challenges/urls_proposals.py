"""Addresses of proposals, the openers of a season and the opening."""

from django.urls import path

from challenges.views import openings, proposal_acts, proposal_parts, proposals

ONE = "proposals/<str:key>/"
CHALLENGE = "list/<str:number>/"

urlpatterns: list = [
    path("proposals/", proposals.MyProposals.as_view(), name="my_proposals"),
    path(f"{CHALLENGE}propose/", proposals.NewProposal.as_view(), name="proposal_new"),
    path(f"{CHALLENGE}proposals/", openings.ProposalList.as_view(), name="proposal_list"),
    path(ONE, proposals.ProposalDetail.as_view(), name="proposal_detail"),
    path(f"{ONE}check/", proposals.CheckProposal.as_view(), name="proposal_check"),
    path(f"{ONE}files/", proposal_parts.ProposalFiles.as_view(), name="proposal_files"),
    path(f"{ONE}files/<str:file>/", proposal_parts.ReadDraftFile.as_view(), name="proposal_file"),
    path(f"{ONE}files/<str:file>/remove/", proposal_parts.RemoveDraftFile.as_view(), name="proposal_file_remove"),
    path(f"{ONE}attachments/<int:pk>/", proposal_parts.ReadAttachment.as_view(), name="proposal_attachment"),
    path(f"{ONE}parts/<str:part>/", proposal_parts.ProposalPart.as_view(), name="proposal_part"),
    path(f"{ONE}parts/<str:part>/autosave/", proposal_parts.AutosaveProposal.as_view(), name="proposal_autosave"),
    path(f"{ONE}handing-over/", proposal_acts.HandOverProposal.as_view(), name="proposal_hand_over"),
    path(f"{ONE}replacement/", proposal_acts.ReplaceProposal.as_view(), name="proposal_replace"),
    path(f"{ONE}restoration/", proposal_acts.RestoreProposal.as_view(), name="proposal_restore"),
    path(f"{ONE}withdrawal/", proposal_acts.WithdrawProposal.as_view(), name="proposal_withdraw"),
    path(f"{ONE}reading/", proposal_acts.RereadProposal.as_view(), name="proposal_reread"),
    path(f"{ONE}eligibility/", proposal_acts.JudgeEligibility.as_view(), name="proposal_eligibility"),
    path("seasons/<str:code>/keys/", openings.OpenerKeys.as_view(), name="opener_keys"),
    path("keys/<int:pk>/loss/", openings.LoseKey.as_view(), name="opener_key_loss"),
    path(f"{CHALLENGE}opening/", openings.OpeningDetail.as_view(), name="opening_detail"),
    path(f"{CHALLENGE}opening/record.pdf", openings.OpeningRecord.as_view(), name="opening_record"),
    path(f"{CHALLENGE}opening/share/", openings.HandInShare.as_view(), name="opening_share"),
    path(f"{CHALLENGE}opening/again/", openings.ReopenChallenge.as_view(), name="opening_reopen"),
]
