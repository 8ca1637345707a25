### Slip temujanji: sehelai kertas, gambar, teks dan catatan kalendar.

slip-title = Slip Temujanji
slip-department = Jabatan Imigresen Malaysia

slip-reference = Nombor rujukan
slip-queue = Nombor giliran
slip-when = Tarikh dan masa
slip-be-there = Hadir selewat-lewatnya

slip-name = Nama
slip-identity = No. pengenalan
slip-service = Urusan
slip-branch = Pejabat
slip-phone = Telefon

slip-bring = Sila bawa
slip-bring-slip = Slip ini, dicetak atau pada telefon.
slip-bring-identity = Kad pengenalan, pasport atau dokumen asal yang digunakan semasa menempah.
slip-bring-documents = Dokumen yang lengkap untuk urusan ini. Senarainya di www.imi.gov.my.
slip-bring-card = Kad ATM/debit atau kad kredit untuk pembayaran.

slip-terms = Sila ambil perhatian
slip-terms-late = Berada di pejabat 30 minit lebih awal. Jabatan berhak membatalkan temujanji jika anda lewat.
slip-terms-truth = Anda bertanggungjawab atas kesahihan maklumat yang diberi. Jabatan berhak menyemak dan mengesahkannya.
slip-terms-incomplete = Permohonan yang tidak lengkap tidak akan dilayan.

slip-change = Menukar atau membatalkan
slip-change-how = Tulis “tempahan saya” kepada pembantu temujanji, di tempat anda membuat tempahan ini.

# $bot (String): Telegram user name of the assistant, without the @.
slip-change-telegram = Imbas kod QR dengan telefon, atau tulis “tempahan saya” kepada @{ $bot } di Telegram.

slip-code = Kod QR ini mengandungi nombor rujukan dan tandatangan digital sahaja, untuk disemak oleh pegawai. Tiada maklumat peribadi di dalamnya.

# $reference (String): the reference in groups.
slip-code-alt = Kod QR bagi nombor rujukan { $reference }

slip-free = Tempahan ini percuma. Jabatan tidak melantik ejen atau pihak ketiga.

# $date (String): a long date.
# $time (String): time of day.
slip-issued = Dikeluarkan pada { $date }, { $time }

slip-moved = Slip ini menggantikan slip yang dikeluarkan sebelumnya.
slip-unproved = Alamat e-mel pemohon belum disahkan.
slip-sample = Data contoh: butiran pejabat pada slip ini bukan maklumat rasmi.

# $branch (String): name of the branch.
calendar-summary = Temujanji Imigresen: { $branch }

# $branch (String): name of the branch.
calendar-cancelled = Dibatalkan: temujanji Imigresen, { $branch }

# $reference (String): the reference in groups.
# $queue (Number): the queue number.
# $time (String): time of day to be there by.
calendar-description =
    Nombor rujukan: { $reference }
    Nombor giliran: { $queue }
    Hadir selewat-lewatnya: { $time }
    Bawa slip temujanji, dokumen asal yang lengkap dan kad ATM/debit atau kad kredit.

calendar-alarm-day = Temujanji Imigresen esok. Sediakan slip dan dokumen yang lengkap.

# $time (String): time of day to be there by.
calendar-alarm-soon = Temujanji Imigresen hari ini. Hadir selewat-lewatnya { $time }.
