### Soalan.

ask-language = Sila pilih bahasa.

ask-terms = Adakah anda bersetuju dengan terma dan syarat serta notis privasi ini? Balas YA atau TIDAK.

# $email (String): where the code was sent.
ask-code = Sila taip kod enam digit yang dihantar ke { $email }. Jika tidak sampai dalam beberapa minit, semak folder spam.

# $typed (String): the address as typed.
# $meant (String): the address as probably meant.
ask-email-meant = Anda menaip { $typed }. Adakah maksud anda { $meant }?

# $document (String): kind of document with its masked number.
ask-identity-meant = Nombor itu kelihatan seperti dokumen lain: { $document }. Gunakan dokumen ini?

# Lines with name and value follow.
ask-reuse = Gunakan maklumat daripada tempahan anda yang lalu?

ask-email = Sila taip alamat e-mel anda, contohnya nama@example.com. Alamat ini diperlukan untuk slip temujanji.

ask-name = Sila taip nama penuh pemohon seperti dalam dokumen pengenalan, contohnya Siti Aminah binti Ali.

ask-identity = Apakah dokumen pengenalan pemohon? Sila pilih jenisnya.

ask-mykad = Sila taip nombor kad pengenalan pemohon (12 digit), contohnya 900101-14-5551.

ask-passport = Sila taip nombor pasport pemohon, contohnya A12345678.

ask-other-document = Sila taip nombor dokumen pemohon, seperti kad UNHCR atau SPLP, contohnya AB-123456.

ask-address = Sila taip alamat penuh pemohon dengan poskod, contohnya No. 12, Jalan Mawar 3/4, Taman Melati, 53100 Kuala Lumpur.

ask-phone = Sila taip nombor telefon pemohon, contohnya 012-345 6789. Nombor luar negara bermula dengan +, contohnya +62 812 3456 7890.

ask-state = Di negeri mana anda mahu hadir? Sila pilih, atau taip nama bandar atau pejabat, contohnya Kajang.

ask-branch = Di cawangan mana anda mahu hadir? Sila pilih, atau taip nama bandar, bangunan atau jalan, contohnya Jalan Duta.

# $state (String): name of the state.
ask-branch-in = Di cawangan mana di { $state } anda mahu hadir?

# $branch (String): name of the branch.
ask-service = Apakah urusan pemohon di { $branch }? Sila pilih, atau taip dengan perkataan anda sendiri.

ask-any-service = Apakah urusan pemohon? Sila taip dengan perkataan anda sendiri, contohnya pasport atau permit pekerja.

# $branch (String): name of the branch.
# $days (Number): days with free places.
# $last (String): last bookable day.
# $example (String): a date as people type it.
ask-date = Sila pilih tarikh di { $branch }. Ada tempat pada { $days } hari sehingga { $last }; tarikh lain boleh ditaip, contohnya { $example }.

ask-any-date = Pada tarikh berapa anda mahu hadir? Esok, Isnin atau minggu depan juga boleh ditaip.

# $branch (String): name of the branch.
# $date (String): the day.
ask-time = Sila pilih masa pada { $date } di { $branch }.

ask-any-time = Pukul berapa anda mahu hadir? Contohnya 9.30 pagi.

# What a field holds while it is being changed.
# $line (String): its name and value.
ask-current = Sekarang – { $line }

# $field (String): what was asked for, as in field-name.
ask-which = Sila pastikan { $field } yang dimaksudkan: pilih di bawah, atau taip semula.

# Nothing can be booked like this.
ask-blocked = Apakah yang anda mahu lakukan?

ask-other-slot = Ini slot kosong yang terdekat. Sila pilih, atau taip tarikh atau masa lain.

# Lines with name and value follow.
ask-review = Sila semak maklumat di bawah.

# $reference (String): reference of the booking that is being moved.
review-moving = Temujanji ini menggantikan { $reference }, yang kekal sehingga anda mengesahkan.

# $time (String): time of day, with the date if it is another day.
# $left (String): time left.
review-hold = Tempat ini dipegang untuk anda sehingga { $time } ({ $left } lagi).

review-answer = Balas YA untuk mengesahkan atau UBAH untuk membetulkan.

ask-change = Apakah yang hendak dibetulkan?

# A line about each booking follows.
ask-bookings = Ini temujanji anda. Sila pilih satu.

# $reference (String): its reference.
# $name (String): the applicant.
# $service (String): name of the service.
ask-bookings-line = { $reference }: { $name }, { $service }

ask-booking = Apakah yang hendak dilakukan dengan temujanji ini?

# Lines about the booking follow.
ask-cancel = Batalkan temujanji ini? Tempatnya akan diberikan kepada orang lain.

# Lines about the place that is held follow.
# $reference (String): reference of the booking that was called off.
# $name (String): the applicant.
ask-offer = Sebagai ganti temujanji { $reference } atas nama { $name }, satu tempat sedang dipegang untuk anda:

# $time (String): time of day, with the date if it is another day.
ask-offer-held =
    Dipegang sehingga: { $time }
    Balas YA untuk menerima tempat ini, atau TIDAK untuk melepaskannya.

ask-offer-lapsed = Tempoh pegangan tempat ini telah tamat. Balas YA untuk mencuba mendapatkannya semula, atau TIDAK jika anda tidak mahu.

ask-resume = Tempahan anda belum siap. Teruskan, atau mula semula?

ask-idle = Apakah yang anda mahu lakukan seterusnya? Taip BANTUAN untuk melihat semua pilihan.
