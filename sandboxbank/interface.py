"""The bank's interface over HTTP. Merchants sign what they ask; whoever knows an order's id may pay it (play money)."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.core.clock import database_now, end_of_local_day, local_date, start_of_local_day
from foundation.core.errors import DomainError
from sandboxbank import payouts, sending, services, signing
from sandboxbank.models import Movement, Order
from sandboxbank.serializers import NewOrder, NewPayout, NewRefund, OrderData, SandboxPayment, StatementDay

CREATED = 201


class NotSigned(DomainError):
    """A merchant's request without a valid signature."""

    code, status = "not_signed", 401
    message = _("The signature of this request is wrong or too old.")


class Open(APIView):
    """For payers: no sign-in, the order's id cannot be guessed."""

    authentication_classes = ()
    permission_classes = (AllowAny,)


class Signed(Open):
    """For merchants: every request is signed."""

    def initial(self, request, *args, **kwargs):
        if not signing.is_signed(request.headers, request._request.body):
            raise NotSigned()
        super().initial(request, *args, **kwargs)

    def read(self, serializer_class, data) -> dict:
        """The checked fields."""
        serializer = serializer_class(data=data)
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data


@extend_schema(exclude=True)
class Orders(Signed):
    """POST: take an order."""

    def post(self, request):
        order = services.create_order(**self.read(NewOrder, request.data))
        url = request.build_absolute_uri(order.get_absolute_url())
        return Response({"order_id": order.order_id, "pay_url": url}, status=CREATED)


@extend_schema(exclude=True)
class OrderEvents(Signed):
    """GET: what happened to an order, as messages."""

    def get(self, request, order_id):
        order = get_object_or_404(Order, order_id=order_id)
        paid = order.movements.filter(kind=Movement.Kind.PAYMENT)
        events = [services.payment_message(order, "payment.succeeded", movement) for movement in paid]
        if order.status == Order.State.FAILED:
            events.append(services.payment_message(order, "payment.failed", None))
        return Response({"order_id": order.order_id, "events": events})


class OrderDetail(Open):
    """An order as its payer sees it."""

    @extend_schema(operation_id="sandbox_bank_order", responses=OrderData, tags=["sandbox bank"], auth=[])
    def get(self, request, order_id):
        """What is to be paid to whom (play money)."""
        return Response(OrderData(get_object_or_404(Order, order_id=order_id)).data)


class Payments(Open):
    """The payer pays."""

    @extend_schema(
        operation_id="sandbox_bank_pay",
        request=SandboxPayment,
        responses={CREATED: OrderData},
        tags=["sandbox bank"],
        auth=[],
    )
    def post(self, request, order_id):
        """Pay an order with play money: `order_id` stands in the answer to POST /obligations/{number}/payments/."""
        order = get_object_or_404(Order, order_id=order_id)
        serializer = SandboxPayment(data=request.data)
        serializer.is_valid(raise_exception=True)
        services.pay(order=order, **serializer.validated_data)
        sending.wake()
        return Response(OrderData(get_object_or_404(Order, pk=order.pk)).data, status=CREATED)


@extend_schema(exclude=True)
class Refunds(Signed):
    """POST: send money back."""

    def post(self, request):
        movement = services.refund(**self.read(NewRefund, request.data))
        sending.wake()
        return Response({"refund_id": movement.request_id, "transaction_id": movement.movement_id}, status=CREATED)


@extend_schema(exclude=True)
class RefundDetail(Signed):
    """GET: what happened to a refund, as a message."""

    def get(self, request, refund_id):
        found = get_object_or_404(Movement, kind=Movement.Kind.REFUND, request_id=refund_id)
        return Response(services.refund_message(found))


@extend_schema(exclude=True)
class Payouts(Signed):
    """POST: transfer money out."""

    def post(self, request):
        movement = payouts.payout(**self.read(NewPayout, request.data))
        sending.wake()
        return Response({"payout_id": movement.request_id, "transaction_id": movement.movement_id}, status=CREATED)


@extend_schema(exclude=True)
class PayoutDetail(Signed):
    """GET: what happened to a payout, as a message."""

    def get(self, request, payout_id):
        found = get_object_or_404(Movement, kind=Movement.Kind.PAYOUT, request_id=payout_id)
        return Response(payouts.payout_message(found))


@extend_schema(exclude=True)
class Statement(Signed):
    """GET: the booked movements of a day in Shanghai, money out negative."""

    def get(self, request):
        day = self.read(StatementDay, request.query_params)["date"] or local_date(database_now())
        booked = Movement.objects.filter(
            booked_at__gte=start_of_local_day(day), booked_at__lt=end_of_local_day(day), failed=False
        ).select_related("order")
        lines = [
            {
                "transaction_id": one.movement_id,
                "amount_fen": one.amount_fen if one.kind == Movement.Kind.PAYMENT else -one.amount_fen,
                "booked_at": one.booked_at.isoformat(),
                "reference": one.request_id or one.order.order_id,
            }
            for one in booked
        ]
        return Response({"date": day.isoformat(), "lines": lines})
