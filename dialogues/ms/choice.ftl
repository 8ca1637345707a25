### Pilihan. Tanpa nombor: saluran yang menomborkannya.

choice-yes = Ya
choice-no = Tidak
choice-yes-agree = Ya, saya setuju
choice-no-agree = Tidak, saya tidak setuju

# $email (String): the address as probably meant.
choice-yes-email = Ya, { $email }

# $email (String): the address as typed.
choice-no-email = Tidak, { $email }

choice-no-identity = Tidak, taip semula
choice-yes-reuse = Ya, gunakan maklumat ini
choice-no-reuse = Tidak, taip maklumat baharu
choice-yes-confirm = Ya, sahkan temujanji
choice-no-confirm = Betulkan maklumat
choice-yes-cancel = Ya, batalkan temujanji
choice-no-cancel = Tidak, kekalkan temujanji
choice-accept = Ya, terima tempat ini
choice-decline = Tidak, lepaskan tempat ini
choice-keep = Kekalkan yang ada

# $label (String): a day, a time or a slot.
# $places (Number): places left.
choice-places = { $label } ({ $places } tempat)

# $slot (String): day and time.
# $branch (String): name of the branch.
choice-slot-at = { $slot }, { $branch }

# $slot (String): day and time.
# $branch (String): name of the branch.
# $reference (String): its reference.
choice-booking = { $slot }, { $branch } ({ $reference })

# $field (String): what is to be changed, as in field-name.
choice-change = Tukar { $field }

choice-change-any = Betulkan maklumat
choice-other-state = Pilih negeri lain
choice-go-on = Teruskan tempahan ini
choice-book = Buat tempahan baharu
choice-bookings = Lihat temujanji saya
choice-slip = Hantar slip semula
choice-move = Tukar tarikh atau masa
choice-cancel = Batalkan temujanji
choice-new-code = Hantar kod baharu
choice-start = Mula
choice-back = Kembali
choice-restart = Mula semula
choice-stop = Berhenti
choice-language = Tukar bahasa
choice-help = Bantuan
choice-questions = Tempat bertanya
choice-documents = Dokumen yang perlu dibawa
choice-terms = Terma dan syarat
choice-privacy = Notis privasi
choice-elsewhere = Sambung di tempat lain
