### Yang hanya ditunjukkan oleh Telegram: butang, kalendar, arahan, profil bot.

telegram-share-contact = 📱 Kongsi nombor saya

telegram-share-location = 📍 Hantar lokasi saya

telegram-location-hint = Anda juga boleh menghantar lokasi anda untuk melihat cawangan yang terdekat. Lokasi itu tidak disimpan.

telegram-back = ◀ Kembali

# Below the question for the day.
telegram-legend = 15 ada tempat · ✖15 penuh · (15) tutup

# Head of a column of the calendar.
# $weekday (Number): 1 for Monday to 7 for Sunday.
telegram-weekday =
    { $weekday ->
        [1] Isn
        [2] Sel
        [3] Rab
        [4] Kha
        [5] Jum
        [6] Sab
       *[7] Ahd
    }

# $month (Number): 1 to 12.
# $year (String): four digits.
telegram-month =
    { $month ->
        [1] Januari
        [2] Februari
        [3] Mac
        [4] April
        [5] Mei
        [6] Jun
        [7] Julai
        [8] Ogos
        [9] September
        [10] Oktober
        [11] November
       *[12] Disember
    } { $year }

# $page (Number): the page shown, from 1.
# $pages (Number): how many there are.
telegram-page = { $page } / { $pages }

# A choice whose label is too long for a button, by its number.
# $number (Number): what may be typed.
# $label (String): what it is called.
telegram-number = { $number }. { $label }

telegram-slow = Maaf, mesej anda dihantar terlalu kerap dan tidak sempat dibaca. Sila tunggu sebentar, kemudian hantar semula mesej yang terakhir.

# Said in a group, by whoever calls the bot there.
# $link (String): opens the private chat.
telegram-group = Temujanji hanya dibuat dalam sembang peribadi supaya butiran anda tidak dibaca oleh orang lain. Sila buka { $link }

# $reference (String): its reference.
telegram-slip-caption = Slip temujanji { $reference }

# $reference (String): its reference.
telegram-ics-caption = Catatan kalendar bagi temujanji { $reference }. Buka fail ini untuk menerima peringatan.

# The bot's profile: shown in an empty chat, at most 512 characters.
telegram-about =
    Tempahan temujanji kaunter Jabatan Imigresen Malaysia, dalam bahasa Melayu atau bahasa Inggeris. Tempahan ini percuma dan tidak melalui ejen.

    Tekan MULA, jawab beberapa soalan, kemudian pilih tarikh dan masa. Slip temujanji akan dihantar di sini.

# The bot's profile: shown in its page and in links, at most 120 characters.
telegram-about-short = Tempah, tukar atau batalkan temujanji kaunter Jabatan Imigresen. Percuma, tanpa ejen.

telegram-command-book = Buat tempahan baharu
telegram-command-bookings = Lihat, tukar atau batalkan temujanji saya
telegram-command-back = Kembali ke soalan sebelumnya
telegram-command-change = Betulkan butiran
telegram-command-stop = Hentikan tempahan yang belum siap
telegram-command-language = Bahasa Melayu / English
telegram-command-help = Panduan penggunaan
