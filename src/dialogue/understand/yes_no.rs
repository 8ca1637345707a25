//! Yes and no, in the many words people have for them.

use std::sync::LazyLock;

use super::Understood;
use super::phrase::{PhraseBook, Shape};
use super::text::fold;

/// Whether a text says yes or no.
///
/// It must say nothing else: words not known here, a question ("boleh tak?"), a reservation ("ya tapi …") or both
/// answers at once make it doubtful, and a longer text with words of its own is no answer at all.
pub fn yes_no(text: &str) -> Understood<bool> {
    let Some(senses) = senses(text) else { return Understood::none() };
    let said = Said::read(&senses);
    let answers: Vec<bool> = match (said.first, said.both) {
        (None, _) => Vec::new(),
        (Some(first), false) => vec![first],
        (Some(first), true) => vec![first, !first],
    };
    match answers.as_slice() {
        [] if senses.contains(&Sense::Later) => Understood::ask(vec![false]),
        [] if senses
            .iter()
            .all(|sense| matches!(sense, Sense::Done | Sense::Noted | Sense::Filler | Sense::Turn))
            && senses.iter().any(|sense| matches!(sense, Sense::Done | Sense::Noted)) =>
        {
            Understood::ask(vec![true])
        }
        [] => Understood::none(),
        _ if said.unknown > MOST_UNKNOWN => Understood::none(),
        [one] if !said.doubt && said.unknown == 0 => Understood::sure(*one),
        _ => Understood::ask(answers),
    }
}

/// With more words not known here than this a text is something else.
const MOST_UNKNOWN: usize = 1;
/// Longer texts are no answers of yes or no.
const LONGEST: usize = 24;

/// What a word says about yes and no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sense {
    Yes,
    No,
    /// "tak nak", "jangan": no, whatever word of yes comes after it.
    Refuse,
    /// Turns the words after it round, or says no by itself.
    Not,
    /// "wrong": no, and yes after "not", but who says so may mean either.
    Wrong,
    /// "dah", "faham": yes if nothing else is said, but better asked.
    Done,
    /// "faham": the same, but not with a "not" before it.
    Noted,
    /// "nanti", "wait".
    Later,
    /// "tapi", "kecuali".
    But,
    /// "ke", "or not".
    Question,
    /// "batal", "tukar": a command, which yes or no may stand beside.
    Deed,
    /// "nama", "alamat": what is right or wrong.
    Thing,
    Filler,
    /// The part of a sentence ends.
    Turn,
    Unknown,
}

/// The senses of a text; `None` when its shape shows that it is no answer.
fn senses(text: &str) -> Option<Vec<Sense>> {
    let folded = fold(text);
    let pieces = BOOK.pieces(&folded);
    if pieces.len() > LONGEST {
        return None;
    }
    let mut senses = Vec::new();
    let mut rest = pieces.as_slice();
    while let [first, after @ ..] = rest {
        if let Some((used, sense)) = BOOK.starts(rest) {
            senses.push(sense);
            rest = rest.get(used..).unwrap_or_default();
            continue;
        }
        rest = after;
        let sense = match first.shape {
            // Figures are answers to other questions.
            Shape::Number | Shape::Figure | Shape::Opaque => return None,
            Shape::Mark if first.text == "?" => Sense::Question,
            Shape::Mark if matches!(first.text, "," | "." | ";" | "!" | "-" | "/") => Sense::Turn,
            Shape::Mark => Sense::Filler,
            Shape::Word => match BOOK.nearest(first.text) {
                (near, true) if near.len() == 1 => near.first().copied().unwrap_or(Sense::Unknown),
                _ => Sense::Unknown,
            },
        };
        senses.push(sense);
    }
    Some(senses)
}

#[derive(Debug, Default)]
struct Said {
    first: Option<bool>,
    both: bool,
    doubt: bool,
    unknown: usize,
}

impl Said {
    fn read(senses: &[Sense]) -> Said {
        let mut said = Said::default();
        let mut negated = false;
        // A "not" that has turned nothing round yet.
        let mut open = false;
        for (at, sense) in senses.iter().enumerate() {
            match sense {
                Sense::Yes => {
                    said.say(!negated);
                    open = false;
                }
                Sense::No => said.say(false),
                Sense::Refuse => {
                    said.say(false);
                    negated = true;
                }
                Sense::Wrong => {
                    said.doubt |= negated;
                    if negated {
                        said.say(true);
                    }
                    said.say(false);
                    open = false;
                }
                Sense::Not => {
                    // "boleh tak" asks.
                    let rest = senses.get(at + 1..).unwrap_or_default();
                    let last = rest
                        .iter()
                        .all(|sense| matches!(sense, Sense::Filler | Sense::Turn | Sense::Question));
                    said.doubt |= said.first == Some(true) && last;
                    negated = true;
                    open = true;
                }
                Sense::Turn => {
                    if open {
                        said.say(false);
                    }
                    (negated, open) = (false, false);
                }
                Sense::Noted if negated => said.unknown += 1,
                Sense::But | Sense::Question | Sense::Later => said.doubt = true,
                // "ok cancel" must not confirm anything.
                Sense::Deed | Sense::Thing => said.doubt = true,
                Sense::Unknown => said.unknown += 1,
                Sense::Done | Sense::Noted | Sense::Filler => {}
            }
        }
        if open {
            said.say(false);
        }
        said
    }

    fn say(&mut self, yes: bool) {
        match self.first {
            None => self.first = Some(yes),
            Some(first) => self.both |= first != yes,
        }
    }
}

static BOOK: LazyLock<PhraseBook<Sense>> = LazyLock::new(|| PhraseBook::new(WORDS, Sense::Unknown));

const WORDS: &[(Sense, &str)] = &[
    (
        Sense::Yes,
        "ya, ye, iya, iye, yah, yaa, yea, yeah, yes, yess, yep, yup, yupp, yip, yap, yerp, y, yse, \
         yeh, yelah, yalah, yala, yela, yaya, ya 2, ye 2, ok, okay, okey, oke, okeh, okie, \
         okie dokie, okok, ok 2, okk, okla, oklah, okeyla, okeylah, okies, oki, i do, oki doki, \
         okey dokey, okie dokey, k, kk, kay, baik, baiklah, baekla, boleh, bole, blh, bleh, bolehlah, \
         bolehla, boleh 2, leh, can, bisa, betul, btul, btl, betoi, betol, bettul, betullah, confirm, \
         confirmed, comfirm, konfirm, kompem, confirmlah, sahkan, sah, disahkan, setuju, stuju, \
         setju, bersetuju, agree, agreed, agreeing, accept, accepted, accepting, terima, benar, \
         bener, tepat, correct, corect, right, sure, surely, of course, ofcourse, offcourse, \
         certainly, definitely, absolutely, go ahead, goahead, proceed, teruskan, terus, lanjut, \
         lanjutkan, continue, silakan, sila, jadi, jadikan, nak, nk, mahu, mau, mauk, want, hendak, \
         ingin, submit, hantar, send, simpan, save, why not, no problem, no prob, no issue, \
         tiada masalah, takde masalah, xde masalah, x de masalah, tak ada masalah, tak de masalah, \
         tak jadi masalah, bukan masalah, no objection, no objections, tiada bantahan, \
         tiada halangan, fine, alright, allright, all right, all good, looks good, look good, \
         sounds good, good, great, nice, perfect, cun, ngam, onz, on, jom, jum, cantik, bagus, \
         mantap, sip, siap boleh, gas, affirmative, true, indeed, yes sure, haah, aah, ha ah, a ah, \
         ho, hoh, hooh, aha, pasti, mesti, dipersetujui, be my guest, deal, do it, lets go, \
         lets do it, ✅, ✔, ☑, 👍, 👌, 🆗, 💯, 🙆, 👍👍, 是, 是的, 对, 對, 好, 好的, 好啊, 可以, \
         可以的, 行, 确认, 同意, 没问题, 没错, 对的, ஆம், ஆமாம், சரி, ok chop, opo, oo, haan, ha ji, \
         ji, oui, si, tama",
    ),
    (
        Sense::No,
        "no, nope, nop, nah, nay, noo, na, n, no way, never, no need, no nid, noneed, no thanks, \
         no thank you, no tq, jangan dulu, jgn dulu, bukan, bkn, bukannya, not yet, belum, blm, blum, \
         belom, belum lagi, blm lagi, tak jadi, takjadi, x jadi, xjadi, tak jd, x jdi, xjd, \
         tidak jadi, gak jadi, ga jadi, tak setuju, tidak setuju, x setuju, xsetuju, disagree, \
         do not agree, reject, tolak, menolak, refuse, decline, ogah, takde, tiada, xde, xda, takda, \
         tak ada, tidak ada, x ada, of course not, ofcourse not, absolutely not, definitely not, \
         not at all, negative, incorrect, not correct, untrue, false, ❌, ✖, 👎, 🙅, 🚫, ❎, 不, 不是, \
         不要, 不行, 不对, 不同意, 没有, 否, 不可以, இல்லை, வேண்டாம், illai, hindi, wag, ayaw, nahi, \
         nehi, nahin",
    ),
    (
        Sense::Refuse,
        "jangan, jgn, tak perlu, tidak perlu, x perlu, xperlu, takperlu, tak payah, tidak payah, \
         x payah, xpayah, takpayah, xyah, x yah, takyah, tak yah, tak usah, tidak usah, tak nak, \
         taknak, x nak, xnak, tanak, taknaklah, tknak, tk nak, xnk, x nk, tk nk, tak mahu, takmahu, \
         tidak mahu, tak mau, takmau, x mau, xmau, x mahu, xmahu, tamau, takmo, xmo, tak mo, \
         tidak mau, gak mau, ga mau, nggak mau, gamau, tak boleh, takboleh, takleh, tak leh, x boleh, \
         xboleh, x bole, x blh, xblh, xleh, tidak boleh, cannot, cant, can not, tak ingin, \
         tidak ingin, tak hendak, gak usah, ga usah, nggak usah, ga perlu, gak perlu, nggak perlu",
    ),
    (
        Sense::Not,
        "tak, tk, x, ga, gak, nggak, enggak, ngga, ngak, engga, kagak, i do not, i dont, tidak, tdk, \
         tida, tidk, tdak, idak, dak, not, dont, do not, doesnt, does not, isnt, is not, isn t, \
         arent, wont, ta",
    ),
    (Sense::Wrong, "salah, silap, wrong, error, mistake, tersilap, keliru, false info, typo"),
    (Sense::Done, "dah, sudah, done, sdh, udah, siap, selesai, finish, finished, ready"),
    (Sense::Noted, "faham, paham, understood, understand, noted"),
    (
        Sense::Later,
        "nanti, nnt, nanti dulu, nantilah, later, kejap, kjp, sekejap, sebentar, wait, tunggu, \
         tunggu dulu, hold on, jap, bentar, later la, lain kali, next time, tangguh",
    ),
    (
        Sense::But,
        "tapi, tp, tetapi, but, cuma, kecuali, except, however, melainkan, only if, kalau, if, \
         walaupun, tapi kan, selain, dengan syarat, unless",
    ),
    (
        Sense::Question,
        "ke, or not, ke tak, ke x, atau tidak, atau tak, ke idak, kah, betulkah, ke tidak, boleh tak, \
         blh tak, boleh x, blh x, bole tak, bleh tak, bleh x, bole x, boleh ke, blh ke, betul tak, \
         betul x, ok tak, ok x, ok ke, betul ke, ya ke, ye ke, yeke, confirm tak, confirm x, \
         can or not, is it, kan, right or not, meh",
    ),
    (
        Sense::Deed,
        "batal, batalkan, cancel, cancelkan, kensel, cancelled, tukar, ubah, change, edit, betulkan, \
         fix, tunda, reschedule, pindah, padam, hapus",
    ),
    (
        Sense::Thing,
        "nama, name, alamat, address, tarikh, date, masa, time, email, emel, e mel, no telefon, \
         telefon, phone, cawangan, branch, negeri, state, slot, servis, service, urusan, ic, no ic, \
         pasport, passport, nombor, number, details salah, info salah, poskod, ejaan, spelling",
    ),
    (
        Sense::Filler,
        "wan, have, has, read, baca, membaca, lah, la, lar, lor, loh, je, ja, jer, jela, jelah, saja, \
         sahaja, sja, aja, tu, itu, ini, ni, nih, yg, yang, saya, sy, sya, aku, i, im, me, my, kami, \
         kita, we, that, thats, this, is, its, it, are, the, all, semua, semuanya, everything, with, \
         dengan, dgn, terma, terma dan syarat, syarat, terms, terms and conditions, conditions, tnc, \
         t & c, and, dan, to, di atas, diatas, above, maklumat, butiran, detail, details, info, \
         information, data, please, pls, plz, plis, sir, madam, mam, maam, miss, tuan, puan, \
         tuan puan, encik, cik, en, boss, bos, kak, akak, abang, bang, bro, sis, dik, thanks, \
         thank you, thank u, thx, tq, tqvm, ty, terima kasih, tima kasih, trima kasih, makasih, \
         memang, sangat, sgt, very, so, then, also, pun, juga, looks, look, ada, rasa, rasanya, will, \
         would, like, am, be, do, does, will do, now, sekarang, skrg, dulu, already, lagi, kasih, oh, \
         ah, eh, ha, haha, hehe, hi, hai, salam, alhamdulillah, insyaallah, insya allah, untuk, for, \
         pada, nya, too, much, such, a, booking, tempahan, temujanji, appointment, dok, deh, dong, \
         kok, sih, banget, lahh, boh, weh, wei, mate, one, tempat, tempahan ini, sedia, bersedia, \
         berminat, seperti, macam, mcm",
    ),
    (
        Sense::Unknown,
        "kurang pasti, kurang faham, kurang jelas, kurang setuju, tak pasti, x pasti, not sure, \
         tak sure, x sure, tidak pasti, mungkin, maybe, perhaps, entah, tak tahu, tak tau, x tau, \
         tidak tahu, dont know, do not know, i dont know, idk, dunno, tak apa, tak pa, takpe, takpa, \
         xpe, xpa, tidak apa, tak kisah, x kisah, takkisah, tak faham, tak paham, x faham, \
         dont understand, do not understand, tidak faham, never mind, nevermind, nvm, up to you, \
         right now, turn right, good morning, good afternoon, good evening, good day, selamat, \
         no idea, yahya, bukit, benut, sahabat, tapah, later on, johor, nilai, siang, belur",
    ),
];
