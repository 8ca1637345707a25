### Jawapan yang tidak difahami: apa yang diperlukan, dengan contoh.

unclear-email = Maaf, alamat e-mel itu tidak difahami. Sila taip alamat penuh, contohnya nama@example.com.

unclear-name = Maaf, nama itu tidak difahami. Sila taip nama penuh dengan huruf, contohnya Siti Aminah binti Ali.

unclear-identity = Maaf, dokumen itu tidak difahami. Sila pilih jenis dokumen, atau taip nombornya, contohnya 900101-14-5551 atau A12345678.

unclear-address = Maaf, alamat itu tidak difahami. Sila taip nombor rumah, jalan, poskod dan bandar, contohnya No. 12, Jalan Mawar 3/4, 53100 Kuala Lumpur.

unclear-phone = Maaf, nombor telefon itu tidak difahami. Sila taip nombor seperti 012-345 6789, atau dengan + jika dari luar negara.

unclear-state = Maaf, negeri itu tidak difahami. Sila taip nama negeri atau bandar, contohnya Selangor atau Kajang.

unclear-branch = Maaf, cawangan itu tidak difahami. Sila taip nama bandar, bangunan atau jalan, contohnya Kajang, UTC Sentul atau Jalan Duta.

unclear-service = Maaf, urusan itu tidak difahami. Sila taip dengan perkataan lain, contohnya pasport, pembantu rumah atau permit pekerja.

# $example (String): a date as people type it.
unclear-date = Maaf, tarikh itu tidak difahami. Sila taip hari, bulan dan tahun, contohnya { $example }; esok atau Isnin juga boleh.

unclear-slot = Maaf, masa itu tidak difahami. Sila taip masa, contohnya 9.30 pagi atau 2.30 petang.

unclear-choice = Maaf, jawapan itu tidak difahami. Sila pilih satu daripada yang di bawah, atau taip nombornya.

unclear-yes-no = Maaf, jawapan itu tidak difahami. Sila jawab YA atau TIDAK.

unclear-code = Maaf, itu bukan kod pengesahan. Sila taip enam digit dalam e-mel yang terkini, contohnya 123456.

unclear-language = Maaf, bahasa itu tidak difahami. Sila taip BAHASA MELAYU atau ENGLISH.

unclear-which-field = Maaf, jawapan itu tidak difahami. Sila taip apa yang hendak dibetulkan, contohnya alamat atau tarikh.
