### Dates, times and durations.

# $weekday (Number): 1 for Monday to 7 for Sunday.
# $day (Number): day of the month.
# $month (Number): 1 to 12.
# $year (String): four digits.
date-long =
    { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    }, { $day } { $month ->
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

# $weekday (Number): 1 for Monday to 7 for Sunday.
# $day (Number): day of the month.
# $month (Number): 1 to 12.
date-day =
    { $weekday ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
       *[7] Sun
    }, { $day } { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }

# $weekday (Number): 1 for Monday to 7 for Sunday.
# $day (Number): day of the month.
# $month (Number): 1 to 12.
# $year (String): four digits.
date-short = { date-day } { $year }

# $part (String): midnight, small-hours, morning, noon, midday (to 1.59 p.m.), afternoon (to 6.59 p.m.) or night.
time-part =
    { $part ->
        [midnight] midnight
        [small-hours] a.m.
        [morning] a.m.
        [noon] noon
        [midday] p.m.
        [afternoon] p.m.
       *[night] p.m.
    }

# $clock (String): time on the twelve-hour clock, as 9.30.
# $part (String): the part of the day, as for time-part.
time-of-day = { $clock } { time-part }

# $from (String): start, with the part of the day only where the end has another.
# $to (String): end, with its part of the day.
time-band = { $from } – { $to }

duration-moment = less than a minute

# $minutes (Number): whole minutes.
duration-minutes = { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }

# $hours (Number): whole hours.
duration-hours = { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    }

# $hours (Number): whole hours.
# $minutes (Number): minutes beyond them.
duration-hours-minutes =
    { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    } { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }
