### Jawapan yang tidak diterima: apa yang tidak kena, dan apa yang perlu ditaip.

# $field (String): what was asked for, as in field-name.
refuse-empty = Maaf, { $field } belum diisi. Sila taip { $field }.

# $field (String): what was asked for, as in field-name.
refuse-lookalike = Maaf, { $field } itu mengandungi angka atau huruf daripada tulisan lain. Sila taip semula dengan angka 0–9 dan huruf A–Z biasa.

refuse-email-none = Maaf, tiada alamat e-mel dalam jawapan itu. Sila taip alamat penuh dengan tanda @, contohnya nama@example.com.

refuse-email-several = Maaf, ada lebih daripada satu alamat e-mel. Sila taip satu sahaja, contohnya nama@example.com.

refuse-email-shape = Maaf, alamat e-mel itu tidak lengkap atau tersilap taip. Sila taip semula tanpa ruang, contohnya nama@example.com.

refuse-email-domain = Maaf, bahagian selepas tanda @ tidak lengkap. Sila taip penuh, contohnya nama@gmail.com dan bukan nama@gmail.

# $max (Number): the most characters there may be.
refuse-email-length = Maaf, alamat e-mel itu terlalu panjang; paling banyak { $max } aksara. Sila semak dan taip semula.

refuse-name-too-short = Maaf, nama itu terlalu pendek. Sila taip nama penuh seperti dalam dokumen pengenalan, contohnya Siti Aminah binti Ali.

# $got (Number): characters given.
# $max (Number): the most characters there may be.
refuse-name-too-long = Maaf, nama itu { $got } aksara; paling banyak { $max }. Sila taip nama sahaja, seperti dalam dokumen pengenalan.

refuse-name-digit = Maaf, nama tidak boleh mengandungi angka. Sila taip nama penuh, contohnya Siti Aminah binti Ali.

# $found (String): the mark.
refuse-name-mark = Maaf, nama tidak boleh mengandungi “{ $found }”. Sila taip nama seperti dalam dokumen pengenalan, contohnya Siti Aminah binti Ali.

refuse-name-is-email = Maaf, itu alamat e-mel, bukan nama. Sila taip nama penuh, contohnya Siti Aminah binti Ali.

# $got (Number): digits given.
refuse-mykad-length = Maaf, nombor kad pengenalan mempunyai 12 digit, tetapi yang ditaip { $got } digit. Sila taip semula, contohnya 900101-14-5551.

# $found (String): the first such character.
refuse-mykad-character = Maaf, nombor kad pengenalan tidak boleh mengandungi “{ $found }”. Sila taip 12 digit sahaja, contohnya 900101-14-5551.

refuse-mykad-date = Maaf, enam digit pertama nombor kad pengenalan ialah tarikh lahir (tahun, bulan, hari), dan tarikh itu tidak wujud. Sila semak dan taip semula, contohnya 900101-14-5551.

# $code (String): the seventh and eighth digit.
refuse-mykad-birthplace = Maaf, digit ketujuh dan kelapan ({ $code }) bukan kod tempat lahir yang digunakan. Sila semak dan taip semula, contohnya 900101-14-5551. Jika nombor itu betul, taip PASPORT untuk menggunakan pasport, atau hubungi MyGCC 03-8000 8000.

refuse-old-card = Maaf, itu kelihatan seperti nombor kad pengenalan lama. Sila taip nombor 12 digit, contohnya 900101-14-5551. Jika itu nombor pasport, taip PASPORT dahulu.

refuse-is-passport = Maaf, itu kelihatan seperti nombor pasport. Sila taip nombor kad pengenalan 12 digit, contohnya 900101-14-5551, atau taip PASPORT untuk menggunakan pasport.

refuse-is-mykad = Maaf, itu kelihatan seperti nombor kad pengenalan. Sila taip nombor pasport, contohnya A12345678, atau taip KAD PENGENALAN untuk menggunakan kad pengenalan.

# $got (Number): letters and digits given.
# $min (Number): the fewest there may be.
# $max (Number): the most there may be.
refuse-passport-length = Maaf, nombor pasport mempunyai { $min } hingga { $max } huruf dan angka, tetapi yang ditaip { $got }. Sila taip semula, contohnya A12345678.

# $found (String): the first such character.
refuse-passport-character = Maaf, nombor pasport tidak boleh mengandungi “{ $found }”. Sila taip huruf dan angka sahaja, contohnya A12345678.

refuse-passport-no-digit = Maaf, nombor pasport perlu ada angka. Sila taip nombor pada muka surat utama pasport, contohnya A12345678.

refuse-passport-zeros = Maaf, angka dalam nombor pasport tidak boleh sifar semuanya. Sila taip nombor pada pasport, contohnya A12345678.

refuse-passport-filler = Maaf, tanda “<” bukan sebahagian daripada nombor pasport. Sila taip semula tanpanya, contohnya A12345678.

refuse-passport-machine-zone = Maaf, itu baris penuh di bawah muka surat utama pasport. Sila taip nombor pasport sahaja, contohnya A12345678.

# $got (Number): characters given.
# $min (Number): the fewest there may be.
# $max (Number): the most there may be.
refuse-document-length = Maaf, nombor dokumen perlu { $min } hingga { $max } aksara, tetapi yang ditaip { $got }. Sila taip semula, contohnya AB-123456.

# $found (String): the first such character.
refuse-document-character = Maaf, nombor dokumen tidak boleh mengandungi “{ $found }”. Sila taip huruf, angka, - dan / sahaja, contohnya AB-123456.

refuse-document-no-digit = Maaf, nombor dokumen perlu ada angka selain sifar. Sila taip nombor pada dokumen itu, contohnya AB-123456.

refuse-phone-none = Maaf, tiada nombor telefon dalam jawapan itu. Sila taip nombor pemohon, contohnya 012-345 6789.

refuse-phone-letters = Maaf, nombor telefon tidak boleh mengandungi huruf. Sila taip angka sahaja, contohnya 012-345 6789.

# $found (String): the first such character.
refuse-phone-character = Maaf, nombor telefon tidak boleh mengandungi “{ $found }”. Sila taip angka sahaja, contohnya 012-345 6789.

refuse-phone-is-email = Maaf, itu alamat e-mel, bukan nombor telefon. Sila taip nombor pemohon, contohnya 012-345 6789.

refuse-phone-several = Maaf, ada lebih daripada satu nombor. Sila taip satu sahaja, contohnya 012-345 6789.

# $got (Number): digits given.
refuse-phone-length = Maaf, nombor telefon dengan { $got } digit tidak lengkap atau terlalu panjang. Sila semak dan taip semula, contohnya 012-345 6789, atau +62 812 3456 7890 jika dari luar negara.

# $got (Number): digits given.
# $expected (Number): the right number of digits.
refuse-phone-length-of = Maaf, nombor itu perlu { $expected } digit, tetapi yang ditaip { $got }. Sila semak dan taip semula, contohnya 012-345 6789.

refuse-phone-no-area-code = Maaf, nombor itu tiada kod di hadapannya. Sila taip bermula dengan 0, contohnya 012-345 6789 atau 03-8000 8000, atau dengan + jika dari luar negara.

# $code (String): the area code with its leading 0.
refuse-phone-area-code = Maaf, kod { $code } tidak digunakan di Malaysia. Sila semak dan taip semula, contohnya 012-345 6789. Nombor luar negara bermula dengan +.

refuse-phone-needs-plus = Maaf, itu kelihatan seperti nombor luar negara. Sila taip dengan + dan kod negara, contohnya +62 812 3456 7890.

refuse-phone-country-code = Maaf, tiada negara dengan kod itu. Sila semak nombor selepas +, contohnya +62 812 3456 7890 untuk Indonesia atau +880 1712 345678 untuk Bangladesh.

refuse-phone-not-own = Maaf, itu nombor kecemasan atau nombor perkhidmatan. Sila taip nombor yang boleh digunakan untuk menghubungi pemohon, contohnya 012-345 6789.

refuse-phone-zeros = Maaf, nombor telefon tidak boleh sifar semuanya. Sila taip nombor pemohon, contohnya 012-345 6789.

refuse-address-no-postcode = Maaf, alamat itu tiada poskod lima digit. Sila taip alamat penuh, contohnya No. 12, Jalan Mawar 3/4, Taman Melati, 53100 Kuala Lumpur. Bagi alamat di luar negara, tulis nama negara.

# $postcode (String): the postcode given.
refuse-address-no-state = Maaf, poskod { $postcode } tidak dijumpai. Sila semak poskod itu, atau tulis nama negeri di hujung alamat, contohnya 53100 Kuala Lumpur.

refuse-address-no-street = Maaf, alamat itu tiada nama jalan, taman atau kampung. Sila taip alamat penuh, contohnya No. 12, Jalan Mawar 3/4, Taman Melati, 53100 Kuala Lumpur.

# $got (Number): characters given.
# $max (Number): the most characters there may be.
refuse-address-too-long = Maaf, alamat itu { $got } aksara; paling banyak { $max }. Sila taip nombor, jalan, poskod dan bandar sahaja.

refuse-reference-shape = Maaf, itu bukan nombor rujukan. Nombor rujukan ada pada slip: sepuluh huruf dan angka, contohnya K7Q-M29-XTC2.

refuse-reference-check = Maaf, nombor rujukan itu tersilap taip. Sila semak pada slip dan taip semula.
