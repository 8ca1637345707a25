### Pengesahan alamat e-mel.

# $email (String): where the code was sent.
# $minutes (Number): how long it is good for.
code-sent = Kod pengesahan enam digit telah dihantar ke { $email }. Kod ini sah selama { $minutes } minit.

# $left (Number): tries left.
code-wrong = Maaf, kod itu tidak betul. Anda boleh mencuba { $left } kali lagi. Sila semak kod dalam e-mel yang terkini.

code-spent = Maaf, kod itu tidak boleh digunakan lagi: tempohnya telah tamat atau terlalu banyak cubaan yang salah. Sila minta kod baharu.

# $time (String): time of day, with the date if it is another day.
# $left (String): how long until then.
code-later = Kod baharu belum boleh dihantar. Kod itu boleh diminta mulai { $time } ({ $left } lagi). Kod yang terakhir mungkin lewat seminit, atau berada dalam folder spam; kod itu boleh digunakan selagi belum tamat tempoh.

code-elsewhere = Kod pengesahan tidak perlu dibalas melalui e-mel. Sila taip kod itu dalam perbualan tempat anda membuat tempahan.

email-proved = Terima kasih. Alamat e-mel anda telah disahkan.

email-unproved = Alamat e-mel anda diterima tanpa pengesahan, kerana e-mel tidak dapat dihantar dari sini. Sila pastikan ejaannya betul.
