//! What Telegram shows of the bot before anybody writes: its commands and its profile, in both languages.

use teloxide::payloads::{SetMyCommands, SetMyDescription, SetMyShortDescription};
use teloxide::types::{BotCommand, BotCommandScope};

use super::api::{Api, ApiError};
use crate::dialogue::Language;
use crate::words::{Words, args};

/// A command of the menu.
struct Entry {
    english: &'static str,
    malay: &'static str,
    /// The words that explain it.
    about: &'static str,
}

/// The commands of the menu; every other one can be typed as well, and each in both languages.
const COMMANDS: [Entry; 7] = [
    Entry { english: "book", malay: "tempah", about: "telegram-command-book" },
    Entry { english: "bookings", malay: "tempahan", about: "telegram-command-bookings" },
    Entry { english: "back", malay: "balik", about: "telegram-command-back" },
    Entry { english: "change", malay: "ubah", about: "telegram-command-change" },
    Entry { english: "stop", malay: "henti", about: "telegram-command-stop" },
    Entry { english: "language", malay: "bahasa", about: "telegram-command-language" },
    Entry { english: "help", malay: "bantuan", about: "telegram-command-help" },
];

/// Sets commands and profile: for speakers of Malay in Malay, for all others in English.
///
/// # Errors
///
/// [`ApiError`] of the first call that failed.
pub(super) async fn set(api: &Api) -> Result<(), ApiError> {
    // The language code empty is for everybody who has none of their own.
    for (language, code) in [(Language::En, ""), (Language::Ms, "ms")] {
        let text = |id: &str| Words::builtin().text(language, id, args![]);
        let commands = COMMANDS.map(|Entry { english, malay, about }| {
            let name = match language {
                Language::En => english,
                Language::Ms => malay,
            };
            BotCommand::new(name, text(about))
        });
        let mut menu = SetMyCommands::new(commands);
        menu.scope = Some(BotCommandScope::AllPrivateChats);
        menu.language_code = Some(code.to_owned());
        api.call(&menu).await?;
        let mut about = SetMyDescription::new();
        about.description = Some(text("telegram-about"));
        about.language_code = Some(code.to_owned());
        api.call(&about).await?;
        let mut short = SetMyShortDescription::new();
        short.short_description = Some(text("telegram-about-short"));
        short.language_code = Some(code.to_owned());
        api.call(&short).await?;
    }
    Ok(())
}
