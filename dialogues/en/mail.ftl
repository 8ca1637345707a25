### Mails. A subject shows on a locked telephone: it names neither the service nor the applicant.

# The code is not in the subject and not at the head of the text, since both are shown before the telephone is
# unlocked: whoever reads it could prove the address as theirs and be shown what its owner gave last time.
mail-code-subject = Verification code for appointment booking

# $code (String): six digits.
# $minutes (Number): how long it is good for.
mail-code-text =
    Dear Sir/Madam,

    This e-mail address was given to book an appointment at the Immigration Department of Malaysia. To verify that the address is yours, please type the following code in your booking conversation:

    { $code }

    The code is good for { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    } and can be used only once. Do not give it to anyone; officers of the Department will not ask for it.

    If you are not booking an appointment, please ignore this e-mail.

    Thank you.

# $slot (String): day and time.
mail-slip-subject = Appointment slip: { $slot }

# $slot (String): day and time.
mail-moved-subject = Appointment changed: { $slot }

# $slot (String): day and time.
mail-cancelled-subject = Appointment cancelled: { $slot }

# Lines about the booking follow.
mail-slip-opening =
    Dear Sir/Madam,

    Your appointment at the Immigration Department of Malaysia is confirmed. The appointment slip is attached.

# Lines about the booking follow.
mail-moved-opening =
    Dear Sir/Madam,

    Your appointment at the Immigration Department of Malaysia has been changed. A new slip is attached; it replaces the old one.

mail-slip-closing =
    Please arrive 30 minutes early and bring this slip (printed or on your phone) with complete documents. Have an ATM/debit card or credit card ready for payment.

mail-slip-change = To change the date or cancel the appointment, type MY BOOKINGS where you made this booking.

# Where replies are read.
mail-slip-reply = To change the date of the appointment, reply to this e-mail with MY BOOKINGS; to cancel it, reply with CANCEL.

mail-slip-free =
    Booking is free. The Department has appointed no agents or middlemen.

# $reference (String): its reference.
# $slot (String): day and time.
# $branch (String): name of the branch.
mail-cancelled-text =
    Dear Sir/Madam,

    Appointment { $reference } on { $slot } at { $branch } has been cancelled. Its slip can no longer be used.

    If you did not ask for this, please contact the Department at www.imi.gov.my or MyGCC 03-8000 8000. You can make a new booking at any time.

mail-farewell =
    Thank you.
    Appointment booking, Immigration Department of Malaysia

### The conversation by mail. Each says in its first line what to do next.

mail-subject-form = Immigration appointment: please fill in the form
mail-subject-choose = Immigration appointment: please choose
mail-subject-review = Immigration appointment: please check and confirm
mail-subject-answer = Immigration appointment: reply to your e-mail
mail-subject-offer = Immigration appointment: another place for you

mail-next-form = Next step: fill in the form below and reply to this e-mail.
mail-next-choose = Next step: reply to this e-mail with the number of your choice.
mail-next-review = Next step: check the details below and reply YES to confirm.
mail-next-offer = Next step: reply YES to take the place below, or NO.
mail-next-answer = Next step: reply to this e-mail with your answer.
mail-next-done = Your appointment is confirmed. There is nothing more to do; keep the slip that is attached.
mail-next-cancelled = The appointment has been cancelled. There is nothing more to do.
mail-next-idle = For another appointment, reply BOOK; to see your appointments, reply MY BOOKINGS.

mail-how-choose = Reply with the number, or press a choice and send the e-mail that opens.

# Below every mail of the conversation.
mail-footer =
    Just reply to this e-mail: HELP, CHANGE, MY BOOKINGS, CANCEL, STOP or BAHASA MELAYU may be written at any time.
    If you did not ask for this e-mail, ignore it; nothing will happen.

# $token (String): proves who answers.
mail-token = Reply code: { $token }
