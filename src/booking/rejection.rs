use serde::{Deserialize, Serialize};

/// Why an answer was not accepted: something a person can mend. Carries what the reply needs, never the answer itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rejection {
    /// Nothing was typed, or nothing but marks.
    #[error("the answer is empty")]
    Empty,
    /// Digits or letters of another script, full-width ones too, where only 0-9 and A-Z are used.
    #[error("has digits or letters of another script")]
    Lookalike,

    /// No e-mail address in the answer.
    #[error("no e-mail address found")]
    EmailNone,
    /// More than one.
    #[error("more than one e-mail address")]
    EmailSeveral,
    /// Something with an @ that is no address.
    #[error("not a complete e-mail address")]
    EmailShape,
    /// The part after the @ has no full stop, as in `ali@gmail`.
    #[error("the part after the @ is not complete")]
    EmailDomain,
    /// Longer than mail allows.
    #[error("e-mail address is longer than {max} characters")]
    EmailLength {
        /// The most there may be.
        max: usize,
    },

    /// Fewer than two letters.
    #[error("name has fewer than two letters")]
    NameTooShort,
    /// Too long. Never cut: it would no longer be the name on the document.
    #[error("name has {got} characters, at most {max}")]
    NameTooLong {
        /// Characters given.
        got: usize,
        /// The most there may be.
        max: usize,
    },
    /// A digit.
    #[error("name has a digit in it")]
    NameDigit,
    /// A mark that does not occur in names.
    #[error("name has a mark that names do not have")]
    NameMark {
        /// The first such mark.
        found: char,
    },
    /// An e-mail address instead of a name.
    #[error("an e-mail address instead of a name")]
    NameIsEmail,

    /// Another number of digits than twelve.
    #[error("identity card number has {got} digits, expected 12")]
    MyKadLength {
        /// Digits given.
        got: usize,
    },
    /// Something else than digits, spaces and hyphens.
    #[error("identity card number has something else than digits in it")]
    MyKadCharacter {
        /// The first such character.
        found: char,
    },
    /// The first six digits are no date.
    #[error("the first six digits of the identity card number are not a date")]
    MyKadDate,
    /// A birthplace code that is not in use. It could be new: the reply offers the passport or a human.
    #[error("birthplace code {code} of the identity card number is not in use")]
    MyKadBirthplace {
        /// The seventh and eighth digit.
        code: String,
    },
    /// Seven digits, or a letter and seven digits: a card of before 1990, or else a passport.
    #[error("looks like an old identity card number, or a passport number")]
    OldIdentityCard,
    /// A passport number where the number of an identity card was asked for.
    #[error("looks like a passport number")]
    LooksLikePassport,
    /// The number of an identity card where another one was asked for.
    #[error("looks like an identity card number")]
    LooksLikeMyKad,

    /// Not 6 to 9 letters and digits.
    #[error("passport number has {got} characters, expected {min} to {max}")]
    PassportLength {
        /// Letters and digits given.
        got: usize,
        /// The fewest there may be.
        min: usize,
        /// The most there may be.
        max: usize,
    },
    /// A character that passport numbers do not have.
    #[error("passport number has a character that is not allowed")]
    PassportCharacter {
        /// The first such character.
        found: char,
    },
    /// No digit in it: a word.
    #[error("passport number has no digit in it")]
    PassportNoDigit,
    /// All digits are zero.
    #[error("passport number is all zeros")]
    PassportZeros,
    /// The filler sign `<` that stands in the machine-readable zone.
    #[error("passport number has the filler sign < in it")]
    PassportFiller,
    /// A whole line of the machine-readable zone.
    #[error("a line of the passport's machine-readable zone instead of the number")]
    PassportMachineZone,

    /// The number of another document has too few or too many characters.
    #[error("document number has {got} characters, expected {min} to {max}")]
    DocumentLength {
        /// Characters given.
        got: usize,
        /// The fewest there may be.
        min: usize,
        /// The most there may be.
        max: usize,
    },
    /// A character other than letters, digits, - and /.
    #[error("document number has a character that is not allowed")]
    DocumentCharacter {
        /// The first such character.
        found: char,
    },
    /// No digit, or only zeros.
    #[error("document number has no digit but 0 in it")]
    DocumentNoDigit,

    /// No digit at all.
    #[error("no telephone number found")]
    PhoneNone,
    /// Letters in the number.
    #[error("telephone number has letters in it")]
    PhoneLetters,
    /// A character that telephone numbers are not written with.
    #[error("telephone number has a character that is not allowed")]
    PhoneCharacter {
        /// The first such character.
        found: char,
    },
    /// An e-mail address instead of a number.
    #[error("an e-mail address instead of a telephone number")]
    PhoneIsEmail,
    /// More than one number.
    #[error("more than one telephone number")]
    PhoneSeveral,
    /// Too few or too many digits.
    #[error("telephone number has {got} digits")]
    PhoneLength {
        /// Digits given: of a Malaysian number with its leading 0, of another with its country code.
        got: usize,
        /// The right number of digits, where there is only one.
        expected: Option<usize>,
    },
    /// No country code and no leading 0.
    #[error("telephone number has no area code")]
    PhoneNoAreaCode,
    /// An area code that is not in use.
    #[error("area code {code} is not in use")]
    PhoneAreaCode {
        /// The area code with its leading 0.
        code: String,
    },
    /// Long enough for a foreign number, but without the plus that would tell.
    #[error("foreign telephone number without + and country code")]
    PhoneNeedsPlus,
    /// No country has this code.
    #[error("no such country code")]
    PhoneCountryCode,
    /// 999, 112 and their like.
    #[error("an emergency number")]
    PhoneEmergency,
    /// A number of few digits that a network answers itself.
    #[error("a short code")]
    PhoneShortCode,
    /// 1-300, 1-600, 1-700, 1-800: a business, not an applicant.
    #[error("a toll-free, shared-cost or premium-rate number")]
    PhoneService,
    /// Nothing but zeros.
    #[error("telephone number is all zeros")]
    PhoneZeros,

    /// No five-digit postcode, and no foreign country named.
    #[error("address has no postcode")]
    AddressNoPostcode,
    /// The postcode is in no list, and no state is named.
    #[error("the postcode {postcode} is in no state, and the address names none")]
    AddressNoState {
        /// The postcode given.
        postcode: String,
    },
    /// Only a town: no street, village or building.
    #[error("address has no street or village")]
    AddressNoStreet,
    /// Too long. Never cut.
    #[error("address has {got} characters, at most {max}")]
    AddressTooLong {
        /// Characters given.
        got: usize,
        /// The most there may be.
        max: usize,
    },

    /// Not of a reference's shape.
    #[error("not a booking reference")]
    ReferenceShape,
    /// The check symbol does not fit: mistyped.
    #[error("booking reference is mistyped")]
    ReferenceCheck,
}
