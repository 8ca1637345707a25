//! What Telegram shows of the bot before anybody writes: its commands and its profile, in both languages.

use teloxide::payloads::{SetMyCommands, SetMyDescription, SetMyShortDescription};
use teloxide::types::{BotCommand, BotCommandScope};

use super::api::{Api, ApiError};
use crate::dialogue::Language;
use crate::words::{Words, args};

/// The commands of the menu, each with the words that explain it; every other one can be typed as well.
const COMMANDS: [(&str, &str); 7] = [
    ("book", "telegram-command-book"),
    ("bookings", "telegram-command-bookings"),
    ("back", "telegram-command-back"),
    ("change", "telegram-command-change"),
    ("stop", "telegram-command-stop"),
    ("language", "telegram-command-language"),
    ("help", "telegram-command-help"),
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
        let commands = COMMANDS.map(|(name, id)| BotCommand::new(name, text(id)));
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
