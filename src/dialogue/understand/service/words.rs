//! The words of business at the counter, those of one meaning in several languages made one.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::branch::words::{initials_joined, without_links};
use super::super::fuzzy::{MOST_WORDS, ordinary};
use super::super::text::{self, similar};

/// Words for a first application.
pub(super) const NEW: &str = "baharu";
/// Words for a renewal.
pub(super) const RENEW: &str = "lanjut";

/// Forms of one word, or words of one meaning; those of each line for the word at its start.
const WORD_FORMS: &[(&str, &str)] = &[
    (NEW, "baru new first pertama fresh"),
    (
        RENEW,
        "renew renewal renewing renewed lanjutan lanjutkan melanjutkan sambung sambungan sambong sambg \
        sambng smbung smbg menyambung extend extension extending perbaharui perbaharu memperbaharui \
        pembaharuan baharui perpanjang perpanjangan perpanjangkan memperpanjang memperpanjangkan expire \
        expired expiring expires tamat luput mati renewel renw rnew renuw",
    ),
    (
        "pasport",
        "passport passports paspot paspor passpot passpor paspport pspt psport pasprot pasaport paspoort",
    ),
    ("permit", "permits permt permet prmit"),
    ("visa", "visas viza vissa vsa"),
    ("pas", "pass passes"),
    ("isteri", "istri wife wifes bini"),
    ("suami", "husband husbands laki"),
    ("pasangan", "spouse spouses partner"),
    ("kahwin", "marriage married kawin nikah marry"),
    ("sosial", "social"),
    ("pelajar", "student students studen mahasiswa study university universiti uni kolej college"),
    ("pekerja", "worker workers buruh"),
    ("asing", "foreign foreigner foreigners"),
    ("kerja", "work job working"),
    ("kilang", "factory pabrik pembuatan manufacturing"),
    ("ladang", "plantation perladangan estate"),
    ("binaan", "construction pembinaan kontraktor"),
    ("restoran", "restaurant"),
    ("rumah", "rmh"),
    ("hilang", "lost missing ilang hlg"),
    ("rosak", "damaged damage"),
    ("curi", "stolen dicuri"),
    ("levi", "levy levies lewi"),
    ("kompaun", "compound compounds compaun kompoun kompound"),
    ("denda", "fines penalty"),
    ("penguatkuasaan", "enforcement kuatkuasa"),
    ("repatriasi", "repatriation repatriate"),
    ("rekalibrasi", "recalibration"),
    ("memo", "memos"),
    ("khas", "special spesial istimewa"),
    ("ekspatriat", "expatriate expatriates expats"),
    ("tanggungan", "dependant dependent dependants dependents"),
    ("anak", "child kid children budak"),
    ("bayar", "pay payment byr bayaran membayar pembayaran"),
    (
        "negara",
        "country indonesia indon indonesian bangladesh bangla bangladeshi nepal nepali myanmar burma \
        india pakistan pakistani filipina philippines philippine filipino vietnam vietnamese kemboja \
        cambodia thailand thai srilanka china",
    ),
    ("pulang", "balik blk"),
    ("kampung", "kg kampong kpg"),
    ("check", "cek chek"),
    ("checkout", "chekout cekout"),
    ("tempat", "tpt"),
];

/// Words that join others and say nothing of the business.
const JOINING: &[&str] = &[
    "ke", "di", "kat", "to", "the", "of", "my", "for", "dan", "and", "untuk", "utk", "a", "an", "nak", "nk",
    "mau", "mahu", "want", "saya", "sy", "i", "dari", "from", "with", "dengan", "dgn", "punya", "pny", "yg",
    "yang", "at", "is", "am",
];

/// Several words, in the forms above, that stand for one.
const LONG_FORMS: &[(&[&str], &str)] = &[
    (&["go", "back"], "pulang"),
    (&["going", "back"], "pulang"),
    (&["go", "home"], "pulang"),
    (&["going", "home"], "pulang"),
    (&["return", "home"], "pulang"),
    (&["back", "good"], "pulang"),
    (&["overstay", "fine"], "denda"),
    (&["bayar", "fine"], "denda"),
    (&["tak", "ada"], "tiada"),
    (&["do", "not", "have"], "tiada"),
    (&["dont", "have"], "tiada"),
    (&["pasport", "number"], "number"),
    (&["pasport", "nombor"], "number"),
    (&["pasport", "no"], "number"),
    (&["nombor", "pasport"], "number"),
    (&["number", "pasport"], "number"),
    (&["pasport", "asing"], FOREIGN_PASSPORT),
    (&["asing", "pasport"], FOREIGN_PASSPORT),
    (&["pasport", "negara"], FOREIGN_PASSPORT),
    (&["negara", "pasport"], FOREIGN_PASSPORT),
];

/// The passport of another country, which no counter of the department issues.
const FOREIGN_PASSPORT: &str = "pasportasing";

/// Words for not having what follows.
const WITHOUT: &[&str] = &["no", "without", "tiada", "takda", "tanpa", "xde", "xda", "takde"];

const DOCUMENTS: &[&str] = &["pasport", "permit", "visa", "pas"];

/// Words too general to name a service alone.
const GENERAL: &[&str] = &[
    "visa",
    "permit",
    "pas",
    "izin",
    "bayar",
    "mohon",
    "apply",
    "permohonan",
    "application",
    "program",
    "programme",
    "buat",
    "bahagian",
    "status",
    "semak",
    "negara",
    "pejabat",
];

/// Names in Chinese.
const CHINESE: &[(&str, &str)] = &[
    ("护照", " pasport "),
    ("学生", " pelajar "),
    ("配偶", " pasangan "),
    ("准证", " permit "),
    ("签证", " visa "),
    ("女佣", " maid "),
    ("人头税", " levi "),
    ("外劳", " pekerja asing "),
    ("罚款", " denda "),
    ("遣返", " repatriasi "),
    ("更新", " lanjut "),
    ("换", " lanjut "),
    ("永久居民", " permanent resident "),
];

static FORMS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let pairs =
        WORD_FORMS.iter().flat_map(|(word, forms)| forms.split_whitespace().map(move |form| (form, *word)));
    pairs.collect()
});

/// Whether the word tells a first application from a renewal.
pub(super) fn sorts(word: &str) -> bool {
    word == NEW || word == RENEW
}

/// Whether the word is too general to name a service alone.
pub(super) fn general(word: &str) -> bool {
    GENERAL.contains(&word) || sorts(word)
}

/// Whether the word is a general one for a document.
pub(super) fn document(word: &str) -> bool {
    DOCUMENTS.contains(&word) || word == "izin"
}

/// The words of a text about business at the counter, in the forms above.
pub(super) fn service_words(typed: &str) -> Vec<String> {
    let mut plain = without_links(typed);
    if !plain.is_ascii() {
        for (chinese, malay) in CHINESE {
            plain = plain.replace(chinese, malay);
        }
    }
    let mut words = text::words(&plain);
    words.truncate(MOST_WORDS);
    let words = initials_joined(words).into_iter().map(one_form);
    let telling: Vec<String> = words.filter(|word| !JOINING.contains(&word.as_str())).collect();
    without_missing(long_forms(&telling))
}

/// The words with [`LONG_FORMS`] made one.
fn long_forms(words: &[String]) -> Vec<String> {
    let mut out = Vec::with_capacity(words.len());
    let mut rest = words;
    while let Some((first, after)) = rest.split_first() {
        let begins = |from: &[&str]| rest.len() >= from.len() && rest.iter().zip(from).all(|(w, f)| w == f);
        match LONG_FORMS.iter().find(|(from, _)| begins(from)) {
            Some((from, to)) => {
                out.push((*to).to_owned());
                rest = rest.get(from.len()..).unwrap_or_default();
            }
            None => {
                out.push(first.clone());
                rest = after;
            }
        }
    }
    out
}

/// The words without the documents that the writer says there are not ("no passport").
fn without_missing(words: Vec<String>) -> Vec<String> {
    let mut missing = false;
    let told = |word: &String| {
        let skip = missing && DOCUMENTS.contains(&word.as_str());
        missing = WITHOUT.contains(&word.as_str());
        !skip
    };
    let mut words = words;
    words.retain(told);
    words
}

/// From this length on a slip in a form is forgiven.
const LONG: usize = 6;

fn one_form(word: String) -> String {
    if let Some(form) = FORMS.get(word.as_str()) {
        return (*form).to_owned();
    }
    if word.len() < LONG - 1 || ordinary(&word) || FORMS.values().any(|known| *known == word) {
        return word;
    }
    let near = FORMS.iter().find(|(form, _)| form.len() >= LONG && similar(&word, form));
    near.map_or(word, |(_, known)| (*known).to_owned())
}
