"""Addresses of the sandbox bank."""

from django.urls import path

from sandboxbank import interface, views

app_name = "sandboxbank"

urlpatterns = [
    path("orders/<slug:order_id>/", views.PayOrder.as_view(), name="order"),
    path("api/orders/", interface.Orders.as_view(), name="api_orders"),
    path("api/orders/<slug:order_id>/", interface.OrderEvents.as_view(), name="api_order_events"),
    path("api/orders/<slug:order_id>/details/", interface.OrderDetail.as_view(), name="api_order"),
    path("api/orders/<slug:order_id>/payments/", interface.Payments.as_view(), name="api_payments"),
    path("api/refunds/", interface.Refunds.as_view(), name="api_refunds"),
    path("api/refunds/<slug:refund_id>/", interface.RefundDetail.as_view(), name="api_refund"),
    path("api/payouts/", interface.Payouts.as_view(), name="api_payouts"),
    path("api/payouts/<slug:payout_id>/", interface.PayoutDetail.as_view(), name="api_payout"),
    path("api/statement/", interface.Statement.as_view(), name="api_statement"),
]
