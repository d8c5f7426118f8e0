"""Addresses of contracts, milestones and what came of a result."""

from django.urls import path

from challenges.views import contract_acts, contracts, milestones

CONTRACT = "contracts/<str:number>/"
MILESTONE = f"{CONTRACT}milestones/<int:position>/"

urlpatterns = [
    path("contracts/", contracts.ContractList.as_view(), name="contract_list"),
    path(CONTRACT, contracts.AwardDetail.as_view(), name="award_detail"),
    path(f"{CONTRACT}texts/", contract_acts.ChangeTerms.as_view(), name="contract_terms"),
    path(f"{CONTRACT}sign/", contract_acts.SignContract.as_view(), name="contract_sign"),
    path(f"{CONTRACT}end/", contract_acts.EndContract.as_view(), name="contract_terminate"),
    path(f"{CONTRACT}reserve/", contract_acts.LetReserveFollow.as_view(), name="contract_promote"),
    path(f"{CONTRACT}ask-to-end/", contract_acts.AskToEnd.as_view(), name="contract_ask_end"),
    path(f"{CONTRACT}gate/", contract_acts.ChooseAtGate.as_view(), name="contract_gate"),
    path(f"{CONTRACT}results/", contract_acts.TellOutcome.as_view(), name="outcome_tell"),
    path(f"{CONTRACT}open-license/", contract_acts.OfferOpenly.as_view(), name="outcome_open_license"),
    path(MILESTONE, milestones.MilestoneDetail.as_view(), name="milestone_detail"),
    path(f"{MILESTONE}hand-in/", milestones.HandIn.as_view(), name="milestone_hand_in"),
    path(f"{MILESTONE}begin/", milestones.BeginAcceptance.as_view(), name="milestone_begin"),
    path(f"{MILESTONE}decide/", milestones.DecideMilestone.as_view(), name="milestone_decide"),
    path(f"{MILESTONE}not-met/", milestones.FailMilestone.as_view(), name="milestone_fail"),
]
