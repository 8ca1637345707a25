### Services that run out of places, for the staff.

sellout-title = Services that run out of places
sellout-none = Every service still has places on every day that is open for booking.

# $branch (String): short name of the branch.
# $service (String): short name of the service.
sellout-head = { $branch }: { $service }

# $last (String): the last day that can be booked.
sellout-all = Full on every day until { $last }. No places left.

# $full (Number): days without a place.
# $days (Number): days with slots.
sellout-some = Full on { $full } of { $days } days.

# $date (String): a day.
# $places (Number): places left on it.
sellout-first-free = First free places: { $date } ({ $places ->
    [one] 1 place
   *[other] { $places } places
}).

# $date (String): the day that is full.
# $day (String): the day on which its last place was taken.
# $time (String): the time of day at which it was.
sellout-last-to-go = Last to fill up: { $date }, at { $time } on { $day }.

# $free (Number): places left on all days.
# $capacity (Number): places in all.
sellout-nearly = Nearly full: { $free } of { $capacity } places left.

# $count (Number): services at branches.
sellout-rest = { $count ->
    [one] 1 other service has
   *[other] { $count } other services have
} places on every day.
