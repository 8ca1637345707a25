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
