### Yang hanya ditunjukkan oleh Telegram: butang, kalendar, arahan, profil bot.

telegram-share-contact = 📱 Kongsi nombor saya

telegram-share-location = 📍 Hantar lokasi saya

telegram-location-hint = Anda juga boleh menghantar lokasi untuk melihat cawangan terdekat. Lokasi tidak disimpan.

telegram-back = ◀ Kembali

# Below the question for the day.
telegram-legend = 15 ada tempat · ✖15 penuh · (15) tutup

# Head of a column of the calendar.
# $weekday (Number): 1 for Monday to 7 for Sunday.
telegram-weekday =
    { $weekday ->
        [1] Is
        [2] Se
        [3] Ra
        [4] Kh
        [5] Ju
        [6] Sa
       *[7] Ah
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

telegram-slow = Anda menulis terlalu cepat untuk dibaca. Mesej yang baru dihantar tidak dibaca; sila tunggu sebentar dan hantar semula mesej terakhir.

# Said in a group, by whoever calls the bot there.
# $link (String): opens the private chat.
telegram-group = Temujanji dibuat dalam sembang peribadi supaya orang lain tidak membaca butiran anda: { $link }

# $reference (String): its reference.
telegram-slip-caption = Slip temujanji { $reference }

# $reference (String): its reference.
telegram-ics-caption = Catatan kalendar untuk { $reference }: buka untuk diingatkan.

# The bot's profile: shown in an empty chat, at most 512 characters.
telegram-about =
    Tempahan temujanji kaunter Jabatan Imigresen Malaysia, dalam bahasa Melayu atau Inggeris. Percuma; tiada ejen.

    Tekan MULA, jawab beberapa soalan, pilih tarikh dan masa, dan slip temujanji dihantar di sini.

# The bot's profile: shown in its page and in links, at most 120 characters.
telegram-about-short = Tempah, tukar atau batalkan temujanji kaunter Jabatan Imigresen. Percuma, tiada ejen.

telegram-command-book = Buat tempahan baharu
telegram-command-bookings = Lihat, tukar atau batal temujanji saya
telegram-command-back = Soalan sebelumnya
telegram-command-change = Betulkan butiran
telegram-command-stop = Hentikan tempahan yang belum siap
telegram-command-language = Bahasa Melayu / English
telegram-command-help = Semua yang boleh dibuat
