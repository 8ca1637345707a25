### What only Telegram shows: buttons, the calendar, commands, the bot's profile.

telegram-share-contact = 📱 Share my number

telegram-share-location = 📍 Send my location

telegram-location-hint = You can also send your location to see the nearest branches. It is not kept.

telegram-back = ◀ Back

# Below the question for the day.
telegram-legend = 15 has places · ✖15 is full · (15) is closed

# Head of a column of the calendar.
# $weekday (Number): 1 for Monday to 7 for Sunday.
telegram-weekday =
    { $weekday ->
        [1] Mo
        [2] Tu
        [3] We
        [4] Th
        [5] Fr
        [6] Sa
       *[7] Su
    }

# $month (Number): 1 to 12.
# $year (String): four digits.
telegram-month =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }

# $page (Number): the page shown, from 1.
# $pages (Number): how many there are.
telegram-page = { $page } / { $pages }

# A choice whose label is too long for a button, by its number.
# $number (Number): what may be typed.
# $label (String): what it is called.
telegram-number = { $number }. { $label }

telegram-slow = You are writing faster than can be read. The messages just now were not read; please wait a little and send the last one again.

# Said in a group, by whoever calls the bot there.
# $link (String): opens the private chat.
telegram-group = Appointments are made in a private chat, so that nobody else reads your details: { $link }

# $reference (String): its reference.
telegram-slip-caption = Appointment slip { $reference }

# $reference (String): its reference.
telegram-ics-caption = Calendar entry for { $reference }: open it to be reminded.

# The bot's profile: shown in an empty chat, at most 512 characters.
telegram-about =
    Books counter appointments at the Immigration Department of Malaysia, in Malay or English. Booking is free; there are no agents.

    Press START, answer a few questions, choose a date and time, and the appointment slip comes here.

# The bot's profile: shown in its page and in links, at most 120 characters.
telegram-about-short = Book, change or cancel a counter appointment at the Immigration Department. Free, no agents.

telegram-command-book = Make a new booking
telegram-command-bookings = See, change or cancel my appointments
telegram-command-back = The question before
telegram-command-change = Correct a detail
telegram-command-stop = Stop the unfinished booking
telegram-command-language = Bahasa Melayu / English
telegram-command-help = Everything you can do
