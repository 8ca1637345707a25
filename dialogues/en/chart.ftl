### Pictures for the staff: how full the slots are, and who came.

# $title (String): what is shown.
# $branch (String): short name of the branch.
chart-heading = { $title }: { $branch }

chart-fullness-title = How full the slots are
chart-fullness-about = Per cent of the places that are booked, by time of the slot
chart-fullness-hourly = Slots of the same hour are put together.
chart-sample = Sample data: hours and capacity of this office are not official.
chart-full = Full
chart-closed = Closed

# $number (String): a number, or two with a dash between them.
chart-percent = { $number }%

chart-rest-day = Weekly rest day
chart-no-places = No slots offered

# $name (String): name of the public holiday.
chart-holiday = Public holiday: { $name }

# $reason (String): why the branch is closed.
chart-closure = Closed: { $reason }

# $reason (String): why the branch is not open on this day.
chart-exception = Not open: { $reason }

# $date (String): the day.
# $why (String): why there are no places.
chart-day-closed = { $date }: { $why }

# $date (String): the day.
# $taken (Number): places taken.
# $capacity (Number): places in all.
# $percent (Number): what is taken, in per cent.
chart-day-taken = { $date }: { $taken } of { $capacity } places booked ({ $percent }%)

# $time (String): time of day.
# $taken (Number): places taken.
# $capacity (Number): places in all.
chart-cell = { $time }: { $taken }/{ $capacity }

# $time (String): time of day.
# $taken (Number): places taken.
# $capacity (Number): places in all.
chart-cell-full = { $time }: { $taken }/{ $capacity } full

chart-turnout-title = Attendance by week
chart-turnout-about = Number of appointments by status
chart-turnout-empty = There are no appointments to show yet.
chart-turnout-none = no appointments
chart-not-noted = Not noted yet

# $percent (Number): those who did not come, in per cent.
chart-no-show-rate = No-show rate { $percent }%

# $from (String): a day.
# $to (String): a later day.
chart-span = { $from } – { $to }

# $week (String): its first and last day.
# $numbers (String): how many came and did not.
chart-week = { $week }: { $numbers }
