### Days, slots and places.

# $date (String): a date.
# $time (String): a time of day, or a band of time.
slot-when = { $date }, { $time }

# $branch (String): name of the branch.
# $date (String): the day asked for.
# $why (String): why it is closed.
day-closed = Sorry, the office at { $branch } is closed on { $date } ({ $why }).

# $date (String): the next day the branch is open.
day-next-open = The next day it is open is { $date }.

day-none-open = It has no open day left in the booking period. Please choose another branch.

closed-rest-day = weekly rest day

# $name (String): name of the public holiday.
closed-holiday = public holiday: { $name }

# $name (String): name of the public holiday.
closed-holiday-estimated = public holiday: { $name }, date not final

# $date (String): the day.
day-full = Sorry, all slots on { $date } are full. Please choose another date.

# $date (String): the day.
day-without-slots = Sorry, there are no slots for this service on { $date }, although the office is open. Please choose another date.

# $date (String): the day asked for.
# $first (String): first bookable day.
day-too-soon = Sorry, { $date } can no longer be booked. Dates from { $first } on can be booked.

# $date (String): the day asked for.
# $last (String): last bookable day.
day-too-late = Sorry, { $date } cannot be booked yet. For now dates up to { $last } can be booked.

# $branch (String): name of the branch.
# $service (String): name of the service.
days-none = Sorry, the office at { $branch } has no free slot for “{ $service }” at the moment. Please choose another branch, or try again tomorrow: a new date opens every day, and cancelled places are offered again.

# $year (String): four digits.
holidays-unknown = Please note: the list of public holidays for { $year } is not in the system yet. If that date is later declared a holiday, the appointment will have to be changed.

# $branch (String): name of the branch.
# $service (String): name of the service.
place-without-service = Sorry, the office at { $branch } does not offer “{ $service }”.

# $branches (String): names of branches, with semicolons between them.
place-with-service = In the same state it is offered at: { $branches }.

place-none-with-service = No other office in that state offers it.

# $time (String): the time asked for.
slot-none-at = Sorry, there is no free slot at { $time }, so please choose another time.

# $slot (String): day and time.
slot-full = Sorry, the slot on { $slot } is full.

# $slot (String): day and time.
slot-gone = Sorry, the slot on { $slot } is no longer offered. Please choose another time.

# $slot (String): day and time.
hold-won = There is still a place on { $slot }, and it is being held for you.

hold-won-again = Your time to confirm ran out, but the same place was still free and is held for you again. Please confirm once more.

# $slot (String): day and time.
hold-lost = Sorry, your time to confirm ran out and the slot on { $slot } has been taken by someone else.

# $service (String): name of the service.
limit-one = Sorry, this identity number already has an appointment, or a booking being made, for “{ $service }”. Each number can have only one appointment for each service. Please change or cancel the one there is, or correct the number or the service. It may have been made in another chat or by e-mail; if it is not yours, type QUESTIONS for where to ask.

# $limit (Number): live bookings one conversation may hold.
limit-many =
    Sorry, at most { $limit ->
        [one] { $limit } appointment
       *[other] { $limit } appointments
    } can be made from here at one time. Please cancel one that is not needed, or book again after one is over.

# $date (String): end of the block.
limit-blocked = Sorry, this identity number is blocked from booking until { $date }. If you think this is a mistake, please contact the Department at www.imi.gov.my or MyGCC 03-8000 8000.

# Lines with the branches follow.
place-nearest = These branches are nearest to you. Your location is not kept.

# $branch (String): name of the branch.
# $kilometres (Number): distance as the crow flies.
place-nearest-line = { $branch }: about { $kilometres } km
