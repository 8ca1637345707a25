### Senarai temujanji sehari, untuk pegawai: kertas, hamparan dan terminal.

sheet-title = Senarai Temujanji Harian
sheet-appointments = Temujanji
sheet-about = Maklumat

sheet-branch = Pejabat
sheet-date = Tarikh
sheet-here = Hadir
sheet-time = Masa
sheet-queue = No. giliran
sheet-name = Nama
sheet-reference = No. rujukan
sheet-service = Urusan
sheet-service-code = Kod urusan
sheet-standing = Status
sheet-note = Catatan

# $standing (String): booked, arrived, late, no_show or cancelled.
staff-standing =
    { $standing ->
        [arrived] Hadir
        [late] Hadir lewat
        [no_show] Tidak hadir
        [cancelled] Dibatalkan
       *[booked] Ditempah
    }

sheet-counts = Bilangan pelanggan mengikut masa dan urusan
sheet-total = Jumlah
sheet-empty = Tiada temujanji pada tarikh ini.

# $page (String): number of the page.
# $pages (String): how many there are.
sheet-page = Muka surat { $page } daripada { $pages }

# $date (String): a long date.
# $time (String): time of day.
sheet-made = Dijana pada { $date }, { $time }

sheet-confidential = Untuk kegunaan pegawai sahaja. Senarai ini mengandungi data peribadi; sila lupuskan dengan selamat selepas digunakan.
sheet-sample = Data contoh: butiran pejabat dalam senarai ini bukan maklumat rasmi.
