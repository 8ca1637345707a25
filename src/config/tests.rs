use std::ffi::OsString;
use std::fs;

use chrono::TimeDelta;

use super::{Config, Database, KEYS};
use crate::store::PostgresUrl;

/// The settings of a file's text and of variables, or the sentences about what is wrong.
fn read(text: &str, variables: &[(&str, &str)]) -> Result<Config, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("temujanji.toml");
    fs::write(&path, text).unwrap();
    let variables = variables.iter().map(|(name, value)| (OsString::from(name), OsString::from(value)));
    Config::read(Some(&path), variables).map_err(|mistakes| {
        let prefix = format!("{}/", folder.path().display());
        mistakes.iter().map(|mistake| mistake.to_string().replace(&prefix, "")).collect()
    })
}

fn wrong(text: &str, variables: &[(&str, &str)]) -> String {
    read(text, variables).unwrap_err().join("\n")
}

#[test]
fn the_environment_overrides_the_file() {
    let text = "database_url = \"sqlite:data/a.db\"\n[booking]\nhold = \"90s\"\nmax_live = 3\n";
    let config =
        read(text, &[("TEMUJANJI_BOOKING__HOLD", "2min"), ("HOME", "/"), ("TEMUJANJI_CONFIG", "x")]).unwrap();
    assert_eq!(config.booking.hold, TimeDelta::minutes(2));
    assert_eq!(config.booking.max_live, 3);
    assert_eq!(config.database, Database::Sqlite("data/a.db".into()));
    assert_eq!(config.keys_file().to_str(), Some("data/a.keys"));
    assert_eq!(config.mail_folder().to_str(), Some("data/mail"));
    assert_eq!(config.slips_folder().to_str(), Some("data/slips"));
}

#[test]
fn durations_are_written_as_people_write_them() {
    for (written, seconds) in
        [("90s", 90), ("10min", 600), ("24h", 86_400), ("1h 30min", 5400), (" 7d ", 604_800)]
    {
        let config = read("", &[("TEMUJANJI_BOOKING__HOLD", written)]).unwrap();
        assert_eq!(config.booking.hold, TimeDelta::seconds(seconds), "{written}");
    }
    assert_eq!(read("booking.return_delay = \"0s\"", &[]).unwrap().booking.return_delay, TimeDelta::zero());
}

#[test]
fn every_mistake_is_told_at_once_with_its_place_and_mend() {
    let text = "\
# settings
databse_url = \"sqlite:a.db\"
slips_folder = \"\"

[booking]
hold = \"soon\"
return_delay = 10
max_live = \"lots\"
months_ahead = 0
lead_days = [1]
holt = \"10min\"

[mail]
address = \"nobody\"

[telegram]
username = \"my bot\"

[weather]
rain = true
";
    let variables = [
        ("TEMUJANJI_BOKING__HOLD", "9min"),
        ("TEMUJANJI_BOOKING__CODE_TRIES", "-1"),
        ("TEMUJANJI_XYZZY", "1"),
    ];
    insta::assert_snapshot!(wrong(text, &variables));
}

#[test]
fn the_database_is_a_file_or_a_server() {
    for (written, path) in
        [("sqlite:a.db", "a.db"), ("sqlite:///var/a.db", "/var/a.db"), ("sqlite://a.db", "a.db")]
    {
        let config = read("", &[("TEMUJANJI_DATABASE_URL", written)]).unwrap();
        assert_eq!(config.database, Database::Sqlite(path.into()));
    }
    let url = "postgres://staff:pa55@db.example.org/temujanji?sslmode=verify-full";
    let config = read("", &[("TEMUJANJI_DATABASE_URL", url)]).unwrap();
    assert_eq!(config.database, Database::Postgres(PostgresUrl::parse(url).unwrap()));
    assert_eq!(config.keys_file().to_str(), Some("temujanji.keys"));
    assert!(config.to_toml().contains("database_url = \"postgres://staff@db.example.org:5432/temujanji\""));
    assert!(!format!("{} {config:?}", config.to_toml()).contains("pa55"));
    let said: Vec<String> = [
        "postgres://u:secret@h:port/d",
        "sqlite:",
        "sqlite::memory:",
        "sqlite:a?mode=ro",
        "a.db",
        "mysql://u:secret@h/d",
    ]
    .map(|written| wrong("", &[("TEMUJANJI_DATABASE_URL", written)]))
    .into();
    assert!(!said.join("").contains("secret"));
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn a_secret_may_be_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("url");
    fs::write(&secret, "postgres://staff:secret@h/d\n").unwrap();
    let path = secret.to_str().unwrap();
    let config = read("", &[("TEMUJANJI_DATABASE_URL_FILE", path)]).unwrap();
    let Database::Postgres(url) = config.database else { panic!("{:?}", config.database) };
    assert_eq!(url.secret(), "postgres://staff:secret@h/d");
    assert!(read(&format!("database_url_file = {path:?}"), &[]).is_ok());
    assert_eq!(
        wrong("\ndatabase_url_file = \"/nowhere\"", &[]),
        "temujanji.toml:2: database_url_file: /nowhere cannot be read (No such file or directory (os error 2)); \
         name a file that holds the value and that this program's user may read"
    );
    assert!(wrong("booking.hold_file = \"x\"", &[]).contains("there is no setting"));
}

#[test]
fn printed_mail_servers_are_refused_until_the_password_is_written_again() {
    let folder = tempfile::tempdir().unwrap();
    let in_file = folder.path().join("smtp");
    fs::write(&in_file, "smtp://sto:pa55@mail.x.my?tls=required\n").unwrap();
    let text = format!(
        "[mail]\nimap_url = \"imaps://sto%40x.my:pa55@mail.x.my/Kotak Masuk\"\nsmtp_url_file = {in_file:?}\n"
    );
    let config = read(&text, &[]).unwrap();
    let printed = config.to_toml();
    assert!(!printed.contains("pa55"));
    assert!(
        printed.contains("imap_url = \"imaps://sto%40x.my:***@mail.x.my:993/Kotak%20Masuk\"\n"),
        "{printed}"
    );
    assert!(printed.contains("smtp_url = \"smtp://sto:***@mail.x.my:587?tls=starttls\"\n"), "{printed}");
    let said = read(&printed, &[]).map(drop).unwrap_err();
    let line = |key: &str| 1 + printed.lines().position(|line| line.starts_with(key)).unwrap();
    let expected = ["imap_url", "smtp_url"].map(|key| {
        format!(
            "temujanji.toml:{}: mail.{key} has *** in place of the password, as `temujanji config` prints it; write the \
             password, or name a file that holds the whole address in mail.{key}_file",
            line(key)
        )
    });
    assert_eq!(said, expected);
    let again = read(&printed.replace("***", "pa55"), &[]).unwrap();
    assert_eq!((again.mail.imap, again.mail.smtp), (config.mail.imap, config.mail.smtp));
    // Without a password nothing is hidden.
    let open = "smtp://127.0.0.1:2525?tls=none";
    let printed = read("", &[("TEMUJANJI_MAIL__SMTP_URL", open)]).unwrap().to_toml();
    assert!(printed.contains(&format!("smtp_url = \"{open}\"")), "{printed}");
    assert!(read(&printed, &[]).is_ok());
}

#[test]
fn what_is_not_toml_is_told_with_its_line() {
    insta::assert_snapshot!(wrong("[booking]\nhold = 10min\nmax_life = 3\n[booking]\n", &[]));
    // One mistake each, whatever the parser guesses of the rest.
    insta::assert_snapshot!(wrong("[booking\nhold = \"10min\"\n[mail]\naddres = \"a@b.my\"\n", &[]));
    insta::assert_snapshot!(wrong("database_url: \"sqlite:x.db\"\n", &[]));
}

#[test]
fn a_wrong_key_for_mail_is_told_with_its_place_and_mend() {
    let mend = "name a PEM file with an RSA or Ed25519 key without a passphrase, as `openssl genrsa -out dkim.pem 2048` \
                writes one";
    assert_eq!(
        wrong("\n[mail]\ndkim_key_file = \"/nowhere\"", &[]),
        format!(
            "temujanji.toml:3: mail.dkim_key_file: /nowhere cannot be read (No such file or directory (os error 2)); {mend}"
        )
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key.pem");
    fs::write(&path, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n").unwrap();
    let path = path.to_str().unwrap();
    assert_eq!(
        wrong("", &[("TEMUJANJI_MAIL__DKIM_KEY_FILE", path)]),
        format!(
            "environment variable TEMUJANJI_MAIL__DKIM_KEY_FILE: mail.dkim_key_file: {path} holds the public key, which \
             belongs in the DNS; {mend}"
        )
    );
}

#[test]
fn a_section_is_no_setting() {
    insta::assert_snapshot!(wrong("booking = 3\n", &[]));
}

#[test]
fn a_named_file_must_be_there() {
    let said = Config::read(Some("/nowhere/t.toml".as_ref()), []).unwrap_err();
    assert_eq!(
        said[0].to_string(),
        "/nowhere/t.toml: cannot be read (No such file or directory (os error 2)); name a file of settings with \
         --config, or leave that out"
    );
}

#[test]
fn the_printed_settings_read_back_as_they_are() {
    let config = read("booking.hold = \"7min\"\ntelegram.username = \"@temujanji_bot\"", &[]).unwrap();
    let printed = config.to_toml();
    insta::assert_snapshot!(printed);
    let again = read(&printed, &[]).unwrap();
    assert_eq!(again.to_toml(), printed);
    let whole =
        printed.replace("# hold", "hold").lines().filter(|line| !line.starts_with("# Settings")).count();
    assert!(whole > KEYS.len() * 2);
}

#[test]
fn every_default_is_written_as_it_may_be_written() {
    let by_example_only = [
        "telegram.username",
        "telegram.token",
        "telegram.webhook.url",
        "telegram.webhook.secret",
        "mail.dkim_key_file",
    ];
    for key in KEYS.iter().filter(|key| !by_example_only.contains(&key.name)) {
        let example = key.example();
        let value = example.trim_matches('"');
        read("", &[(&key.variable(), value)]).unwrap_or_else(|said| panic!("{}: {said:?}", key.name));
    }
}
