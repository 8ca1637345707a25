### Temujanji yang dibatalkan oleh pejabat, dan apa yang menyusul.

# $reference (String): its reference.
# $slot (String): day and time.
# $branch (String): name of the branch.
# $name (String): who was to come.
# $reason (String): why, in the words of staff.
closing-called-off =
    Dukacita dimaklumkan, temujanji { $reference } atas nama { $name } pada { $slot } di { $branch } telah dibatalkan oleh pihak pejabat.
    Sebab: { $reason }
    Slipnya tidak boleh digunakan lagi. Jabatan memohon maaf atas kesulitan ini. Anda boleh membuat tempahan baharu pada bila-bila masa: taip TEMPAH.

# $date (String): the last day.
# $reason (String): why, in the words of staff.
closing-blocked =
    Dimaklumkan, pemohon ini tidak dibenarkan membuat tempahan temujanji sehingga { $date }.
    Sebab: { $reason }
    Jika anda tidak bersetuju, sila kemukakan bantahan secara bertulis berserta dokumen sokongan kepada cawangan berkenaan atau di kaunter Jabatan Imigresen Malaysia.

# $reference (String): its reference.
# $slot (String): day and time.
# $branch (String): name of the branch.
# $name (String): who was to come.
# $reason (String): why the branch closes.
closing-closed =
    Dukacita dimaklumkan, temujanji { $reference } atas nama { $name } pada { $slot } di { $branch } terpaksa dibatalkan kerana pejabat ditutup pada waktu itu.
    Sebab: { $reason }
    Slipnya tidak boleh digunakan lagi. Jabatan memohon maaf atas kesulitan ini.

closing-no-offer = Buat masa ini tiada tempat lain yang dapat dipegang untuk anda. Anda boleh membuat tempahan baharu pada bila-bila masa: taip TEMPAH.

closing-declined = Baik, tempat itu telah dilepaskan. Anda boleh membuat tempahan baharu pada bila-bila masa: taip TEMPAH.

# $from (String): the first day.
# $to (String): the last day.
closing-days = { $from } hingga { $to }

# For the officer who ordered it.
# $branch (String): name of the branch.
# $days (String): the days.
# $bookings (Number): appointments that were called off.
# $told (Number): how many people were told.
# $offered (Number): how many were offered another place.
# $accepted (Number): how many have taken it.
# $unreached (Number): how many cannot be reached.
closing-done =
    Penutupan { $branch } ({ $days }) telah selesai diuruskan.
    Temujanji dibatalkan: { $bookings }
    Pemohon dimaklumkan: { $told }
    Tempat ganti ditawarkan: { $offered } (diterima setakat ini: { $accepted })
    Tidak dapat dihubungi: { $unreached }
