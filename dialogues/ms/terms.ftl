### Terma dan syarat. The ten terms of STO (sto.imi.gov.my/e-temujanji/home.php), reworded.
### When their meaning changes, TERMS_VERSION is raised and everyone is asked to agree again.

# $version (Number): version of the terms and the notice.
terms-all =
    Terma dan syarat (versi { $version })
    1. Siapa menempah dahulu mendapat slot. Slot terhad; jika penuh, sila pilih yang lain.
    2. Tempahan boleh dibuat seawal tiga bulan sebelum temujanji, jika masih ada kekosongan.
    3. Pilih tarikh dan masa dalam waktu kaunter pejabat itu; waktu berbeza antara cawangan.
    4. Hadir sekurang-kurangnya 30 minit lebih awal. Jabatan berhak membatalkan jika lewat.
    5. Pemohon yang sengaja menyalahgunakan sistem ini akan disekat.
    6. Bawa dokumen yang lengkap.
    7. Butiran temujanji dihantar melalui e-mel; sila cetak dan bawa bersama.
    8. Pemohon bertanggungjawab atas maklumat yang diberi; Jabatan berhak menyemaknya.
    9. Bayaran dibuat dengan kad ATM/debit atau kad kredit sahaja.
    10. Senarai dokumen ada di laman rasmi www.imi.gov.my.

terms-needed = Tempahan hanya dapat dibuat jika anda bersetuju dengan terma dan syarat serta notis privasi. Jika anda tidak mahu meneruskan, taip BERHENTI.
