### Urusan yang kehabisan tempat, untuk pegawai.

sellout-title = Urusan yang kehabisan tempat
sellout-none = Semua urusan masih mempunyai tempat pada setiap hari yang dibuka untuk tempahan.

# $branch (String): short name of the branch.
# $service (String): short name of the service.
sellout-head = { $branch }: { $service }

# $last (String): the last day that can be booked.
sellout-all = Penuh pada semua hari sehingga { $last }. Tiada tempat kosong.

# $full (Number): days without a place.
# $days (Number): days with slots.
sellout-some = Penuh pada { $full } daripada { $days } hari.

# $date (String): a day.
# $places (Number): places left on it.
sellout-first-free = Tempat kosong yang terawal: { $date } ({ $places } tempat).

# $date (String): the day that is full.
# $day (String): the day on which its last place was taken.
# $time (String): the time of day at which it was.
sellout-last-to-go = Tarikh yang paling baharu penuh: { $date }, sejak { $day }, { $time }.

# $free (Number): places left on all days.
# $capacity (Number): places in all.
sellout-nearly = Hampir penuh: tinggal { $free } daripada { $capacity } tempat.

# $count (Number): services at branches.
sellout-rest = { $count } urusan lain masih mempunyai tempat pada setiap hari.
