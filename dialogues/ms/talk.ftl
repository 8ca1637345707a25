### Sapaan dan jalannya perbualan.

talk-welcome =
    Selamat datang ke tempahan temujanji Jabatan Imigresen Malaysia.
    Di sini anda boleh membuat, menukar dan membatalkan temujanji di kaunter.
    Tempahan ini percuma. Jabatan tidak melantik ejen atau orang tengah.

# $limit (Number): the most characters that are read.
talk-too-long = Maaf, mesej itu terlalu panjang. Sila hantar tidak lebih daripada { $limit } aksara. Jawapan anda yang lain masih disimpan.

talk-stale = Pilihan itu untuk soalan yang telah lepas. Sila jawab soalan di bawah.

talk-edited = Mesej yang disunting tidak dibaca semula. Untuk membetulkan jawapan, taip UBAH, atau hantar sebagai mesej baharu.

talk-forwarded = Mesej yang dimajukan tidak dibaca sebagai jawapan. Sila taip jawapan anda, atau salin teksnya dan hantar.

talk-stopped = Tempahan yang belum siap telah dihentikan dan butirannya dipadamkan. Temujanji yang telah disahkan tidak terjejas.

talk-restarted = Tempahan dimulakan semula. Temujanji yang telah disahkan tidak terjejas.

talk-started-afresh = Sistem telah dikemas kini dan sebahagian daripada tempahan anda yang belum siap tidak dapat dibaca lagi. Jawapan yang masih ada disimpan; sila jawab soalan yang tinggal.

talk-language-now = Bahasa Melayu dipilih.

talk-at-the-start = Ini soalan pertama, jadi tiada soalan sebelumnya.
