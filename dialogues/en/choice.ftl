### Choices. Without numbers: the channel numbers them.

choice-yes = Yes
choice-no = No
choice-yes-agree = Yes, I agree
choice-no-agree = No, I do not agree

# $email (String): the address as probably meant.
choice-yes-email = Yes, { $email }

# $email (String): the address as typed.
choice-no-email = No, { $email }

choice-no-identity = No, type it again
choice-yes-reuse = Yes, use these details
choice-no-reuse = No, type new details
choice-yes-confirm = Yes, confirm the appointment
choice-no-confirm = Correct the details
choice-yes-cancel = Yes, cancel the appointment
choice-no-cancel = No, keep the appointment
choice-accept = Yes, take this place
choice-decline = No, give it back
choice-keep = Keep it as it is

# $label (String): a day, a time or a slot.
# $places (Number): places left.
choice-places =
    { $label } ({ $places ->
        [one] { $places } place
       *[other] { $places } places
    })

# $slot (String): day and time.
# $branch (String): name of the branch.
choice-slot-at = { $slot }, { $branch }

# $slot (String): day and time.
# $branch (String): name of the branch.
# $reference (String): its reference.
choice-booking = { $slot }, { $branch } ({ $reference })

# $field (String): what is to be changed, as in field-name.
choice-change = Change { $field }

choice-change-any = Correct the details
choice-other-state = Choose another state
choice-go-on = Go on with this booking
choice-book = Make a new booking
choice-bookings = See my appointments
choice-slip = Send the slip again
choice-move = Change the date or time
choice-cancel = Cancel the appointment
choice-new-code = Send a new code
choice-start = Start
choice-back = Back
choice-restart = Start again
choice-stop = Stop
choice-language = Change language
choice-help = Help
choice-questions = Where to ask
choice-documents = Documents to bring
choice-terms = Terms and conditions
choice-privacy = Privacy notice
choice-elsewhere = Continue elsewhere
