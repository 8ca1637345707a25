### Gambar untuk pegawai: pengisian slot dan kehadiran.

# $title (String): what is shown.
# $branch (String): short name of the branch.
chart-heading = { $title }: { $branch }

chart-fullness-title = Kadar pengisian slot
chart-fullness-about = Peratus tempat yang telah ditempah, mengikut masa slot
chart-fullness-hourly = Slot dalam jam yang sama digabungkan.
chart-sample = Data contoh: waktu dan kapasiti pejabat ini bukan maklumat rasmi.
chart-full = Penuh
chart-closed = Tutup

# $number (String): a number, or two with a dash between them.
chart-percent = { $number }%

chart-rest-day = Hari rehat mingguan
chart-no-places = Tiada slot ditawarkan

# $name (String): name of the public holiday.
chart-holiday = Cuti umum: { $name }

# $reason (String): why the branch is closed.
chart-closure = Ditutup: { $reason }

# $reason (String): why the branch is not open on this day.
chart-exception = Tidak beroperasi: { $reason }

# $date (String): the day.
# $why (String): why there are no places.
chart-day-closed = { $date }: { $why }

# $date (String): the day.
# $taken (Number): places taken.
# $capacity (Number): places in all.
# $percent (Number): what is taken, in per cent.
chart-day-taken = { $date }: { $taken } daripada { $capacity } tempat ditempah ({ $percent }%)

# $time (String): time of day.
# $taken (Number): places taken.
# $capacity (Number): places in all.
chart-cell = { $time }: { $taken }/{ $capacity }

# $time (String): time of day.
# $taken (Number): places taken.
# $capacity (Number): places in all.
chart-cell-full = { $time }: { $taken }/{ $capacity } penuh

chart-turnout-title = Kehadiran mengikut minggu
chart-turnout-about = Bilangan temujanji mengikut status
chart-turnout-empty = Belum ada temujanji untuk ditunjukkan.
chart-turnout-none = tiada temujanji
chart-not-noted = Belum dicatat

# $percent (Number): those who did not come, in per cent.
chart-no-show-rate = Kadar tidak hadir { $percent }%

# $from (String): a day.
# $to (String): a later day.
chart-span = { $from } – { $to }

# $week (String): its first and last day.
# $numbers (String): how many came and did not.
chart-week = { $week }: { $numbers }
