//! Addresses abroad.

/// Countries by the words people here write for them, in Malay, English and their own.
#[rustfmt::skip]
const COUNTRIES: &[&str] = &[
    "singapore", "singapura", "indonesia", "thailand", "brunei", "brunei darussalam", "philippines",
    "the philippines", "filipina", "pilipinas", "vietnam", "viet nam", "cambodia", "kemboja", "laos",
    "myanmar", "burma", "timor leste", "timor-leste", "bangladesh", "nepal", "india", "pakistan", "sri lanka",
    "bhutan", "maldives", "afghanistan", "china", "cina", "taiwan", "hong kong", "macau", "mongolia", "japan",
    "jepun", "korea", "korea selatan", "south korea", "republic of korea", "australia", "new zealand",
    "papua new guinea", "fiji", "united kingdom", "uk", "england", "scotland", "wales", "ireland",
    "united states", "united states of america", "usa", "amerika syarikat", "canada", "kanada", "mexico",
    "brazil", "argentina", "chile", "colombia", "peru", "germany", "jerman", "deutschland", "france",
    "perancis", "netherlands", "the netherlands", "belanda", "belgium", "austria", "switzerland", "italy",
    "itali", "spain", "sepanyol", "portugal", "greece", "sweden", "norway", "denmark", "finland", "poland",
    "czech republic", "czechia", "hungary", "romania", "bulgaria", "serbia", "ukraine", "russia", "rusia",
    "belarus", "turkey", "turki", "türkiye", "turkiye", "iran", "iraq", "syria", "lebanon", "jordan",
    "palestine", "palestin", "saudi arabia", "arab saudi", "yemen", "yaman", "oman", "united arab emirates",
    "uae", "qatar", "bahrain", "kuwait", "egypt", "mesir", "libya", "tunisia", "algeria", "morocco",
    "maghribi", "sudan", "somalia", "ethiopia", "kenya", "uganda", "tanzania", "rwanda", "nigeria", "ghana",
    "senegal", "cameroon", "gambia", "the gambia", "zambia", "zimbabwe", "botswana", "namibia", "mauritius",
    "south africa", "afrika selatan", "kazakhstan", "uzbekistan", "kyrgyzstan", "tajikistan", "turkmenistan",
    "azerbaijan", "georgia",
];
/// Most words of a country's name.
const LONGEST: usize = 4;

/// The words before the name of a foreign country at the end, if there is one; digits behind it (a postcode) do not
/// count. A street may have a country's name: `Jalan India` is at home.
pub(super) fn before_foreign<'a>(words: &'a [String], streets: &[&str]) -> Option<&'a [String]> {
    let is_number = |word: &String| word.chars().all(|c| c.is_ascii_digit() || c == '-');
    let end = words.iter().rposition(|word| !is_number(word))? + 1;
    let named = words.get(..end)?;
    (1..=LONGEST.min(end)).rev().find_map(|length| {
        let (before, name) = named.split_at_checked(end - length)?;
        let street = before.last().is_some_and(|word| streets.contains(&word.as_str()));
        (!street && COUNTRIES.contains(&name.join(" ").as_str())).then_some(before)
    })
}
