### Lines beside the conversation in a terminal.

fault = Sorry, something went wrong here and your last message could not be handled. Your other answers are kept. Please try again.

one-moment = One moment, please. Your message is safe and will be answered.

# $path (String): the file.
terminal-mail-saved = mail saved: { $path }

# $path (String): the file.
terminal-slip-saved = slip saved: { $path }

# $why (String): what the system says, with the file.
terminal-slip-failed = The slip could not be saved ({ $why }). Your appointment stands. Mend the folder, then type “slip” to save it again.

# $why (String): what the system says, with the folder.
terminal-mail-later = The mail could not be saved ({ $why }). Mend the folder; the mail is not lost and is tried again when you write next.

# $why (String): what went wrong.
terminal-mail-given-up = A mail could not be sent ({ $why }).

terminal-working = preparing mail and slip

terminal-waiting = an earlier answer is still with another window; waiting, two minutes at most

terminal-bye = Goodbye. Your answers are kept: run “temujanji chat” again to go on.
