### What staff are told, in their own conversation.

# $name (String): the member's name.
# $role (String): what they are.
staff-joined = Welcome, { $name }. You are registered as { $role }. Everything you do here is recorded in the audit trail.

# $role (String): the role's name.
staff-role =
    { $role ->
        [officer] officer
        [supervisor] supervisor
       *[admin] administrator
    }

# $role (String): what they are.
# $reach (String): the branches within their reach.
staff-menu =
    Commands for staff. You are: { $role }.
    Branches: { $reach }.

staff-everywhere = all

# $malay (String): the command in Malay, without the stroke.
# $english (String): the command in English, without the stroke.
# $what (String): what it does.
staff-menu-line = /{ $malay } or /{ $english } – { $what }

# $order (String): the English word of the command.
staff-order =
    { $order ->
        [staff] this list of commands
        [today] the list of a day, such as /today, /today tomorrow, /today 5/1
        [find] find a person by reference, queue number, name, or last digits of identity card, passport or phone
        [subscribe] the day’s list sent by itself, such as /subscribe 7.30; /subscribe off ends it
        [counter] book for a person at the counter
        [stats] how full the next 14 days are, and how many came
        [sellout] which services run out, and when
        [close] close a branch for a day or for hours, and offer everybody a new place
       *[open] open again what was closed
    }

staff-unclear = Sorry, that was not understood. Please choose one of the buttons, or type /staff to see the commands.

staff-which-branch = At which branch? Please choose, or type its name, such as Johor Bahru.

staff-usage-day = Please name one day, such as /today, /today tomorrow or /today 5/1, and a branch if you like: /today tomorrow Johor Bahru.
staff-usage-subscribe = Please name the time at which the day’s list is to come, such as /subscribe 7.30 am. To end it: /subscribe off.
staff-usage-close = Please name the day or days, and a branch if you have several, such as /close 5/1 or /close 5/1 to 7/1. Only some hours: /close 5/1 2pm to 5pm. You will be asked for the reason.
staff-usage-open = Please name the closed day, and a branch if you have several, such as /open 5/1.

staff-not-allowed = Your role does not allow this, or the branch is not one of yours. Please ask your supervisor.
staff-no-such-booking = No such appointment was found at your branches. Please check the reference.
staff-not-any-more = This cannot be done with the appointment as it is now: it is cancelled, over, or still to come on another day.

# $branch (String): name of the branch.
# $date (String): the day.
staff-day = { $branch }, { $date }

# $why (String): why it is closed.
staff-day-closed = Closed: { $why }.

staff-day-empty = There are no appointments on this day.

# $all (Number): appointments that stand.
# $expected (Number): of them not yet noted.
# $arrived (Number): of them arrived.
# $late (Number): of them late.
# $no_show (Number): of them not come.
# $cancelled (Number): cancelled appointments.
staff-day-totals = Appointments: { $all } (awaited { $expected }, arrived { $arrived }, late { $late }, no-show { $no_show }). Cancelled: { $cancelled }.

# $time (String): the slot's time.
# $all (Number): appointments in it.
# $services (String): services with their numbers.
staff-day-count = { $time }: { $all } ({ $services })

# $time (String): the slot's time.
# $queue (Number): the queue number.
# $name (String): the masked name.
# $reference (String): the reference.
# $state (String): where it stands.
staff-entry = { $time } · Q{ $queue } · { $name } · { $reference } · { $state }

# $time (String): time of day.
staff-day-at = As of { $time }

staff-state = Status
staff-state-booked = booked
staff-state-arrived = arrived
staff-state-late = late
staff-state-no-show = no-show
staff-state-cancelled = cancelled

# $state (String): the state.
# $time (String): when it was noted.
staff-state-at = { $state }, { $time }

# $text (String): as typed.
# $count (Number): how many were found.
staff-found =
    { $count ->
        [0] Nobody was found for “{ $text }”.
        [one] One appointment was found for “{ $text }”:
       *[other] { $count } appointments were found for “{ $text }”:
    }

# $date (String): the day.
# $branch (String): the branch.
# $entry (String): the appointment.
staff-found-line = { $date }, { $branch }: { $entry }

staff-found-more = There are more. Please type more of the name, or the reference.

# $from (String): first day looked through.
# $to (String): last day looked through.
staff-found-within = Looked through: { $from } to { $to }. For another day, type it after the name, such as /find kumar 29/11.

staff-find-whom = Whom are you looking for? Type the reference, the queue number, part of the name, or the last digits of the identity card, passport or phone.

# $queue (Number): the queue number.
# $name (String): the masked name.
staff-card = Queue number { $queue }: { $name }

staff-card-other-day = Please note: this appointment is not for today.

# $count (Number): how many notes there are.
staff-card-notes =
    { $count ->
        [one] There is a note from a colleague.
       *[other] There are { $count } notes from colleagues.
    }

# $date (String): last day of the block.
staff-card-blocked = This identity is blocked up to and including { $date }.

staff-whole = Full record. This look has been written to the audit trail.

# $date (String): last day of the block.
# $reason (String): why.
staff-whole-block = Blocked up to and including { $date }: { $reason }

# $when (String): day and time.
# $by (String): who.
# $text (String): what.
staff-whole-note = Note, { $when }, { $by }: { $text }

# $reference (String): the reference.
staff-why-cancel = Why is appointment { $reference } cancelled? Type the reason; the applicant will be told it in these words.

# $reference (String): the reference.
staff-what-note = What should colleagues know about appointment { $reference }? The applicant does not see it.

# $reference (String): the reference.
staff-why-block = Until when and why is the identity of appointment { $reference } blocked? For example: until 31 March, false documents. Without a date it is 90 days. The person will be told the reason in these words.

staff-reason-needed = Please type a few words, at most 500 characters.
staff-block-end-needed = The end of a block must be a day to come, within two years. Please type it again, with the reason.

# $state (String): what was noted.
staff-marked = Noted: { $state }.
staff-unmarked = The note was taken back.
staff-cancelled = The appointment is cancelled. The applicant is being told the reason.
staff-noted = The note is kept.

# $date (String): last day of the block.
staff-blocked = The identity is blocked up to and including { $date }. The person is being told the reason, and how to object.
staff-unblocked = The identity is not blocked any more.
staff-dropped = All right, nothing was changed.

# $time (String): time of day.
staff-subscribed = At { $time } each day the list of the day will be sent to you. To end it: /subscribe off.
staff-unsubscribed = The list will no longer be sent by itself.

staff-counter = Booking for a person at the counter. Please enter that person’s details; let them read and agree to the terms. /staff ends this.

# $closure (String): where and when.
staff-why-close = { $closure } is to be closed. What is the reason? The applicants will be told it in these words; for both languages type Malay / English.

staff-close-changed = Something has changed since you looked, so nothing was closed. Please look again.

# $closure (String): where and when.
# $reason (String): why.
# $places (Number): places that would not be offered any more.
# $bookings (Number): appointments that would be cancelled.
staff-close-preview =
    To be closed: { $closure }
    Reason: { $reason }
    Places no longer offered: { $places }
    Appointments cancelled: { $bookings }

# $channel (String): where they were made.
# $count (Number): how many.
staff-close-channel = { $channel ->
    [telegram] – on Telegram
    [email] – by e-mail
   *[terminal] – at the terminal
}: { $count }

# $count (Number): people who cannot be told.
staff-close-unreachable = People who can only be called: { $count }

staff-close-sure = Each applicant will be told the reason, and another place will be held for them to accept. Nothing has been closed yet.
staff-close-when = A branch can be closed from today on, at most two years ahead. Please name such a day.

# $closure (String): where and when.
# $reason (String): why.
# $state (String): how far it is: ordered, telling or done.
# $bookings (Number): appointments it has to do with.
# $told (Number): people told.
# $offered (Number): of them offered another place.
# $accepted (Number): who have taken it.
# $declined (Number): who do not want it.
# $unreached (Number): who cannot be reached.
staff-closing =
    { $closure }: { $state ->
        [ordered] being closed
        [telling] closed, applicants are being told
       *[done] closed, all applicants have been dealt with
    }
    Reason: { $reason }
    Appointments: { $bookings }
    Told: { $told }
    Offered another place: { $offered } (accepted { $accepted }, declined { $declined })
    Not reached: { $unreached }

# $count (Number): how many.
staff-unreached = { $count ->
    [0] Everybody has been reached.
   *[other] Please call these people ({ $count }); this look has been written to the audit trail:
}

# $reference (String): their appointment.
# $name (String): their name.
# $phone (String): their telephone.
staff-call = { $name }, { $phone } ({ $reference })

# $closure (String): where and when.
# $closings (Number): how many closings that concerns.
staff-reopened = { $closings ->
    [0] { $closure }: nothing that staff closed was found there. A public holiday or other hours are changed in the catalogue.
   *[other] { $closure }: open again for new bookings. Appointments that were cancelled stay cancelled.
}

# $page (Number): this page.
# $pages (Number): how many there are.
staff-tap-refresh = 🔄 { $page }/{ $pages }
staff-tap-day = List of the day
staff-tap-card = Appointment
staff-tap-whole = Full record
staff-tap-unmark = ↩ Take back
staff-tap-cancel = Cancel it
staff-tap-note = Note
staff-tap-block = Block
staff-tap-unblock = Unblock
staff-tap-close = Close and tell everybody
staff-tap-closing = 🔄 Progress
staff-tap-unreached = People to call
staff-tap-drop = Leave it
