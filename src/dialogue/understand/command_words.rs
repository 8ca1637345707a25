//! The words of commands.

use std::sync::LazyLock;

use super::command::Command;
use super::items;
use super::phrase::{PhraseBook, Piece, Shape};
use super::text::fold;
use crate::dialogue::{Field, Language};

/// What a word says about commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// A command by itself.
    Named(Command),
    Field(Field),
    Change,
    Cancel,
    Postpone,
    See,
    /// The same, but enough by itself: "semak".
    Check,
    Book,
    /// "buat temujanji".
    BookIt,
    /// "nak", "how to".
    Want,
    /// "temujanji".
    Booking,
    Mine,
    /// "salah", "tak betul".
    Wrong,
    /// "hantar semula", "tak dapat".
    Fetch,
    When,
    Slip,
    Code,
    /// "tolong": help, and please.
    Help,
    /// "bahasa".
    Language,
    /// "jangan", "tak nak", "kenapa": whatever follows is not asked for.
    Refuse,
    /// A word of dates and times, which may stand beside a command.
    Context,
    Filler,
    Unknown,
}

/// The senses of a text.
pub(super) struct Senses {
    pub(super) words: Vec<Sense>,
    /// What the one word that is a slip away from a short known word may be.
    pub(super) doubtful: Vec<Sense>,
}

/// Longer texts are no commands.
const LONGEST: usize = 30;
/// The senses of a text; `None` when its shape shows that it is no command.
pub(super) fn senses(text: &str) -> Option<Senses> {
    let folded = fold(text);
    let pieces = BOOK.pieces(&folded);
    if pieces.len() > LONGEST || pieces.iter().any(|piece| piece.shape == Shape::Opaque) {
        return None;
    }
    let mut senses = Senses { words: Vec::new(), doubtful: Vec::new() };
    let mut rest = pieces.as_slice();
    // "Encik Back" is a person.
    if let [Piece { text: "encik" | "en" | "mr" | "mrs" | "ms" | "mdm" | "dato" | "haji", .. }, _] = rest {
        return None;
    }
    while let [first, after @ ..] = rest {
        // "boleh cancel tak?"
        if matches!(first.text, "tak" | "x" | "tk" | "tidak")
            && after.iter().all(|piece| piece.shape == Shape::Mark)
        {
            break;
        }
        if let Some((used, sense)) = BOOK.starts(rest) {
            senses.words.push(sense);
            rest = rest.get(used..).unwrap_or_default();
            continue;
        }
        rest = after;
        match first.shape {
            Shape::Mark => {}
            Shape::Number | Shape::Figure | Shape::Opaque => senses.words.push(Sense::Context),
            Shape::Word if items::knows(first.text) => senses.words.push(Sense::Context),
            Shape::Word => {
                let (near, small) = BOOK.nearest(first.text);
                match near.as_slice() {
                    [one] if small && *one != Sense::Filler => senses.words.push(*one),
                    several
                        if several.iter().all(|sense| !matches!(sense, Sense::Filler | Sense::Unknown))
                            && !several.is_empty() =>
                    {
                        senses.doubtful.extend(several);
                    }
                    _ => senses.words.push(Sense::Unknown),
                }
            }
        }
    }
    // Beside words not known at all, a word that is only like a known one is no better.
    if senses.words.contains(&Sense::Unknown) {
        senses.doubtful.clear();
    }
    Some(senses)
}

/// The words of a `/command`, as they would be typed without it; `None` when the text does not start with a slash.
pub(super) fn slash(text: &str) -> Option<String> {
    let word = text.trim().strip_prefix('/')?.split(|c: char| c == '@' || c.is_whitespace()).next()?;
    Some(word.replace(['_', '-'], " "))
}

static BOOK: LazyLock<PhraseBook<Sense>> = LazyLock::new(|| PhraseBook::new(WORDS, Sense::Unknown));

const WORDS: &[(Sense, &str)] = &[
    (Sense::Named(Command::Start), "start, mula, mulakan, hi bot, getstarted, get started"),
    (
        Sense::Named(Command::Help),
        "bantuan, bntuan, bantuann, menu, main menu, menu utama, panduan, arahan, cara guna, \
         cara nak guna, macam mana nak guna, mcm mana nak guna, camne nak guna, how to use, \
         how do i use, how does this work, how this works, how ah, what can i do, what can you do, \
         apa boleh buat, apa yang boleh dibuat, commands, command, sos, saya perlukan bantuan, \
         perlukan bantuan, perlu bantuan, perlu pertolongan, pertolongan, guide, instructions, \
         tutorial, 帮助, 幫助, 救命, உதவி, bantu saya, tolong saya, help me, i need help",
    ),
    (
        Sense::Help,
        "help, tolong, bantu, hlp, hlep, hepl, hellp, halp, tlg, tlong, tolonglah, pls help, \
         please help, assist, assistance, ?",
    ),
    (
        Sense::Named(Command::Back),
        "back, kembali, balik, undur, go back, patah balik, previous, prev, sebelumnya, mundur, bck, \
         bak, kembali ke belakang, ke belakang, kebelakang, previous question, previous step, \
         soalan sebelum, soalan sebelumnya, soalan tadi, step sebelum ni, step sebelum, \
         langkah sebelum, langkah sebelumnya, kembali ke soalan sebelum, undo, gostan, pusing balik, \
         go back one step, one step back, 返回, 上一步, 后退",
    ),
    (
        Sense::Named(Command::Restart),
        "restart, mula semula, mula smula, start over, start again, mula balik, ulang semula, ulang, \
         dari awal, dari mula, mulai lagi, mulai dari awal, reset, mula dari awal, mula dari mula, \
         buat semula, start from beginning, start from the beginning, from the beginning, \
         start afresh, start anew, begin again, redo, mula lagi, ulang balik, start new, mula baru, \
         mula baharu, ulangi, mulakan semula, bermula semula, 重新开始, 重来, start all over again, \
         start all over",
    ),
    (
        Sense::Named(Command::Stop),
        "stop, berhenti, keluar, exit, quit, bye, goodbye, bye bye, henti, tamat, tamatkan, hentikan, \
         end, end chat, stop chat, log out, logout, selamat tinggal, leave, close, tutup, \
         unsubscribe, 停止, 退出, stop dulu",
    ),
    (
        Sense::Named(Command::Language(Some(Language::En))),
        "english, bahasa inggeris, inggeris, bi, eng, english language, in english, bahasa inggris, \
         inggris, omputih, cakap omputih, speak english, english version, bhs inggeris, inggeris pls, \
         englis, inglish, english please, tukar english, 英文, 英语, ஆங்கிலம்",
    ),
    (
        Sense::Named(Command::Language(Some(Language::Ms))),
        "bahasa melayu, melayu, malay, bm, bahasa malaysia, bhs melayu, bhs malaysia, in malay, \
         malay language, bahasa malay, b melayu, b malaysia, melayu pls, bahasa ibunda, \
         bahasa kebangsaan, bahasa indonesia, indonesian, 马来文, 马来语",
    ),
    (
        Sense::Named(Command::Language(None)),
        "chinese, mandarin, 中文, 华文, 华语, tamil, bahasa cina, bahasa tamil, தமிழ், bengali, \
         nepali, burmese, hindi, tagalog, other language, bahasa lain",
    ),
    (
        Sense::Language,
        "bahasa, language, languages, lang, bhs, pilih bahasa, language setting, bahasa apa, 语言",
    ),
    (
        Sense::Named(Command::Questions),
        "soalan, pertanyaan, ada soalan, nak tanya, nk tanya, tanya, mau tanya, mahu tanya, \
         nak bertanya, bertanya, question, questions, ask question, ask a question, \
         i have a question, i have question, have question, contact, contact us, contact number, \
         hubungi, hubungi kami, hubungi pegawai, call centre, call center, hotline, helpline, faq, \
         soalan lazim, soalan lain, talk to human, talk to someone, talk to a person, talk to agent, \
         speak to officer, talk to officer, cakap dengan orang, cakap dengan pegawai, \
         cakap dengan manusia, cakap dgn pegawai, customer service, customer care, support, \
         khidmat pelanggan, aduan, complaint, complain, enquiry, enquiries, inquiry, where to ask, \
         where can i ask, kat mana nak tanya, di mana nak tanya, siapa boleh tanya, human, operator, \
         live agent, nombor pejabat, nombor telefon pejabat, no telefon pejabat, office number, \
         office phone number, 问题, 询问",
    ),
    (
        Sense::Named(Command::Documents),
        "dokumen, documents, document, docs, doc, dokumen apa, dokumen diperlukan, \
         dokumen yang diperlukan, senarai dokumen, semak dokumen, apa perlu bawa, apa perlu dibawa, \
         apa yang perlu dibawa, apa nak bawa, nak bawa apa, kena bawa apa, perlu bawa apa, \
         apa kena bawa, bawa apa, what to bring, what should i bring, what do i bring, \
         what do i need to bring, what need to bring, need to bring what, bring what, checklist, \
         check list, what documents, which documents, required documents, documents required, \
         document list, list of documents, borang, forms, syarat dokumen, surat apa perlu, \
         dokumen sokongan, supporting documents, 文件, ஆவணங்கள்",
    ),
    (
        Sense::Named(Command::Terms),
        "terma, terms, term, terma dan syarat, terma syarat, terms and conditions, \
         term and condition, terms and condition, terms & conditions, t & c, tnc, t n c, t and c, \
         syarat, syarat syarat, syarat dan terma, baca terma, read terms, read the terms, peraturan, \
         rules, terma & syarat, terms of service, terms of use, tos, 条款",
    ),
    (
        Sense::Named(Command::Privacy),
        "privasi, privacy, notis privasi, privacy notice, privacy policy, dasar privasi, \
         polisi privasi, pdpa, data peribadi, personal data, data protection, perlindungan data, \
         notis pdpa, data saya, my data, 隐私",
    ),
    (
        Sense::Named(Command::Elsewhere),
        "sambung di tempat lain, sambung di telegram, sambung di emel, sambung melalui emel, sambung melalui \
         telegram, continue elsewhere, continue on telegram, continue by email, continue by e-mail, kod sambungan, \
         continue in telegram, continuation code",
    ),
    (
        Sense::Named(Command::Bookings),
        "mybooking, mybookings, booking list, list booking, senarai tempahan, senarai temujanji, \
         history, sejarah, rekod, bookings",
    ),
    // Verbs.
    (
        Sense::Change,
        "tukar, ubah, switch, change, edit, betulkan, btulkan, betulkn, correct, fix, update, \
         kemaskini, kemas kini, pinda, modify, amend, tukarkan, ubahkan, tuka, tukr, tkr, chg, \
         change back, perbetulkan, baiki, ganti, gantikan, nak ubah, replace, 更改, 修改, மாற்று",
    ),
    (
        Sense::Cancel,
        "batal, batalkan, cancel, cancle, cancell, cansel, kensel, kancel, cencel, cncl, cancelkan, \
         pembatalan, membatalkan, cancellation, cancelation, delete, hapus, hapuskan, padam, \
         padamkan, buang, withdraw, tarik balik, void, canceled, btl kan, batalkn, batal kan, \
         kenselkan, 取消, ரத்து, remove, drop",
    ),
    (
        Sense::Postpone,
        "reschedule, reschedul, resechedule, reskedul, rescedule, tunda, tangguh, tangguhkan, \
         menangguhkan, penangguhan, tundakan, menunda, penundaan, postpone, pospon, jadual semula, \
         jadualkan semula, penjadualan semula, anjak, anjakkan, pindah, pindahkan, alih, alihkan, \
         move, shift, awalkan, lewatkan, bring forward, push back, delay, re schedule, 展延, 改期, \
         jadwal ulang, ubah jadwal, undurkan, tukar jadual",
    ),
    (Sense::Check, "status, semak, semakan, semkan, check, cek, chek, chk, menyemak, confirm balik"),
    (
        Sense::See,
        "lihat, tengok, tgk, tngok, view, show, show me, see, papar, paparkan, list, senarai, \
         senaraikan, tunjuk, tunjukkan, look at, find, cari, retrieve, 查询, 查看",
    ),
    (
        Sense::Book,
        "book, tempah, menempah, tempahkan, reserve, reservation, mula tempah, start booking, \
         book again, tempah lagi, tempah semula, another booking, tempahan lagi, 预约, 预订, \
         முன்பதிவு, buat baru",
    ),
    (
        Sense::BookIt,
        "buat temujanji, buat temu janji, buat janji temu, buat appointment, buat booking, \
         buat tempahan, bikin janji, bikin temu janji, make appointment, make an appointment, \
         make a booking, make booking, set appointment, set temujanji, new booking, new appointment, \
         tempahan baru, tempahan baharu, booking baru, temujanji baru, temujanji baharu, \
         temu janji baru, mohon temujanji, permohonan temujanji, daftar temujanji, get appointment, \
         get an appointment, schedule appointment, schedule an appointment, ambil temujanji, \
         dapatkan temujanji, dapatkan slot, get slot, got slot, ada slot, ambil slot, booking slot, \
         book slot, book appointment, book an appointment, book temujanji, tempah slot, \
         tempah temujanji, book a slot, another appointment, booking appointment, booking temujanji",
    ),
    (
        Sense::Want,
        "nak, nk, mahu, mau, hendak, ingin, want, wan, wanna, want to, would like, would like to, \
         i d like, id like, need, need to, perlu, how to, how do i, how can i, how, macam mana, \
         mcm mana, macamana, mcmana, camne, cmne, cemana, bagaimana, bagaimana cara, cara, cara nak, \
         boleh saya, can i, could i, may i, boleh tak saya, bolehkah saya, tak dapat hadir nak, \
         cant come, i cant come, cannot come, tak dapat hadir, x dapat hadir, tak dapat datang, \
         tak boleh datang, x dapat datang, tak boleh hadir, tidak dapat hadir, cannot attend, \
         cant attend, cant make it, cannot make it, tak jadi pergi, tak jadi datang, tak jadi hadir, \
         minta, mintak, nak minta, kena, terpaksa, have to, must",
    ),
    // Nouns.
    (
        Sense::Booking,
        "temujanji, temu janji, janji temu, appointment, appointments, appoinment, apointment, \
         appointmnt, appt, appts, aptmt, tempahan, booking, bookin, temujnji, temujanjinya, temjanji, \
         temuduga janji, reservation saya, janjitemu, tmujanji, tempahn, bookingan",
    ),
    (Sense::Mine, "saya punya, sy punya, my, mine, punya saya, punya sy, saya, sy, sya, aku, ku, kami, our"),
    (
        Sense::Wrong,
        "salah, silap, tersilap, tersalah, wrong, incorrect, tak betul, x betul, tidak betul, \
         tak tepat, not correct, not right, is wrong, salah taip, silap taip, typo, salah eja, \
         ejaan salah, keliru, tak sama, mistake, wrong spelling, xbetul, salah tulis, tersalah tulis, \
         tersilap taip, salah isi, terlanjur, mistyped",
    ),
    (
        Sense::Fetch,
        "hantar semula, hantar balik, hntr semula, hantar lagi, hantar, resend, send again, \
         send me again, send, re send, tak dapat, x dapat, xdapat, tak terima, x terima, \
         tidak terima, tidak dapat, belum dapat, belum terima, blm dapat, blm terima, tak sampai, \
         x sampai, tidak sampai, belum sampai, didnt get, didnt receive, did not receive, \
         did not get, not received, havent received, have not received, no received, never receive, \
         lost, hilang, semula, again, lagi, lagi sekali, sekali lagi, baru, baharu, new, another, \
         lain, dapatkan, get, download, muat turun, print, cetak, kirim ulang, kirim, kirim lagi, \
         expired, tamat tempoh",
    ),
    (
        Sense::When,
        "bila, mana, when, when is, what is, whats, apakah, apa, pukul berapa, what time, what date, \
         tarikh apa, kapan, di mana, kat mana, where is, where, berapa",
    ),
    (
        Sense::Slip,
        "slip, slips, slip temujanji, slip temu janji, slip saya, resit temujanji, slip tempahan, \
         appointment slip, booking slip, my slip, slip pdf",
    ),
    (Sense::Code, "kod, code, otp, kod pengesahan, verification code, pin, kod otp, tac, verification, kode"),
    (
        Sense::Field(Field::Email),
        "email, emel, e mel, e mail, emai, alamat emel, alamat email, alamat e mel, email address, \
         mail",
    ),
    (Sense::Field(Field::Name), "nama, name, nama penuh, full name, nama saya, my name, ejaan nama"),
    (
        Sense::Field(Field::Identity),
        "ic, i / c, no ic, nombor ic, ic number, ic no, kad pengenalan, no kad pengenalan, \
         nombor kad pengenalan, mykad, no kp, kp, passport number, no passport, no pasport, \
         nombor pasport, nombor passport, pasport number, passport no, identity card, no pengenalan, \
         nombor pengenalan, identity number, id number, jenis dokumen",
    ),
    (
        Sense::Field(Field::Address),
        "alamat, address, alamt, addres, adress, alamat rumah, alamat penuh, home address, poskod, \
         postcode",
    ),
    (
        Sense::Field(Field::Phone),
        "telefon, phone, no telefon, nombor telefon, no fon, fon, phone number, no phone, no hp, hp, \
         handphone, no tel, tel, telephone, telefone, contact no, phone no, nombor fon, no henfon, \
         henfon, mobile, mobile number, nombor hp, no tepon, nomor telepon, nombor phone, tel no, \
         hp no",
    ),
    (Sense::Field(Field::State), "negeri, state"),
    (
        Sense::Field(Field::Branch),
        "cawangan, branch, pejabat, office, tempat, place, lokasi, location, cwgn, cawngan, kantor",
    ),
    (
        Sense::Field(Field::Service),
        "urusan, servis, service, perkhidmatan, jenis urusan, type of service, transaksi, \
         transaction, layanan",
    ),
    (
        Sense::Field(Field::Date),
        "tarikh, date, trikh, tkh, tarik, hari, day, hari lain, tarikh lain, another day, \
         another date, other day, different date, different day, tanggal, tarikhnya, tarikh baru, \
         new date",
    ),
    (
        Sense::Field(Field::Slot),
        "masa, time, slot, waktu, jam, timing, masa lain, another time, slot lain, another slot, \
         different time, slot masa, new time, masa baru, pukul",
    ),
    (
        Sense::Refuse,
        "jangan, jgn, tak nak, taknak, x nak, xnak, tak mahu, tak mau, x mau, dont, do not, not, tak, \
         x, tk, tidak, tdk, bukan, no need, tak perlu, x perlu, tak payah, kenapa, knp, knape, \
         mengapa, why, cannot, cant, tak boleh, x boleh, no, never, sudah, dah, already, telah, \
         belum, blm",
    ),
    (
        Sense::Filler,
        "ya, ye, yes, ok, okay, okey, oke, tapi, tp, but, lah, la, lar, lor, je, ja, saja, sahaja, \
         ni, ini, tu, itu, yang, yg, i, me, we, kita, please, pls, plz, plis, boleh, blh, bleh, can, \
         could, will, sir, madam, tuan, puan, encik, en, cik, boss, bos, kak, abang, bang, bro, sis, \
         the, a, an, to, of, for, in, is, it, this, that, do, dan, and, di, ke, dari, pada, untuk, \
         utk, dengan, dgn, hi, hello, helo, hai, salam, assalamualaikum, thanks, thank you, tq, \
         terima kasih, now, sekarang, skrg, dulu, sekejap, kejap, sebentar, sini, here, ah, eh, oh, \
         kah, kan, sikit, some, any, apa apa, condition, conditions, should, baca, read, bawa, \
         dibawa, bring, diperlukan, required, needed, guna, use, version, dalam, dlm, kepada, kpd, \
         semua, semuanya, all, everything, on, at, atas, taip, isi, masuk, masukkan, info, maklumat, \
         details, butiran, cakap, speak, tulis, speak in, you, awak, anda, did, was, give, bagi, \
         beri, kasi, there, have, ada, am, im, be, my dear, balik tu, punya, baik, terus, soalan tu, \
         harap, berminat, tengah, sila, mohon, boleh tak, blh tak, boleh ke, or not, ke tak, tak ya, \
         nanti, cuma, bertanya tentang, mengenai, about, tentang",
    ),
    (
        Sense::Unknown,
        "semakin, contract, kontrak, point, terima, tempat tinggal, tempoh, barang, orang, resit, \
         tanda, bunda, harus, halus, batik, bantal, bakal, batas, total, smart, state of, biasa, \
         tulang, lolong, sialan, tular, bahagia, kembar, kembang, tempatan, balik kampung, \
         balik pulau, balik malaysia, balik indonesia, balik negara, permit masuk, masuk, slip gaji, \
         pay slip, payslip, menua, cancer, chance, charge, changi, bengkel, special, menara, seksyen, \
         mel, tukar majikan, change employer, start work, date of birth, tarikh lahir, \
         place of birth, tempat lahir, state bank, office boy, check in, check out memo, check out, \
         checkout, print, malaya, melaka, bukit, batang, batai, samad, salam sejahtera, siti, satay, \
         salim, malim, nama bapa, kota, tamam, tamin, batak, keluarga, sebelah, senarai hitam, \
         blacklist, terma kasih",
    ),
];
