//! The fields of a booking by what people call them, in labels and in sentences.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use super::Understood;
use super::branch::words::without_links;
use super::fuzzy::{Phrases, Rest, cover};
use super::text;
use crate::booking::IdentityKind;
use crate::dialogue::Field;

/// What a label asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    /// A field, and the kind of document where an identity's label says it.
    Field(Field, Option<IdentityKind>),
    /// Postcode or town, written apart from the rest of the address.
    AddressPart,
    /// Something that is no part of a booking.
    Other,
}

const MYKAD: Label = Label::Field(Field::Identity, Some(IdentityKind::MyKad));
const PASSPORT: Label = Label::Field(Field::Identity, Some(IdentityKind::Passport));
const OTHER_DOCUMENT: Label = Label::Field(Field::Identity, Some(IdentityKind::Other));

const fn plain(field: Field) -> Label {
    Label::Field(field, None)
}

/// Labels without "no.", "your", "full" and the like, which [`NUMBER`] and [`PADDING`] name.
const LABELS: &[(Label, &str)] = &[
    (
        plain(Field::Name),
        "nama, name, pemohon, applicant, nama pada pasport, nama dalam ic, nama dalam pasport, passport \
        holder name, holder name, 姓名, 名字, 全名, பெயர்",
    ),
    (
        plain(Field::Email),
        "emel, e mel, email, e mail, alamat emel, alamat email, email address, mail, surel, gmail, 电邮, 邮箱",
    ),
    (
        MYKAD,
        "ic, kp, mykad, my kad, kad pengenalan, identity card, id card, ic baru, new ic, nric, kad \
        pengenalan baru, ic kp, kp ic, ic mykad, ktp malaysia, mypr, mykas, mykid, 身份证, 身份证号码",
    ),
    (
        PASSPORT,
        "pasport, passport, paspot, paspor, passpot, pspt, pp, pasport antarabangsa, passport \
        antarabangsa, travel document, dokumen perjalanan, 护照, 护照号码",
    ),
    (OTHER_DOCUMENT, "unhcr, unhcr card, kad unhcr, dokumen, document, dokumen lain, other document, splp"),
    (
        plain(Field::Identity),
        "pengenalan, identity, pengenalan diri, id, identiti, identification, dokumen pengenalan, \
        identity document, nik, kad pengenalan pasport, ic pasport, ic passport",
    ),
    (
        plain(Field::Address),
        "alamat, address, rumah, alamat rumah, home address, alamat tempat tinggal, alamat surat \
        menyurat, alamat kediaman, alamat semasa, current address, residential address, alamat tetap, \
        mailing address, addr, 地址, முகவரி",
    ),
    (
        plain(Field::Phone),
        "telefon, tel, hp, phone, telephone, handphone, mobile, telefon bimbit, tel bimbit, bimbit, hand \
        phone, mobile phone, hubungi, contact, fon, fone, tepon, telepon, whatsapp, wasap, cell, \
        cellphone, tel hp, hp tel, tel rumah, 电话, 手机, 电话号码",
    ),
    (plain(Field::State), "negeri, state, wilayah, 州属, 州"),
    (
        plain(Field::Branch),
        "cawangan, branch, pejabat, office, tempat, lokasi, location, place, pejabat imigresen, \
        immigration office, imigresen, cwgn, kantor, kaunter, pejabat cawangan, nama cawangan, nama \
        pejabat, branch name, utc, 分局, கிளை",
    ),
    (
        plain(Field::Service),
        "urusan, perkhidmatan, service, jenis urusan, servis, jenis perkhidmatan, type of service, \
        service type, khidmat, tujuan, purpose, business, transaction, transaksi, urusan di kaunter, \
        jenis permohonan, keperluan, 服务, 事务, சேவை",
    ),
    (
        plain(Field::Date),
        "tarikh, date, hari, day, tanggal, tgl, tkh, tarikh pilihan, preferred date, hari bulan, 日期, தேதி",
    ),
    (
        plain(Field::Slot),
        "masa, slot, time, pukul, jam, waktu, pkl, timeslot, time slot, slot masa, masa slot, masa \
        pilihan, preferred time, 时间, 时段, நேரம்",
    ),
    (
        Label::AddressPart,
        "poskod, postcode, postal code, zip, zip code, bandar, town, city, daerah, kota, district",
    ),
    (
        Label::Other,
        "catatan, nota, note, notes, remark, remarks, data, tarikh lahir, date of birth, dob, tempat \
        lahir, place of birth, birth date, birthday, umur, age, jantina, gender, sex, warganegara, \
        nationality, kewarganegaraan, agama, bangsa, race, majikan, employer, nama majikan, name of \
        employer, employer name, syarikat, company, nama syarikat, company name, nama bapa, nama ibu, \
        nama waris, waris, father name, mother name, tarikh tamat, expiry date, date of expiry, tarikh \
        tamat pasport, passport expiry, passport expiry date, tarikh luput, tarikh keluar, date of issue, \
        issue date, rujukan, reference, ref, subjek, subject, from, dari, kepada, to, cc, sent, soalan, \
        question, sebab, reason, harga, status, pekerjaan, occupation, alamat majikan, employer address, \
        alamat syarikat, company address, tempat kerja",
    ),
];

/// Words for "number", before or after a label.
const NUMBER: &[&str] = &["no", "nombor", "number", "num", "nom", "nomor", "bil"];
/// Words that add nothing to a label.
const PADDING: &[&str] = &[
    "anda",
    "saya",
    "sy",
    "your",
    "my",
    "pemohon",
    "applicant",
    "applicants",
    "temujanji",
    "appointment",
    "penuh",
    "full",
    "lengkap",
    "complete",
    "tukar",
    "ubah",
    "change",
    "edit",
    "update",
    "betulkan",
    "kemaskini",
    "pilihan",
    "the",
    "of",
    "nak",
    "nk",
    "mahu",
    "want",
    "to",
    "salah",
    "wrong",
    "correct",
    "new",
    "preferred",
    "pref",
    "desired",
    "chosen",
    "dipilih",
];

static BY_KEY: LazyLock<HashMap<String, Label>> = LazyLock::new(|| {
    let names = LABELS
        .iter()
        .flat_map(|(label, names)| names.split(',').map(move |name| (text::words(name), *label)));
    names.map(|(words, label)| (words.concat(), label)).collect()
});

/// The label a text is, with its number word, brackets and padding; letter by letter.
pub(crate) fn label(typed: &str) -> Option<Label> {
    one_label(typed).or_else(|| {
        let parts = typed.split(['/', '&', '|']).map(one_label).collect::<Option<Vec<Label>>>()?;
        let [Label::Field(first, kind), rest @ ..] = parts.as_slice() else { return None };
        let mut kind = *kind;
        for part in rest {
            match part {
                Label::Field(field, other) if field == first => {
                    kind = if kind == *other { kind } else { None }
                }
                Label::Field(..) | Label::AddressPart | Label::Other => return None,
            }
        }
        Some(Label::Field(*first, kind))
    })
}

/// The label a text probably is, with one slip of the finger (two in a long one).
pub(crate) fn mistyped_label(typed: &str) -> Option<Label> {
    let key = key(typed);
    let letters = key.chars().count();
    let mut near = BY_KEY.iter().filter(|(known, _)| {
        let length = known.chars().count();
        let slips = if length >= 8 { 2 } else { 1 };
        length >= 4
            && letters >= 3
            && known.chars().next() == key.chars().next()
            && strsim::osa_distance(known, &key) <= slips
    });
    let (_, label) = near.next()?;
    near.all(|(_, other)| other == label).then_some(*label)
}

fn one_label(typed: &str) -> Option<Label> {
    let whole = text::words(&without_brackets(typed)).concat();
    BY_KEY.get(&whole).or_else(|| BY_KEY.get(&key(typed))).copied()
}

fn key(typed: &str) -> String {
    let words = text::words(&without_brackets(typed));
    let tells = |word: &&String| !NUMBER.contains(&word.as_str()) && !PADDING.contains(&word.as_str());
    words.iter().filter(tells).map(String::as_str).collect()
}

fn without_brackets(typed: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(typed.len());
    for c in typed.chars() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// The longest text in which a field's name is looked for; longer ones tell a story.
const MOST_WORDS: usize = 12;

/// The field a text names, as in "tukar tarikh"; several, and "nombor" alone, are asked.
pub fn field(text: &str) -> Understood<Field> {
    let mut words = text::words(&without_links(text));
    if words.len() > MOST_WORDS {
        return Understood::none();
    }
    let number = |word: &String| NUMBER.contains(&word.as_str());
    let numbered = words.iter().any(|word| word != "no" && number(word));
    words.retain(|word| !number(word));
    let (phrases, labels) = &*IN_SENTENCES;
    let hits = cover(phrases.find(&words), |hit| phrases.letters(hit.phrase) * hit.fit.worth());
    let found = hits.iter().filter_map(|hit| labels.get(hit.phrase));
    let fields: BTreeSet<Field> = found
        .filter_map(|label| match label {
            Label::Field(field, _) => Some(*field),
            Label::AddressPart => Some(Field::Address),
            Label::Other => None,
        })
        .collect();
    let mut fields: Vec<Field> = fields.into_iter().collect();
    if fields.is_empty() && numbered {
        fields = vec![Field::Identity, Field::Phone];
    }
    let rest = Rest::of(&words, &hits, |_| true);
    let sure = hits.iter().all(|hit| hit.fit.trusted(rest) == Some(true));
    match fields.as_slice() {
        [field] if sure => Understood::sure(*field),
        _ => Understood::ask(fields),
    }
}

static IN_SENTENCES: LazyLock<(Phrases, Vec<Label>)> = LazyLock::new(|| {
    let (mut phrases, mut labels) = (Phrases::default(), Vec::new());
    for (label, names) in LABELS {
        for name in names.split(',') {
            if phrases.add(&text::words(name)) == labels.len() {
                labels.push(*label);
            }
        }
    }
    (phrases, labels)
});

/// The kind of identity document a text names, where it gives no number.
pub fn identity_kind(text: &str) -> Option<IdentityKind> {
    let words = text::words(text);
    if words.len() > MOST_WORDS || text.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    if words.iter().any(|word| OTHER_WORDS.contains(&word.as_str())) {
        return Some(IdentityKind::Other);
    }
    let (phrases, labels) = &*IN_SENTENCES;
    let hits = cover(phrases.find(&words), |hit| phrases.letters(hit.phrase));
    let mut kinds = hits.iter().filter_map(|hit| match labels.get(hit.phrase) {
        Some(Label::Field(Field::Identity, kind)) => *kind,
        Some(Label::Field(..) | Label::AddressPart | Label::Other) | None => None,
    });
    let kind = kinds.next()?;
    kinds.all(|other| other == kind).then_some(kind)
}

/// Neither identity card nor passport.
const OTHER_WORDS: &[&str] = &["lain", "other", "others", "lainnya", "else"];
