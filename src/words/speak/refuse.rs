//! Why an answer was not accepted, and what to type instead.

use super::voice::Voice;
use crate::booking::Rejection;
use crate::dialogue::Field;
use crate::words::args;

impl Voice<'_> {
    /// What is wrong with an answer for that field.
    pub(super) fn refused(&self, field: Field, rejection: &Rejection) -> String {
        let id = match rejection {
            Rejection::Empty => return self.text("refuse-empty", args![field = self.name_of(field)]),
            Rejection::Lookalike => return self.text("refuse-lookalike", args![field = self.name_of(field)]),

            Rejection::EmailNone => "refuse-email-none",
            Rejection::EmailSeveral => "refuse-email-several",
            Rejection::EmailShape => "refuse-email-shape",
            Rejection::EmailDomain => "refuse-email-domain",
            Rejection::EmailLength { max } => return self.text("refuse-email-length", args![max = *max]),

            Rejection::NameTooShort => "refuse-name-too-short",
            Rejection::NameTooLong { got, max } => {
                return self.text("refuse-name-too-long", args![got = *got, max = *max]);
            }
            Rejection::NameDigit => "refuse-name-digit",
            Rejection::NameMark { found } => return self.found("refuse-name-mark", *found),
            Rejection::NameIsEmail => "refuse-name-is-email",

            Rejection::MyKadLength { got } => return self.text("refuse-mykad-length", args![got = *got]),
            Rejection::MyKadCharacter { found } => return self.found("refuse-mykad-character", *found),
            Rejection::MyKadDate => "refuse-mykad-date",
            Rejection::MyKadBirthplace { code } => {
                return self.text("refuse-mykad-birthplace", args![code = code.as_str()]);
            }
            Rejection::OldIdentityCard => "refuse-old-card",
            Rejection::LooksLikePassport => "refuse-is-passport",
            Rejection::LooksLikeMyKad => "refuse-is-mykad",

            Rejection::PassportLength { got, min, max } => {
                return self.text("refuse-passport-length", args![got = *got, min = *min, max = *max]);
            }
            Rejection::PassportCharacter { found } => return self.found("refuse-passport-character", *found),
            Rejection::PassportNoDigit => "refuse-passport-no-digit",
            Rejection::PassportZeros => "refuse-passport-zeros",
            Rejection::PassportFiller => "refuse-passport-filler",
            Rejection::PassportMachineZone => "refuse-passport-machine-zone",

            Rejection::DocumentLength { got, min, max } => {
                return self.text("refuse-document-length", args![got = *got, min = *min, max = *max]);
            }
            Rejection::DocumentCharacter { found } => return self.found("refuse-document-character", *found),
            Rejection::DocumentNoDigit => "refuse-document-no-digit",

            Rejection::PhoneNone => "refuse-phone-none",
            Rejection::PhoneLetters => "refuse-phone-letters",
            Rejection::PhoneCharacter { found } => return self.found("refuse-phone-character", *found),
            Rejection::PhoneIsEmail => "refuse-phone-is-email",
            Rejection::PhoneSeveral => "refuse-phone-several",
            Rejection::PhoneLength { got, expected: Some(expected) } => {
                return self.text("refuse-phone-length-of", args![got = *got, expected = *expected]);
            }
            Rejection::PhoneLength { got, expected: None } => {
                return self.text("refuse-phone-length", args![got = *got]);
            }
            Rejection::PhoneNoAreaCode => "refuse-phone-no-area-code",
            Rejection::PhoneAreaCode { code } => {
                return self.text("refuse-phone-area-code", args![code = code.as_str()]);
            }
            Rejection::PhoneNeedsPlus => "refuse-phone-needs-plus",
            Rejection::PhoneCountryCode => "refuse-phone-country-code",
            Rejection::PhoneEmergency | Rejection::PhoneShortCode | Rejection::PhoneService => {
                "refuse-phone-not-own"
            }
            Rejection::PhoneZeros => "refuse-phone-zeros",

            Rejection::AddressNoPostcode => "refuse-address-no-postcode",
            Rejection::AddressNoState { postcode } => {
                return self.text("refuse-address-no-state", args![postcode = postcode.as_str()]);
            }
            Rejection::AddressNoStreet => "refuse-address-no-street",
            Rejection::AddressTooLong { got, max } => {
                return self.text("refuse-address-too-long", args![got = *got, max = *max]);
            }

            Rejection::ReferenceShape => "refuse-reference-shape",
            Rejection::ReferenceCheck => "refuse-reference-check",
        };
        self.plain(id)
    }

    fn found(&self, id: &str, found: char) -> String {
        self.text(id, args![found = found.to_string()])
    }
}
