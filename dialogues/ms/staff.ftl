### Perkara yang dimaklumkan kepada kakitangan, dalam perbualan mereka sendiri.

# $name (String): the member's name.
# $role (String): what they are.
staff-joined = Selamat datang, { $name }. Anda didaftarkan sebagai { $role }. Segala tindakan anda di sini direkodkan dalam jejak audit.

# $role (String): the role's name.
staff-role =
    { $role ->
        [officer] pegawai
        [supervisor] penyelia
       *[admin] pentadbir
    }

# $role (String): what they are.
# $reach (String): the branches within their reach.
staff-menu =
    Arahan untuk kakitangan. Peranan anda: { $role }.
    Pejabat: { $reach }.

staff-everywhere = semua

# $malay (String): the command in Malay, without the stroke.
# $english (String): the command in English, without the stroke.
# $what (String): what it does.
staff-menu-line = /{ $malay } atau /{ $english } – { $what }

# $order (String): the English word of the command.
staff-order =
    { $order ->
        [staff] senarai arahan ini
        [today] senarai temujanji sesuatu hari, contohnya /hari, /hari esok, /hari 5/1
        [find] cari orang mengikut nombor rujukan, nombor giliran, nama, atau digit akhir kad pengenalan, pasport atau telefon
        [subscribe] senarai hari ini dihantar dengan sendirinya, contohnya /langgan 7.30; /langgan henti untuk menamatkannya
        [counter] tempah untuk orang yang hadir di kaunter
        [stats] kepenuhan 14 hari akan datang dan kehadiran
        [sellout] urusan yang kehabisan tempat, dan bila
        [close] tutup pejabat untuk sehari atau beberapa jam, dan tawarkan tempat baharu kepada semua
       *[open] buka semula yang telah ditutup
    }

staff-unclear = Maaf, itu tidak difahami. Sila pilih salah satu butang, atau taip /staf untuk melihat senarai arahan.

staff-which-branch = Pejabat yang mana? Sila pilih, atau taip namanya, contohnya Johor Bahru.

staff-usage-day = Sila nyatakan satu hari, contohnya /hari, /hari esok atau /hari 5/1, dan pejabat jika perlu: /hari esok Johor Bahru.
staff-usage-subscribe = Sila nyatakan masa senarai itu hendak dihantar, contohnya /langgan 7.30 pagi. Untuk menamatkannya: /langgan henti.
staff-usage-close = Sila nyatakan hari, serta pejabat jika anda mempunyai beberapa, contohnya /tutup 5/1 atau /tutup 5/1 hingga 7/1. Untuk beberapa jam sahaja: /tutup 5/1 2 petang hingga 5 petang. Sebabnya akan ditanya kemudian.
staff-usage-open = Sila nyatakan hari yang ditutup, serta pejabat jika anda mempunyai beberapa, contohnya /buka 5/1.

staff-not-allowed = Peranan anda tidak membenarkan tindakan ini, atau pejabat itu bukan di bawah anda. Sila rujuk penyelia anda.
staff-no-such-booking = Temujanji itu tidak ditemui di pejabat anda. Sila semak nombor rujukannya.
staff-not-any-more = Tindakan ini tidak dapat dibuat: temujanji itu telah dibatalkan, telah berlalu, atau untuk hari lain yang belum tiba.

# $branch (String): name of the branch.
# $date (String): the day.
staff-day = { $branch }, { $date }

# $why (String): why it is closed.
staff-day-closed = Tutup: { $why }.

staff-day-empty = Tiada temujanji pada hari ini.

# $all (Number): appointments that stand.
# $expected (Number): of them not yet noted.
# $arrived (Number): of them arrived.
# $late (Number): of them late.
# $no_show (Number): of them not come.
# $cancelled (Number): cancelled appointments.
staff-day-totals = Temujanji: { $all } (belum hadir { $expected }, hadir { $arrived }, lewat { $late }, tidak hadir { $no_show }). Dibatalkan: { $cancelled }.

# $time (String): the slot's time.
# $all (Number): appointments in it.
# $services (String): services with their numbers.
staff-day-count = { $time }: { $all } ({ $services })

# $time (String): the slot's time.
# $queue (Number): the queue number.
# $name (String): the masked name.
# $reference (String): the reference.
# $state (String): where it stands.
staff-entry = { $time } · Q{ $queue } · { $name } · { $reference } · { $state }

# $time (String): time of day.
staff-day-at = Setakat { $time }

staff-state = Status
staff-state-booked = ditempah
staff-state-arrived = hadir
staff-state-late = lewat
staff-state-no-show = tidak hadir
staff-state-cancelled = dibatalkan

# $state (String): the state.
# $time (String): when it was noted.
staff-state-at = { $state }, { $time }

# $text (String): as typed.
# $count (Number): how many were found.
staff-found =
    { $count ->
        [0] Tiada sesiapa ditemui untuk “{ $text }”.
       *[other] { $count } temujanji ditemui untuk “{ $text }”:
    }

# $date (String): the day.
# $branch (String): the branch.
# $entry (String): the appointment.
staff-found-line = { $date }, { $branch }: { $entry }

staff-found-more = Ada lagi. Sila taip nama dengan lebih lengkap, atau nombor rujukannya.

# $from (String): first day looked through.
# $to (String): last day looked through.
staff-found-within = Carian meliputi { $from } hingga { $to }. Untuk hari lain, taip harinya selepas nama, contohnya /cari kumar 29/11.

staff-find-whom = Siapakah yang dicari? Taip nombor rujukan, nombor giliran, sebahagian nama, atau digit akhir kad pengenalan, pasport atau telefon.

# $queue (Number): the queue number.
# $name (String): the masked name.
staff-card = Nombor giliran { $queue }: { $name }

staff-card-other-day = Perhatian: temujanji ini bukan untuk hari ini.

# $count (Number): how many notes there are.
staff-card-notes = Terdapat { $count } catatan rakan sekerja.

# $date (String): last day of the block.
staff-card-blocked = Pengenalan ini disekat sehingga dan termasuk { $date }.

staff-whole = Rekod penuh. Capaian ini telah dicatat dalam jejak audit.

# $date (String): last day of the block.
# $reason (String): why.
staff-whole-block = Disekat sehingga dan termasuk { $date }: { $reason }

# $when (String): day and time.
# $by (String): who.
# $text (String): what.
staff-whole-note = Catatan, { $when }, { $by }: { $text }

# $reference (String): the reference.
staff-why-cancel = Mengapakah temujanji { $reference } dibatalkan? Taip sebabnya; pemohon akan dimaklumkan dengan kata-kata ini.

# $reference (String): the reference.
staff-what-note = Apakah yang perlu diketahui rakan sekerja tentang temujanji { $reference }? Pemohon tidak melihatnya.

# $reference (String): the reference.
staff-why-block = Sehingga bila dan mengapakah pengenalan bagi temujanji { $reference } disekat? Contohnya: hingga 31 Mac, dokumen palsu. Tanpa tarikh, tempohnya 90 hari. Orang itu akan dimaklumkan sebabnya dengan kata-kata ini.

staff-reason-needed = Sila taip beberapa patah kata, paling banyak 500 aksara.
staff-block-end-needed = Tarikh akhir sekatan mestilah hari yang akan datang, dalam tempoh dua tahun. Sila taip semula berserta sebabnya.

# $state (String): what was noted.
staff-marked = Dicatat: { $state }.
staff-unmarked = Catatan kehadiran ditarik balik.
staff-cancelled = Temujanji telah dibatalkan. Pemohon sedang dimaklumkan sebabnya.
staff-noted = Catatan telah disimpan.

# $date (String): last day of the block.
staff-blocked = Pengenalan itu disekat sehingga dan termasuk { $date }. Orang itu sedang dimaklumkan sebabnya dan cara membantah.
staff-unblocked = Pengenalan itu tidak lagi disekat.
staff-dropped = Baiklah, tiada apa-apa yang diubah.

# $time (String): time of day.
staff-subscribed = Senarai hari ini akan dihantar kepada anda setiap hari pada { $time }. Untuk menamatkannya: /langgan henti.
staff-unsubscribed = Senarai tidak lagi dihantar dengan sendirinya.

staff-counter = Tempahan untuk orang di kaunter. Sila masukkan maklumat orang itu; benarkan dia membaca dan bersetuju dengan terma. /staf untuk menamatkannya.

# $closure (String): where and when.
staff-why-close = { $closure } akan ditutup. Apakah sebabnya? Pemohon akan dimaklumkan dengan kata-kata ini; untuk kedua-dua bahasa, taip Melayu / Inggeris.

staff-close-changed = Ada perubahan sejak semakan anda, jadi tiada apa-apa yang ditutup. Sila semak semula.

# $closure (String): where and when.
# $reason (String): why.
# $places (Number): places that would not be offered any more.
# $bookings (Number): appointments that would be cancelled.
staff-close-preview =
    Akan ditutup: { $closure }
    Sebab: { $reason }
    Tempat yang tidak lagi ditawarkan: { $places }
    Temujanji yang akan dibatalkan: { $bookings }

# $channel (String): where they were made.
# $count (Number): how many.
staff-close-channel = { $channel ->
    [telegram] – melalui Telegram
    [email] – melalui e-mel
   *[terminal] – melalui terminal
}: { $count }

# $count (Number): people who cannot be told.
staff-close-unreachable = Orang yang hanya boleh dihubungi melalui telefon: { $count }

staff-close-sure = Setiap pemohon akan dimaklumkan sebabnya, dan tempat ganti akan dipegang untuk diterima. Belum ada apa-apa yang ditutup.
staff-close-when = Pejabat boleh ditutup mulai hari ini, selewat-lewatnya dua tahun akan datang. Sila nyatakan hari yang sesuai.

# $closure (String): where and when.
# $reason (String): why.
# $state (String): how far it is: ordered, telling or done.
# $bookings (Number): appointments it has to do with.
# $told (Number): people told.
# $offered (Number): of them offered another place.
# $accepted (Number): who have taken it.
# $declined (Number): who do not want it.
# $unreached (Number): who cannot be reached.
staff-closing =
    { $closure }: { $state ->
        [ordered] sedang ditutup
        [telling] ditutup, pemohon sedang dimaklumkan
       *[done] ditutup, semua pemohon telah diuruskan
    }
    Sebab: { $reason }
    Temujanji: { $bookings }
    Dimaklumkan: { $told }
    Tempat ganti ditawarkan: { $offered } (diterima { $accepted }, ditolak { $declined })
    Tidak dapat dihubungi: { $unreached }

# $count (Number): how many.
staff-unreached = { $count ->
    [0] Semua pemohon telah dapat dihubungi.
   *[other] Sila hubungi mereka yang berikut ({ $count }); capaian ini telah dicatat dalam jejak audit:
}

# $reference (String): their appointment.
# $name (String): their name.
# $phone (String): their telephone.
staff-call = { $name }, { $phone } ({ $reference })

# $closure (String): where and when.
# $closings (Number): how many closings that concerns.
staff-reopened = { $closings ->
    [0] { $closure }: tiada penutupan oleh kakitangan ditemui. Cuti umum dan waktu lain diubah dalam katalog pejabat.
   *[other] { $closure }: dibuka semula untuk tempahan baharu. Temujanji yang telah dibatalkan kekal dibatalkan.
}

# $page (Number): this page.
# $pages (Number): how many there are.
staff-tap-refresh = 🔄 { $page }/{ $pages }
staff-tap-day = Senarai hari
staff-tap-card = Temujanji
staff-tap-whole = Rekod penuh
staff-tap-unmark = ↩ Tarik balik
staff-tap-cancel = Batalkan
staff-tap-note = Catatan
staff-tap-block = Sekat
staff-tap-unblock = Nyahsekat
staff-tap-close = Tutup dan maklumkan semua
staff-tap-closing = 🔄 Perkembangan
staff-tap-unreached = Perlu dihubungi
staff-tap-drop = Tinggalkan
