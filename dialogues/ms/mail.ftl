### E-mel. A subject shows on a locked telephone: it names neither the service nor the applicant.

# The code is not in the subject and not at the head of the text, since both are shown before the telephone is
# unlocked: whoever reads it could prove the address as theirs and be shown what its owner gave last time.
mail-code-subject = Kod pengesahan tempahan temujanji

# $code (String): six digits.
# $minutes (Number): how long it is good for.
mail-code-text =
    Tuan/Puan,

    Alamat e-mel ini diberikan untuk menempah temujanji di Jabatan Imigresen Malaysia. Untuk mengesahkan bahawa alamat ini milik anda, sila taip kod berikut dalam perbualan tempahan anda:

    { $code }

    Kod ini sah selama { $minutes } minit dan boleh digunakan sekali sahaja. Jangan berikan kod ini kepada sesiapa; pegawai Jabatan tidak akan memintanya.

    Jika anda tidak menempah temujanji, abaikan e-mel ini.

    Sekian, terima kasih.

# $slot (String): day and time.
mail-slip-subject = Slip temujanji: { $slot }

# $slot (String): day and time.
mail-moved-subject = Temujanji ditukar: { $slot }

# $slot (String): day and time.
mail-cancelled-subject = Temujanji dibatalkan: { $slot }

# Lines about the booking follow.
mail-slip-opening =
    Tuan/Puan,

    Sukacita dimaklumkan bahawa temujanji anda di Jabatan Imigresen Malaysia telah disahkan. Slip temujanji dilampirkan.

# Lines about the booking follow.
mail-moved-opening =
    Tuan/Puan,

    Sukacita dimaklumkan bahawa temujanji anda di Jabatan Imigresen Malaysia telah ditukar. Slip baharu dilampirkan; slip ini menggantikan yang lama.

mail-slip-closing =
    Sila hadir 30 minit lebih awal dan bawa slip ini (bercetak atau dalam telefon) bersama dokumen yang lengkap. Sediakan kad ATM/debit atau kad kredit untuk bayaran.

mail-slip-change = Untuk menukar tarikh atau membatalkan temujanji, taip TEMPAHAN SAYA di tempat anda membuat tempahan ini.

# Where replies are read.
mail-slip-reply = Untuk menukar tarikh temujanji, balas e-mel ini dengan TEMPAHAN SAYA; untuk membatalkannya, balas dengan BATAL.

mail-slip-free =
    Tempahan ini percuma. Jabatan tidak melantik ejen atau orang tengah.

# $reference (String): its reference.
# $slot (String): day and time.
# $branch (String): name of the branch.
mail-cancelled-text =
    Tuan/Puan,

    Temujanji { $reference } pada { $slot } di { $branch } telah dibatalkan. Slip berkenaan tidak boleh digunakan lagi.

    Jika anda tidak meminta pembatalan ini, sila hubungi Jabatan melalui www.imi.gov.my atau MyGCC 03-8000 8000. Anda boleh membuat tempahan baharu pada bila-bila masa.

mail-farewell =
    Sekian, terima kasih.
    Tempahan temujanji, Jabatan Imigresen Malaysia

### Perbualan melalui e-mel. Each says in its first line what to do next.

mail-subject-form = Temujanji Imigresen: sila isi borang
mail-subject-choose = Temujanji Imigresen: sila pilih
mail-subject-review = Temujanji Imigresen: sila semak dan sahkan
mail-subject-answer = Temujanji Imigresen: jawapan kepada e-mel anda
mail-subject-offer = Temujanji Imigresen: tempat ganti untuk anda

mail-next-form = Langkah seterusnya: isi borang di bawah dan balas e-mel ini.
mail-next-choose = Langkah seterusnya: balas e-mel ini dengan nombor pilihan anda.
mail-next-review = Langkah seterusnya: semak di bawah dan balas YA untuk mengesahkan.
mail-next-offer = Langkah seterusnya: balas YA untuk menerima tempat di bawah, atau TIDAK.
mail-next-answer = Langkah seterusnya: balas e-mel ini dengan jawapan anda.
mail-next-done = Temujanji anda telah disahkan. Tiada tindakan lanjut diperlukan; sila simpan slip yang dilampirkan.
mail-next-cancelled = Temujanji telah dibatalkan. Tiada tindakan lanjut diperlukan.
mail-next-idle = Untuk temujanji lain, balas TEMPAH; untuk melihat temujanji anda, balas TEMPAHAN SAYA.

mail-how-choose = Balas dengan nombor pilihan anda, atau tekan pilihan itu dan hantar e-mel yang dibuka secara automatik.

# Below every mail of the conversation.
mail-footer =
    Anda hanya perlu membalas e-mel ini. Pada bila-bila masa, balas BANTUAN, UBAH, TEMPAHAN SAYA, BATAL, BERHENTI atau ENGLISH.
    Jika anda tidak meminta e-mel ini, sila abaikannya; tiada tindakan akan diambil.

# $token (String): proves who answers.
mail-token = Kod balasan: { $token }
