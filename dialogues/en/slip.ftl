### The appointment slip: page, picture, text and calendar entry.

slip-title = Appointment Slip
slip-department = Immigration Department of Malaysia

slip-reference = Reference number
slip-queue = Queue number
slip-when = Date and time
slip-be-there = Be there by

slip-name = Name
slip-identity = Identity no.
slip-service = Service
slip-branch = Office
slip-phone = Telephone

slip-bring = Please bring
slip-bring-slip = This slip, printed or on your phone.
slip-bring-identity = The original identity card, passport or document you booked with.
slip-bring-documents = Complete documents for this service. The list is at www.imi.gov.my.
slip-bring-card = An ATM/debit card or credit card for payment.

slip-terms = Please note
slip-terms-late = Be at the office 30 minutes early. The Department may cancel the appointment if you are late.
slip-terms-truth = You answer for the information given. The Department may check and verify it.
slip-terms-incomplete = Incomplete applications are not served.

slip-change = To change or cancel
slip-change-how = Write “my bookings” to the appointment assistant, where you made this booking.

# $bot (String): Telegram user name of the assistant, without the @.
slip-change-telegram = Scan the QR code with a phone, or write “my bookings” to @{ $bot } on Telegram.

slip-code = This QR code holds the reference number and a digital signature only, for officers to check. There is no personal information in it.

# $reference (String): the reference in groups.
slip-code-alt = QR code of reference number { $reference }

slip-free = This booking is free of charge. The Department has appointed no agents or third parties.

# $date (String): a long date.
# $time (String): time of day.
slip-issued = Issued on { $date }, { $time }

slip-moved = This slip replaces the one issued before.
slip-unproved = The applicant’s e-mail address has not been verified.
slip-sample = Sample data: the details of the office on this slip are not official.

# $branch (String): name of the branch.
calendar-summary = Immigration appointment: { $branch }

# $branch (String): name of the branch.
calendar-cancelled = Cancelled: Immigration appointment, { $branch }

# $reference (String): the reference in groups.
# $queue (Number): the queue number.
# $time (String): time of day to be there by.
calendar-description =
    Reference number: { $reference }
    Queue number: { $queue }
    Be there by: { $time }
    Bring the appointment slip, complete original documents and an ATM/debit card or credit card.

calendar-alarm-day = Immigration appointment tomorrow. Have the slip and complete documents ready.

# $time (String): time of day to be there by.
calendar-alarm-soon = Immigration appointment today. Be there by { $time }.
