### Tempahan yang disambung di tempat lain.

# $code (String): the code.
# $minutes (Number): how long it is good for.
handover-code = Untuk menyambung tempahan ini di tempat lain (Telegram atau e-mel), taip kod ini di sana: { $code }. Kod ini sah selama { $minutes } minit. Jangan berikan kepada sesiapa.

handover-done = Tempahan yang dimulakan di tempat lain disambung di sini.

handover-in-part = Cawangan, urusan, tarikh dan masa telah diambil. Maklumat pemohon hanya diambil selepas alamat e-mel yang sama disahkan di sini; kemudian taip kod itu sekali lagi.

handover-unknown = Maaf, kod itu salah atau telah tamat tempoh. Taip SAMBUNG DI TEMPAT LAIN di tempat tempahan dimulakan untuk mendapatkan kod baharu.
