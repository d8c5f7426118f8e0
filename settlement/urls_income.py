"""Addresses of the pages about income, its distribution, and invoices."""

from django.urls import path

from settlement.views import distributions, income, invoices, tax_rules

urlpatterns = [
    path("income/", income.Income.as_view(), name="income"),
    path("income/mine/", distributions.MyIncome.as_view(), name="my_income"),
    path("income/mine/<int:pk>/accept/", distributions.AcceptShare.as_view(), name="accept_share"),
    path("income/mine/<int:pk>/statement.pdf", distributions.IncomeStatement.as_view(), name="income_statement"),
    path("income/policy/", income.Policy.as_view(), name="income_policy"),
    path("income/shares/<int:pk>/distribute/", income.ComputeShare.as_view(), name="compute_share"),
    path("income/patents/<str:number>/", income.PatentIncome.as_view(), name="patent_income"),
    path("income/patents/<str:number>/costs/", income.NoteCost.as_view(), name="note_cost"),
    path("income/patents/<str:number>/inventors/", income.AgreeShares.as_view(), name="agree_shares"),
    path("distributions/<str:number>/", distributions.DistributionDetail.as_view(), name="distribution"),
    path("distributions/<str:number>/<slug:act>/", distributions.Act.as_view(), name="distribution_act"),
    path("invoices/", invoices.Invoices.as_view(), name="invoices"),
    path("invoices/new/", invoices.RequestInvoice.as_view(), name="request_invoice"),
    path("invoices/fees/<str:number>/", invoices.RequestFeeInvoice.as_view(), name="request_fee_invoice"),
    path("invoices/<str:number>/", invoices.InvoiceDetail.as_view(), name="invoice"),
    path("invoices/<str:number>/sent/", invoices.SendInvoice.as_view(), name="send_invoice"),
    path("invoices/<str:number>/withdraw/", invoices.WithdrawInvoice.as_view(), name="withdraw_invoice"),
    path("invoices/<str:number>/record.pdf", invoices.InvoiceRecord.as_view(), name="invoice_record"),
    path("rules/", tax_rules.TaxRules.as_view(), name="tax_rules"),
    path("rules/<slug:family>/", tax_rules.ProposeRule.as_view(), name="propose_rule"),
]
