### Appointments made, changed and cancelled.

# Lines about the booking follow.
booking-confirmed = Your appointment is confirmed.

# Lines about the booking follow.
booking-moved = Your appointment has been changed. The new slip replaces the old one.

booking-bring =
    Please arrive 30 minutes early and bring the appointment slip with complete documents. Have an ATM/debit card or credit card ready for payment.
    If you cannot come, please change or cancel the appointment: type MY BOOKINGS.

# $email (String): the applicant's address.
booking-mailed = The slip is also sent to { $email }.

booking-not-mailed = The slip cannot be sent by e-mail from here. Please keep the slip you are given.

booking-sample = Sample data: some details of this office are not official.

booking-slip = Here is the appointment slip. Please print it or keep it on your phone.

# $reference (String): its reference.
# $slot (String): day and time.
# $branch (String): name of the branch.
booking-cancelled = Appointment { $reference } on { $slot } at { $branch } has been cancelled. Its slip can no longer be used.

booking-unknown = Sorry, that appointment was not found here. It may have been cancelled, or made in another conversation. Type MY BOOKINGS to see your appointments.

booking-too-late = Sorry, the time of that appointment has come or is past, so it cannot be changed or cancelled. You can make a new booking.

booking-none = You have no coming appointments made here.

# A slip that was scanned. Nothing of its person is said.
# $reference (String): the reference on it.
slip-is-genuine = ✅ This slip is genuine: appointment { $reference } stands.

# $reference (String): the reference on it.
slip-is-replaced = ⚠️ This slip has been replaced: appointment { $reference } was changed, and a newer slip is the one that counts.

# $reference (String): the reference on it.
slip-is-cancelled = ❌ This slip is no longer good: appointment { $reference } has been cancelled.

# $reference (String): the reference on it.
slip-is-over = This slip is genuine, and appointment { $reference } is over.

# $reference (String): the reference on it.
slip-is-unknown = ❌ Appointment { $reference } is not known here. The slip may be false, or too old.
