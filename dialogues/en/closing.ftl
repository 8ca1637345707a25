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
