### A booking that is gone on with elsewhere.

# $code (String): the code.
# $minutes (Number): how long it is good for.
handover-code =
    To go on with this booking elsewhere (Telegram or e-mail), type this code there: { $code }. It is good for { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }. Do not give it to anyone.

handover-done = The booking begun elsewhere goes on here.

handover-in-part = Branch, service, date and time have been taken over. The applicant’s details are taken over only once the same e-mail address has been verified here; then type the code again.

handover-unknown = Sorry, that code is wrong or too old. Type CONTINUE ELSEWHERE where the booking was begun to get a new one.
