### Borang yang diisi sekali gus, melalui e-mel.

# The form follows.
ask-form =
    Sila isi borang di bawah: taip jawapan selepas tanda titik dua (:) dan hantar balasan ini. Jawapan boleh ditulis dalam Bahasa Melayu atau Bahasa Inggeris, mengikut apa-apa susunan.
    Contoh tarikh: 5 Jan, 5/1, Isnin depan. Contoh masa: 9.30 pagi. Tarikh dan masa boleh dikosongkan; senarai pilihan yang ada akan dihantar kepada anda.
    Nombor pengenalan ialah nombor kad pengenalan, pasport atau dokumen lain.

# The lines around the form. Found again in replies: nothing else may be put in these lines.
form-begins = --- Borang ---
form-ends = --- Tamat borang ---

# A label of the form: at most four words, for YES or NO to the terms and the notice.
form-agree = Setuju terma (YA/TIDAK)

unclear-form = Maaf, jawapan itu tidak difahami. Sila isi borang di bawah, satu jawapan selepas setiap tanda titik dua.

talk-attachments = Lampiran tidak dibuka dan tidak disimpan. Sila taip maklumat anda dalam e-mel.
