"""Addresses of the pages about bank accounts, statements and months."""

from django.urls import path

from settlement.views import bank, bank_days, bank_import, bank_queue, transfer

urlpatterns = [
    path("bank/", bank.Bank.as_view(), name="bank"),
    path("bank/accounts/new/", bank.NewOwnAccount.as_view(), name="new_own_account"),
    path("bank/accounts/<int:pk>/confirm/", bank.ConfirmOwnAccount.as_view(), name="confirm_own_account"),
    path("bank/accounts/<int:pk>/close/", bank.CloseOwnAccount.as_view(), name="close_own_account"),
    path("bank/accounts/<int:pk>/days/", bank_days.Days.as_view(), name="bank_days"),
    path("bank/accounts/<int:pk>/days/sign/", bank_days.SignDays.as_view(), name="sign_days"),
    path("bank/accounts/<int:pk>/days/<str:day>/", bank_days.DayDetail.as_view(), name="bank_day"),
    path("bank/import/", bank_import.NewStatement.as_view(), name="new_statement"),
    path("bank/import/<int:pk>/", bank_import.StatementImport.as_view(), name="statement_import"),
    path("bank/import/<int:pk>/confirm/", bank_import.ConfirmStatement.as_view(), name="confirm_statement"),
    path("bank/import/<int:pk>/discard/", bank_import.DiscardStatement.as_view(), name="discard_statement"),
    path("bank/statements/<int:pk>/", bank_import.StatementDetail.as_view(), name="bank_statement"),
    path("bank/queue/", bank_queue.Queue.as_view(), name="bank_queue"),
    path("bank/lines/<int:pk>/", bank_queue.LineDetail.as_view(), name="bank_line"),
    path("bank/lines/<int:pk>/assign/", bank_queue.AssignLine.as_view(), name="assign_line"),
    path("bank/lines/<int:pk>/return/", bank_queue.ReturnLine.as_view(), name="return_line"),
    path("bank/lines/<int:pk>/park/", bank_queue.ParkLine.as_view(), name="park_line"),
    path("bank/lines/<int:pk>/unpark/", bank_queue.UnparkLine.as_view(), name="unpark_line"),
    path("bank/lines/<int:pk>/tick/", bank_queue.TickLine.as_view(), name="tick_line"),
    path("bank/lines/<int:pk>/take-back/", bank_queue.TakeBackLine.as_view(), name="take_back_line"),
    path("months/", bank_days.Months.as_view(), name="months"),
    path("months/close/", bank_days.CloseMonth.as_view(), name="close_month"),
    path("months/<int:pk>/reopen/", bank_days.ReopenMonth.as_view(), name="reopen_month"),
    path("payments/<slug:order_id>/transfer/", transfer.Transfer.as_view(), name="transfer"),
]
