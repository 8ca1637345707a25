### Questions.

ask-language = Please choose a language.

ask-terms = Do you agree to these terms and conditions and the privacy notice? Reply YES or NO.

# $email (String): where the code was sent.
ask-code = Please type the six-digit code sent to { $email }. If it does not arrive in a few minutes, check the spam folder.

# $typed (String): the address as typed.
# $meant (String): the address as probably meant.
ask-email-meant = You typed { $typed }. Did you mean { $meant }?

# $document (String): kind of document with its masked number.
ask-identity-meant = That number looks like another document: { $document }. Use this document?

# Lines with name and value follow.
ask-reuse = Use the details from your last booking?

ask-email = Please type your e-mail address, for example nama@example.com. This address is needed for the appointment slip.

ask-name = Please type the applicant’s full name as on the identity document, for example Siti Aminah binti Ali.

ask-identity = Which identity document will the applicant use? Please choose its kind.

ask-mykad = Please type the applicant’s identity card number (12 digits), for example 900101-14-5551.

ask-passport = Please type the applicant’s passport number, for example A12345678.

ask-other-document = Please type the number of the applicant’s document, such as a UNHCR card or an SPLP, for example AB-123456.

ask-address = Please type the applicant’s full address with postcode, for example No. 12, Jalan Mawar 3/4, Taman Melati, 53100 Kuala Lumpur.

ask-phone = Please type the applicant’s telephone number, for example 012-345 6789. A number abroad begins with +, for example +62 812 3456 7890.

ask-state = In which state do you want to come? Please choose, or type the name of a town or an office, for example Kajang.

ask-branch = To which branch do you want to come? Please choose, or type a town, building or road, for example Jalan Duta.

# $state (String): name of the state.
ask-branch-in = To which branch in { $state } do you want to come?

# $branch (String): name of the branch.
ask-service = What is the applicant’s business at { $branch }? Please choose, or say it in your own words.

ask-any-service = What is the applicant’s business? Please say it in your own words, for example passport or worker permit.

# $branch (String): name of the branch.
# $days (Number): days with free places.
# $last (String): last bookable day.
# $example (String): a date as people type it.
ask-date =
    Please choose a date at { $branch }. There are places on { $days ->
        [one] { $days } day
       *[other] { $days } days
    } up to { $last }; you can also type another date, for example { $example }.

ask-any-date = On which date do you want to come? You can also type tomorrow, Monday or next week.

# $branch (String): name of the branch.
# $date (String): the day.
ask-time = Please choose a time on { $date } at { $branch }.

ask-any-time = At what time do you want to come? For example 9.30 a.m.

# What a field holds while it is being changed.
# $line (String): its name and value.
ask-current = At present – { $line }

# $field (String): what was asked for, as in field-name.
ask-which = Please make sure of the { $field }: choose the one you mean below, or type it again.

# Nothing can be booked like this.
ask-blocked = What would you like to do?

ask-other-slot = These are the nearest free slots. Please choose, or type another date or time.

# Lines with name and value follow.
ask-review = Please check the details below.

# $reference (String): reference of the booking that is being moved.
review-moving = This appointment replaces { $reference }, which stands until you confirm.

# $time (String): time of day, with the date if it is another day.
# $left (String): time left.
review-hold = This place is held for you until { $time } ({ $left } left).

review-answer = Reply YES to confirm or CHANGE to correct.

ask-change = What would you like to correct?

# A line about each booking follows.
ask-bookings = These are your appointments. Please choose one.

# $reference (String): its reference.
# $name (String): the applicant.
# $service (String): name of the service.
ask-bookings-line = { $reference }: { $name }, { $service }

ask-booking = What would you like to do with this appointment?

# Lines about the booking follow.
ask-cancel = Cancel this appointment? Its place will be given to someone else.

# Lines about the place that is held follow.
# $reference (String): reference of the booking that was called off.
# $name (String): the applicant.
ask-offer = Instead of appointment { $reference } for { $name }, a place is being held for you:

# $time (String): time of day, with the date if it is another day.
ask-offer-held =
    Held until: { $time }
    Reply YES to take this place, or NO to give it back.

ask-offer-lapsed = The time for which this place was held is over. Reply YES to try for it again, or NO if you do not want it.

ask-resume = Your booking is not finished. Go on, or start again?

ask-idle = What would you like to do next? Type HELP to see everything you can do.
