### Temujanji yang dibuat, ditukar dan dibatalkan.

# Lines about the booking follow.
booking-confirmed = Sukacita dimaklumkan, temujanji anda telah disahkan.

# Lines about the booking follow.
booking-moved = Sukacita dimaklumkan, temujanji anda telah ditukar. Slip baharu menggantikan slip yang lama.

booking-bring =
    Sila hadir 30 minit lebih awal dan bawa slip temujanji bersama dokumen yang lengkap. Sediakan kad ATM/debit atau kad kredit untuk bayaran.
    Jika tidak dapat hadir, sila tukar atau batalkan temujanji: taip TEMPAHAN SAYA.

# $email (String): the applicant's address.
booking-mailed = Slip juga dihantar ke { $email }.

booking-not-mailed = Slip tidak dapat dihantar melalui e-mel dari sini. Sila simpan slip yang diberi.

booking-sample = Data contoh: sebahagian butiran pejabat ini bukan maklumat rasmi.

booking-slip = Berikut slip temujanji. Sila cetak atau simpan dalam telefon.

# $reference (String): its reference.
# $slot (String): day and time.
# $branch (String): name of the branch.
booking-cancelled = Temujanji { $reference } pada { $slot } di { $branch } telah dibatalkan. Slipnya tidak boleh digunakan lagi.

booking-unknown = Maaf, temujanji itu tidak dijumpai di sini. Temujanji itu mungkin telah dibatalkan, atau dibuat dalam perbualan lain. Taip TEMPAHAN SAYA untuk melihat temujanji anda.

booking-too-late = Maaf, masa temujanji itu telah tiba atau berlalu, jadi tidak boleh ditukar atau dibatalkan. Anda boleh membuat tempahan baharu.

booking-none = Anda tiada temujanji akan datang yang dibuat di sini.

# A slip that was scanned. Nothing of its person is said.
# $reference (String): the reference on it.
slip-is-genuine = ✅ Slip ini tulen: temujanji { $reference } masih berkuat kuasa.

# $reference (String): the reference on it.
slip-is-replaced = ⚠️ Slip ini telah diganti: temujanji { $reference } telah diubah dan slip yang lebih baharu dipakai.

# $reference (String): the reference on it.
slip-is-cancelled = ❌ Slip ini tidak sah lagi: temujanji { $reference } telah dibatalkan.

# $reference (String): the reference on it.
slip-is-over = Slip ini tulen, dan temujanji { $reference } telah berlalu.

# $reference (String): the reference on it.
slip-is-unknown = ❌ Temujanji { $reference } tidak dikenali di sini. Slip itu mungkin palsu atau terlalu lama.
