//! The words of a place as typed, brought to the words of an address.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::fuzzy::MOST_WORDS;
use super::super::text;

/// Several words, in the forms of [`FORMS`], that stand for one or more words of a place.
const LONG_FORMS: &[(&[&str], &[&str])] = &[
    (&["lapangan", "terbang", "antarabangsa"], &["airport"]),
    (&["lapangan", "terbang"], &["airport"]),
    (&["lapangan", "kapal", "terbang"], &["airport"]),
    (&["international", "airport"], &["airport"]),
    (&["bandar", "udara"], &["airport"]),
    (&["kementerian", "dalam", "negeri"], &["kdn"]),
    (&["ministry", "of", "home", "affairs"], &["kdn"]),
    (&["urban", "transformation", "centre"], &["utc"]),
    (&["pusat", "transformasi", "bandar"], &["utc"]),
    (&["head", "office"], &["hq"]),
    (&["main", "office"], &["hq"]),
    (&["ibu", "pejabat"], &["hq"]),
    (&["pasport", "office"], &["pejabat", "pasport"]),
    (&["pasport", "division"], &["pejabat", "pasport"]),
    (&["bahagian", "pasport"], &["pejabat", "pasport"]),
];

/// Short and other forms of one word, those of each line for the word at its start.
const WORD_FORMS: &[(&str, &str)] = &[
    ("jalan", "jln jl jlan jalann street road rd"),
    ("taman", "tmn"),
    ("kampung", "kg kpg kmpg kampong"),
    ("sungai", "sg sgi sungei"),
    ("bandar", "bdr bndr"),
    ("bangunan", "bgn bgnn bldg building"),
    ("kompleks", "komplek complex komplex kompleksi kmplks"),
    ("pelabuhan", "pel pelab"),
    ("bukit", "bkt"),
    ("simpang", "spg"),
    ("seberang", "sbrg sebrang"),
    ("persiaran", "psrn"),
    ("lorong", "lrg"),
    ("presint", "precinct precint presinct presin"),
    ("seksyen", "section sek seksyn"),
    ("sultan", "sltn"),
    ("dato", "datuk datok dtk dato"),
    ("sri", "seri"),
    ("air", "ayer"),
    ("centre", "center"),
    ("airport", "bandara lapter"),
    ("hq", "headquarters headquarter ibupejabat"),
    ("pasport", "passport paspot paspor passpot"),
    ("imigresen", "immigration imigration immigresen imigrasi imigresyen imi"),
    ("cawangan", "cwgn caw"),
    ("pejabat", "pej ofis kantor"),
    ("negeri", "negri"),
    ("kdn", "moha"),
    ("1", "satu one"),
    ("2", "dua two"),
    ("3", "tiga three"),
    ("4", "empat four"),
    ("5", "lima five"),
    ("6", "enam six"),
    ("7", "tujuh seven"),
    ("8", "lapan eight"),
    ("9", "sembilan nine"),
    ("10", "sepuluh ten"),
];

static FORMS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let pairs = WORD_FORMS.iter().flat_map(|(word, forms)| forms.split(' ').map(move |form| (form, *word)));
    pairs.collect()
});

/// Names in Chinese, which is written without spaces.
const CHINESE: &[(&str, &str)] = &[
    ("吉隆坡", "kuala lumpur"),
    ("雪兰莪", "selangor"),
    ("莎阿南", "shah alam"),
    ("沙亚南", "shah alam"),
    ("加影", "kajang"),
    ("巴生港口", "pelabuhan klang"),
    ("巴生", "klang"),
    ("梳邦", "subang"),
    ("雪邦", "sepang"),
    ("布城", "putrajaya"),
    ("布特拉再也", "putrajaya"),
    ("新山", "johor bahru"),
    ("柔佛", "johor"),
    ("居銮", "kluang"),
    ("丰盛港", "mersing"),
    ("槟城", "penang"),
    ("槟岛", "penang"),
    ("乔治市", "george town"),
    ("威省", "seberang perai"),
    ("怡保", "ipoh"),
    ("霹雳", "perak"),
    ("马六甲", "melaka"),
    ("爱极乐", "ayer keroh"),
    ("芙蓉", "seremban"),
    ("森美兰", "negeri sembilan"),
    ("关丹", "kuantan"),
    ("彭亨", "pahang"),
    ("亚罗士打", "alor setar"),
    ("亚罗士达", "alor setar"),
    ("吉打", "kedah"),
    ("居林", "kulim"),
    ("双溪大年", "sungai petani"),
    ("加央", "kangar"),
    ("玻璃市", "perlis"),
    ("哥打巴鲁", "kota bharu"),
    ("吉兰丹", "kelantan"),
    ("瓜拉登嘉楼", "kuala terengganu"),
    ("登嘉楼", "terengganu"),
    ("亚庇", "kota kinabalu"),
    ("沙巴", "sabah"),
    ("斗湖", "tawau"),
    ("根地咬", "keningau"),
    ("古晋", "kuching"),
    ("诗巫", "sibu"),
    ("美里", "miri"),
    ("砂拉越", "sarawak"),
    ("砂劳越", "sarawak"),
    ("纳闽", "labuan"),
    ("半山芭", "pudu"),
    ("旺沙玛朱", "wangsa maju"),
    ("机场", "airport"),
    ("移民局", "imigresen"),
];

/// The words of a typed or printed place, in the forms above.
///
/// Letters with stops or spaces between them ("K.L.", "j b", "N. 9") become one word.
pub(crate) fn place_words(typed: &str) -> Vec<String> {
    let mut plain = without_links(typed);
    if !plain.is_ascii() {
        for (chinese, malay) in CHINESE {
            plain = plain.replace(chinese, &format!(" {malay} "));
        }
    }
    let mut words = text::words(&plain);
    words.truncate(MOST_WORDS);
    let words = initials_joined(words).into_iter().map(one_form).collect();
    long_forms(words)
}

/// The text without e-mail addresses and links.
pub(crate) fn without_links(typed: &str) -> String {
    let link = |part: &str| part.contains('@') || part.contains("://") || part.starts_with("www.");
    let kept: Vec<&str> = typed.split_whitespace().filter(|part| !link(part) || *part == "@").collect();
    kept.join(" ")
}

pub(crate) fn initials_joined(words: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::with_capacity(words.len());
    let mut open = false;
    for word in words {
        let single = word.len() == 1;
        let letter = single && word.chars().all(char::is_alphabetic);
        match joined.last_mut() {
            Some(last) if open && (letter || (single && last == "n")) => last.push_str(&word),
            _ => joined.push(word),
        }
        open = letter;
    }
    joined
}

fn long_forms(words: Vec<String>) -> Vec<String> {
    let mut rest = words.as_slice();
    let mut out = Vec::with_capacity(words.len());
    while let Some((first, after)) = rest.split_first() {
        let begins = |from: &[&str]| rest.len() >= from.len() && rest.iter().zip(from).all(|(w, f)| w == f);
        match LONG_FORMS.iter().find(|(from, _)| begins(from)) {
            Some((from, to)) => {
                out.extend(to.iter().map(|word| (*word).to_owned()));
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

fn one_form(word: String) -> String {
    FORMS.get(word.as_str()).map_or(word, |form| (*form).to_owned())
}
