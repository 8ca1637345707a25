//! Any bytes as a mail; README.md says how it is run.

#![no_main]

use libfuzzer_sys::fuzz_target;
use temujanji::channel::email::read::{Mail, Own, read};
use temujanji::channel::email::token;
use temujanji::dialogue::understand;

fuzz_target!(|bytes: &[u8]| {
    let Ok(address) = "temujanji@sto.example".parse() else { return };
    if let Mail::Letter(letter) = read(bytes, &Own::new(&address)) {
        let _ = token::find(&letter.places);
        let _ = understand::form(&letter.text.whole);
        let _ = understand::form::agreement(&letter.text.whole);
        let _ = understand::tongue(&letter.text.whole);
    }
});
