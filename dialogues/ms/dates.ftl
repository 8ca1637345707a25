### Tarikh, masa dan tempoh.

# $weekday (Number): 1 for Monday to 7 for Sunday.
# $day (Number): day of the month.
# $month (Number): 1 to 12.
# $year (String): four digits.
date-long =
    { $weekday ->
        [1] Isnin
        [2] Selasa
        [3] Rabu
        [4] Khamis
        [5] Jumaat
        [6] Sabtu
       *[7] Ahad
    }, { $day } { $month ->
        [1] Januari
        [2] Februari
        [3] Mac
        [4] April
        [5] Mei
        [6] Jun
        [7] Julai
        [8] Ogos
        [9] September
        [10] Oktober
        [11] November
       *[12] Disember
    } { $year }

# $weekday (Number): 1 for Monday to 7 for Sunday.
# $day (Number): day of the month.
# $month (Number): 1 to 12.
date-day =
    { $weekday ->
        [1] Isn
        [2] Sel
        [3] Rab
        [4] Kha
        [5] Jum
        [6] Sab
       *[7] Ahd
    }, { $day } { $month ->
        [1] Jan
        [2] Feb
        [3] Mac
        [4] Apr
        [5] Mei
        [6] Jun
        [7] Jul
        [8] Ogos
        [9] Sep
        [10] Okt
        [11] Nov
       *[12] Dis
    }

# $weekday (Number): 1 for Monday to 7 for Sunday.
# $day (Number): day of the month.
# $month (Number): 1 to 12.
# $year (String): four digits.
date-short = { date-day } { $year }

# $part (String): midnight, small-hours, morning, noon, midday (to 1.59 p.m.), afternoon (to 6.59 p.m.) or night.
time-part =
    { $part ->
        [midnight] tengah malam
        [small-hours] tengah malam
        [morning] pagi
        [noon] tengah hari
        [midday] tengah hari
        [afternoon] petang
       *[night] malam
    }

# $clock (String): time on the twelve-hour clock, as 9.30.
# $part (String): the part of the day, as for time-part.
time-of-day = { $clock } { time-part }

# $from (String): start, with the part of the day only where the end has another.
# $to (String): end, with its part of the day.
time-band = { $from } – { $to }

duration-moment = kurang daripada seminit

# $minutes (Number): whole minutes.
duration-minutes = { $minutes } minit

# $hours (Number): whole hours.
duration-hours = { $hours } jam

# $hours (Number): whole hours.
# $minutes (Number): minutes beyond them.
duration-hours-minutes = { $hours } jam { $minutes } minit
