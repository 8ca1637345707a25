### Notis privasi. The items follow section 7 of the Personal Data Protection Act 2010 (Act 709).
### When its meaning changes, TERMS_VERSION is raised and everyone is asked to agree again.

# $version (Number): version of the terms and the notice.
notice-short =
    Notis privasi (versi { $version })
    E-mel, nama, nombor pengenalan, alamat dan nombor telefon pemohon diperlukan untuk mengurus temujanji ini sahaja. Semuanya wajib; tanpanya temujanji tidak dapat dibuat.
    Hanya pegawai yang bertugas dapat melihatnya. Mesej Telegram dan e-mel melalui pelayan pihak lain, termasuk di luar negara.
    Taip PRIVASI untuk membaca notis penuh.

# $version (Number): version of the terms and the notice.
notice-whole =
    Notis privasi (versi { $version })

    Maklumat yang diminta: alamat e-mel, nama, nombor kad pengenalan, pasport atau dokumen lain, alamat dan nombor telefon pemohon, serta cawangan, urusan, tarikh dan masa yang dipilih. Masa anda bersetuju juga direkodkan.

    Tujuan: membuat, mengesahkan, menukar dan membatalkan temujanji, menghantar slip, dan melayan pemohon di kaunter. Maklumat ini tidak digunakan untuk perkara lain.

    Sumber: anda sendiri. Maklumat daripada tempahan anda yang lalu hanya ditawarkan semula selepas alamat e-mel anda disahkan.

    Penerima: pegawai yang bertugas di cawangan yang dipilih dan pengendali sistem ini. Jika anda menggunakan Telegram atau e-mel, mesej anda melalui pelayan penyedia perkhidmatan itu, yang mungkin berada di luar negara.

    Keselamatan: nombor pengenalan disimpan dalam bentuk yang disulitkan, dan hanya aksara yang terakhir ditunjukkan dalam mesej dan slip.

    Wajib: semua maklumat itu wajib diberi. Tanpanya, temujanji tidak dapat dibuat.

    Pilihan anda: jika anda tidak mahu menggunakan Telegram, sila menempah melalui e-mel. Taip BERHENTI untuk memadamkan tempahan yang belum disahkan, atau BATAL untuk membatalkan temujanji.

    Tempoh simpanan: maklumat disimpan selama yang perlu untuk temujanji itu, kemudian dipadamkan.

    Hak anda: taip TEMPAHAN SAYA untuk melihat temujanji anda, dan UBAH untuk membetulkan maklumat sebelum disahkan. Untuk akses, pembetulan, pemadaman, penarikan balik persetujuan atau aduan, sila hubungi Jabatan di www.imi.gov.my atau MyGCC 03-8000 8000.
