### Bantuan: apa yang boleh ditaip, dan tempat bertanya.

# The words in capitals are what `dialogue::understand` takes for these commands; a test holds the two together.
help-all =
    Jawab dengan perkataan anda sendiri, atau taip nombor pilihan.
    Pada bila-bila masa anda boleh menaip:

    TEMPAH – buat tempahan baharu
    KEMBALI – soalan sebelumnya
    UBAH – betulkan maklumat, contohnya UBAH ALAMAT
    MULA SEMULA – mulakan tempahan dari awal
    BERHENTI – hentikan tempahan yang belum siap
    TEMPAHAN SAYA – lihat temujanji anda
    TUNDA – tukar tarikh atau masa temujanji
    BATAL – batalkan temujanji
    SLIP – hantar slip semula
    KOD BAHARU – hantar kod e-mel semula
    BAHASA – tukar bahasa
    SOALAN – tempat bertanya
    DOKUMEN – dokumen yang perlu dibawa
    TERMA – terma dan syarat
    PRIVASI – notis privasi
    SAMBUNG DI TEMPAT LAIN – sambung di Telegram atau e-mel

    Beberapa jawapan boleh dihantar dalam satu mesej, satu baris setiap satu:

    Nama: Siti Aminah binti Ali
    No. kad pengenalan: 900101-14-5551
    Cawangan: Kajang

# Where the addresses come from, none of them checked on the live web:
# Portal Rekalibrasi: the Director General, thesundaily.my and theedgemalaysia.com, 18 January 2023.
# SMO: mingguanwanita.my and samdailytimes.org, 2018. My Travel Pass: the Director General, republika.co.id, 8 October 2020.
# ePLKS@JIM: the Department's own questions and answers at imigresen-online.imi.gov.my/plks-borneo/main?faq.
# SPO: antaranews.com, 9 November 2020. MyGCC: foot of www.imi.gov.my.
help-questions =
    Soalan tentang urusan imigresen boleh diajukan di:

    Portal Rekalibrasi: https://imigresen-online.imi.gov.my/myimms/main
    SMO (Sistem Maid Online): https://maid-online.imi.gov.my
    My Travel Pass: https://mtp.imi.gov.my
    ePLKS@JIM: https://imigresen-online.imi.gov.my
    Soalan lain: Sistem Pertanyaan Online (SPO) di www.imi.gov.my, atau MyGCC 03-8000 8000

help-documents = Senarai dokumen bagi setiap urusan ada di laman rasmi Jabatan, www.imi.gov.my. Sila bawa dokumen asal yang lengkap.
