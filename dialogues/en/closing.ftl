### Appointments called off by the office, and what follows.

# $reference (String): its reference.
# $slot (String): day and time.
# $branch (String): name of the branch.
# $name (String): who was to come.
# $reason (String): why, in the words of staff.
closing-called-off =
    We regret to inform you that appointment { $reference } for { $name } on { $slot } at { $branch } has been cancelled by the office.
    Reason: { $reason }
    Its slip can no longer be used. The Department apologises for the inconvenience. You may make a new booking at any time: type BOOK.

# $date (String): the last day.
# $reason (String): why, in the words of staff.
closing-blocked =
    Please be informed that this applicant may not book appointments until { $date }.
    Reason: { $reason }
    If you disagree, please submit a written objection with supporting documents to the branch concerned or at an Immigration Department counter.

# $reference (String): its reference.
# $slot (String): day and time.
# $branch (String): name of the branch.
# $name (String): who was to come.
# $reason (String): why the branch closes.
closing-closed =
    We regret to inform you that appointment { $reference } for { $name } on { $slot } at { $branch } had to be cancelled, as the office is closed at that time.
    Reason: { $reason }
    Its slip can no longer be used. The Department apologises for the inconvenience.

closing-no-offer = There is no other place that can be held for you at present. You may make a new booking at any time: type BOOK.

closing-declined = Noted; the place has been given back. You may make a new booking at any time: type BOOK.

# $from (String): the first day.
# $to (String): the last day.
closing-days = { $from } to { $to }

# For the officer who ordered it.
# $branch (String): name of the branch.
# $days (String): the days.
# $bookings (Number): appointments that were called off.
# $told (Number): how many people were told.
# $offered (Number): how many were offered another place.
# $accepted (Number): how many have taken it.
# $unreached (Number): how many cannot be reached.
closing-done =
    The closing of { $branch } ({ $days }) has been carried out.
    Appointments cancelled: { $bookings }
    Applicants told: { $told }
    Other places offered: { $offered } (accepted so far: { $accepted })
    Not reached: { $unreached }
