### Hari, slot dan tempat.

# $date (String): a date.
# $time (String): a time of day, or a band of time.
slot-when = { $date }, { $time }

# $branch (String): name of the branch.
# $date (String): the day asked for.
# $why (String): why it is closed.
day-closed = Maaf, pejabat { $branch } tutup pada { $date } ({ $why }).

# $date (String): the next day the branch is open.
day-next-open = Hari buka yang berikutnya ialah { $date }.

day-none-open = Tiada hari buka lagi dalam tempoh tempahan. Sila pilih cawangan lain.

closed-rest-day = hari rehat mingguan

# $name (String): name of the public holiday.
closed-holiday = cuti umum: { $name }

# $name (String): name of the public holiday.
closed-holiday-estimated = cuti umum: { $name }, tarikh belum muktamad

# $date (String): the day.
day-full = Maaf, semua slot pada { $date } telah penuh. Sila pilih tarikh lain.

# $date (String): the day.
day-without-slots = Maaf, tiada slot untuk urusan ini pada { $date }, walaupun pejabat dibuka. Sila pilih tarikh lain.

# $date (String): the day asked for.
# $first (String): first bookable day.
day-too-soon = Maaf, { $date } tidak boleh ditempah lagi. Tempahan dibuka untuk { $first } dan selepasnya.

# $date (String): the day asked for.
# $last (String): last bookable day.
day-too-late = Maaf, { $date } belum boleh ditempah. Buat masa ini tempahan dibuka hingga { $last }.

# $branch (String): name of the branch.
# $service (String): name of the service.
days-none = Maaf, tiada slot kosong di pejabat { $branch } untuk “{ $service }” buat masa ini. Sila pilih cawangan lain, atau cuba lagi esok: tarikh baharu dibuka setiap hari, dan tempat yang dibatalkan ditawarkan semula.

# $year (String): four digits.
holidays-unknown = Perhatian: senarai cuti umum tahun { $year } belum ada dalam sistem. Jika tarikh itu kemudian diisytiharkan cuti umum, temujanji perlu ditukar.

# $branch (String): name of the branch.
# $service (String): name of the service.
place-without-service = Maaf, pejabat { $branch } tidak menawarkan “{ $service }”.

# $branches (String): names of branches, with semicolons between them.
place-with-service = Di negeri yang sama, urusan ini ada di: { $branches }.

place-none-with-service = Tiada pejabat lain di negeri itu yang menawarkannya.

# $time (String): the time asked for.
slot-none-at = Maaf, tiada slot kosong pada { $time }. Sila pilih masa lain.

# $slot (String): day and time.
slot-full = Maaf, slot pada { $slot } telah penuh.

# $slot (String): day and time.
slot-gone = Maaf, slot pada { $slot } tidak ditawarkan lagi. Sila pilih masa lain.

# $slot (String): day and time.
hold-won = Masih ada tempat pada { $slot }. Tempat itu sedang dipegang untuk anda.

hold-won-again = Masa untuk mengesahkan telah tamat, tetapi tempat yang sama masih kosong dan dipegang semula untuk anda. Sila sahkan sekali lagi.

# $slot (String): day and time.
hold-lost = Maaf, masa untuk mengesahkan telah tamat dan slot pada { $slot } telah diambil oleh orang lain.

# $service (String): name of the service.
limit-one = Maaf, nombor pengenalan ini sudah mempunyai temujanji, atau tempahan yang sedang dibuat, untuk “{ $service }”. Setiap nombor boleh mempunyai satu temujanji sahaja bagi setiap urusan. Sila tukar atau batalkan temujanji yang ada, atau betulkan nombor atau urusan. Temujanji itu mungkin dibuat dalam perbualan lain atau melalui e-mel; jika bukan milik anda, taip SOALAN untuk tempat bertanya.

# $limit (Number): live bookings one conversation may hold.
limit-many = Maaf, paling banyak { $limit } temujanji boleh dibuat dari sini pada satu masa. Sila batalkan yang tidak diperlukan, atau tempah semula selepas salah satu selesai.

# $date (String): end of the block.
limit-blocked = Maaf, nombor pengenalan ini disekat daripada membuat tempahan sehingga { $date }. Jika anda rasa ini satu kesilapan, sila hubungi Jabatan melalui www.imi.gov.my atau MyGCC 03-8000 8000.

# Lines with the branches follow.
place-nearest = Inilah cawangan yang paling dekat dengan anda. Lokasi anda tidak disimpan.

# $branch (String): name of the branch.
# $kilometres (Number): distance as the crow flies.
place-nearest-line = { $branch }: kira-kira { $kilometres } km
