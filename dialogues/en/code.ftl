### Proving the e-mail address.

# $email (String): where the code was sent.
# $minutes (Number): how long it is good for.
code-sent =
    A six-digit verification code has been sent to { $email }. It is good for { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }.

# $left (Number): tries left.
code-wrong =
    Sorry, that code is not right. You can try { $left ->
        [one] once
       *[other] { $left } times
    } more. Please check the code in the latest e-mail.

code-spent = Sorry, that code can no longer be used: its time is up, or there were too many wrong tries. Please ask for a new code.

# $time (String): time of day, with the date if it is another day.
# $left (String): how long until then.
code-later = No new code can be sent just yet. You can ask for one from { $time } ({ $left } from now). The last one may take a minute, or lie among spam; it works as long as its time is not up.

code-elsewhere = There is no need to send the verification code by e-mail. Please type it in the conversation where you are making your booking.

email-proved = Thank you. Your e-mail address has been verified.

email-unproved = Your e-mail address is taken without verification, because no e-mail can be sent from here. Please make sure the spelling is right.
