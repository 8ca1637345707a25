//! The program as a person at a shell meets it: conversations through pipes, help, settings, files.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests may")]

mod person;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use person::{Person, alone, err, out, run, temujanji};

/// What is answered from the name to the branch and the service; then come the day, the time and the agreement.
const ABOUT_AMINAH: [&str; 7] = [
    "Aminah binti Abu",
    "900101-14-5551",
    "No. 12, Jalan Mawar 3/4, Taman Melati, 53100 Kuala Lumpur",
    "012-345 6789",
    "Kuala Lumpur",
    "jalan duta",
    "sambung pas isteri",
];

/// The only file with this ending.
fn file(folder: &Path, ending: &str) -> PathBuf {
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.to_string_lossy().ends_with(ending));
    assert_eq!(files.len(), 1, "{files:?}");
    files.remove(0)
}

fn tool(name: &str, args: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(name);
    alone(command.args(args), folder);
    command.output().unwrap()
}

#[test]
fn a_conversation_through_a_pipe_ends_with_a_slip() {
    let folder = tempfile::tempdir().unwrap();
    let mut aminah = Person::starts(folder.path(), "aminah");
    aminah.hears("2. English");
    aminah.says("1").says("setuju").says("aminah@example.com").proves_the_mailbox();
    for text in ABOUT_AMINAH {
        aminah.says(text);
    }
    aminah.hears("Sila pilih tarikh");
    aminah.says("1").says("1").says("ya");
    let reference = aminah.hears_line("Nombor rujukan: ");
    aminah.hears("e-mel disimpan: ");
    let (status, rest) = aminah.leaves();
    assert!(status.success());
    assert!(!rest.contains('\u{1b}'), "no colours in a pipe");

    let compact = reference.replace('-', "");
    let slips = folder.path().join("slips");
    let pdf = slips.join(format!("slip-{compact}.pdf"));
    let text = out(&tool("pdftotext", &["-layout", pdf.to_str().unwrap(), "-"], folder.path()), 0);
    for part in
        [&*reference, "Aminah binti Abu", "******-**-5551", "Kompleks KDN", "30 minit", "www.imi.gov.my"]
    {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains("900101"), "the identity number is masked");

    let calendar = fs::read_to_string(slips.join(format!("slip-{compact}.ics"))).unwrap();
    let calendar = ical::IcalParser::new(calendar.as_bytes()).next().unwrap().unwrap();
    assert_eq!(calendar.events.len(), 1);

    let mail = fs::read_to_string(file(&folder.path().join("mail"), "-slip.eml")).unwrap();
    for part in
        ["To: aminah@example.com", "application/pdf", "text/calendar", "method=PUBLISH", "Auto-Submitted"]
    {
        assert!(mail.contains(part), "{part}\n{mail}");
    }
    assert!(!mail.contains("900101"));

    let picture = folder.path().join("slip");
    out(
        &tool(
            "pdftoppm",
            &["-r", "150", "-png", "-singlefile", pdf.to_str().unwrap(), "slip"],
            folder.path(),
        ),
        0,
    );
    let code =
        tool("zbarimg", &["--raw", "-q", picture.with_extension("png").to_str().unwrap()], folder.path());
    let code = out(&code, 0);
    let keys = out(&run(&mut temujanji(folder.path(), &["slip", "public-keys"]), ""), 0);
    fs::write(folder.path().join("public.toml"), keys).unwrap();
    let verify = ["slip", "verify", "--public-keys", "public.toml", "-"];
    let said = out(&run(&mut temujanji(folder.path(), &verify), &code), 0);
    assert_eq!(said, format!("genuine: reference {reference}, moved 0 times, signed with key 1\n"));
    let forged = code.replace(&compact, "K7QM29XTCR");
    let said = out(&run(&mut temujanji(folder.path(), &verify), &forged), 1);
    assert!(said.starts_with("NOT genuine: "), "{said}");

    let database = rusqlite::Connection::open(folder.path().join("temujanji.db")).unwrap();
    let rows: i64 = database.query_row("SELECT count(*) FROM claim", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 1);

    // The same person in another conversation is refused a second one.
    let mut again = Person::starts(folder.path(), "aminah2");
    again.hears("2. English");
    let form = [
        "No. Pengenalan: 900101-14-5551",
        "Nama: Aminah binti Abu",
        "Cawangan: jalan duta",
        "Urusan: sambung pas isteri",
    ]
    .join("\\\n");
    again.says("1").says("setuju").says("aminah.abu@example.com").proves_the_mailbox().says(&form);
    again.hears("Kad pengenalan: ******-**-5551");
    again.says(ABOUT_AMINAH[2]).says(ABOUT_AMINAH[3]);
    again.hears("Sila pilih tarikh");
    again.says("1").says("1");
    again.hears("sudah");
    assert!(again.leaves().0.success());
}

#[test]
fn a_process_killed_between_any_two_messages_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    // Going on at the question for the code would send another one.
    fs::write(folder.path().join("temujanji.toml"), "booking.code_pause = \"1h\"\n").unwrap();
    let mut ravi = Person::starts(folder.path(), "ravi");
    ravi.hears("1. ");
    for (says, hears) in [("2", "2. No, I do not agree"), ("agree", "Please type your e-mail address")] {
        ravi.killed();
        ravi = Person::starts(folder.path(), "ravi");
        ravi.hears("1. ");
        ravi.says(says).hears(hears);
    }
    ravi.says("ravi@example.com").hears("-code.eml]");
    let mail = file(&folder.path().join("mail"), "-code.eml");
    let code = person::code_of(&fs::read_to_string(mail).unwrap());
    for (says, hears) in [
        (&*code, "verified"),
        ("Ravi a/l Kumar", "Noted – Name"),
        ("900101-14-5551", "Noted – Identity card"),
        (ABOUT_AMINAH[2], "Noted – Address"),
        ("012-345 6789", "Noted – Telephone"),
        ("KL", "Noted – State"),
        ("jalan duta", "Noted – Branch"),
        ("study pass", "Noted – Service"),
        ("1", "Noted – Date"),
        ("1", "Noted – Time"),
        ("yes", "Reference number: "),
    ] {
        ravi.killed();
        ravi = Person::starts(folder.path(), "ravi");
        ravi.hears("2. Start again");
        ravi.says("1").says(says).hears(hears);
    }
    ravi.hears("slip saved: ");
    assert!(ravi.leaves().0.success());
}

#[test]
fn odd_bytes_and_long_lines_get_an_answer() {
    let folder = tempfile::tempdir().unwrap();
    let mut mei = Person::starts(folder.path(), "mei");
    mei.hears("2. English");
    mei.says("2").says("agree").hears("e-mail address");
    let long = "x".repeat(200_000);
    for bytes in [b"\xff\xfe\x00\x1b[2J\n".as_slice(), b"\n", b"\r\n", long.as_bytes(), b"\n"] {
        mei.sends(bytes);
    }
    mei.hears("too long");
    mei.says("mei@example.com").hears("mail saved: ");
    let (status, rest) = mei.leaves();
    assert!(status.success(), "{rest}");
    assert!(!rest.contains('\u{1b}'), "{rest}");
}

#[test]
fn the_last_line_needs_no_end_and_blank_lines_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let said = out(&run(&mut temujanji(folder.path(), &["chat"]), "2\n\n\nhelp"), 0);
    assert!(said.contains("Do you agree"), "{said}");
    assert!(!out(&run(&mut temujanji(folder.path(), &["chat"]), ""), 0).is_empty());
}

#[test]
fn help_teaches() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = String::new();
    for command in [
        "",
        "chat",
        "bookings",
        "office",
        "office import",
        "understand",
        "slip verify",
        "tidy",
        "doctor",
        "config",
        "completions",
    ] {
        let args: Vec<_> = command.split_whitespace().chain(["--help"]).collect();
        text += &format!(
            "$ temujanji {}\n{}\n",
            args.join(" "),
            out(&run(&mut temujanji(folder.path(), &args), ""), 0)
        );
    }
    insta::assert_snapshot!(text);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "asking for help leaves nothing behind");
}

#[test]
fn what_is_wrong_is_told_with_the_mend() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("temujanji.toml"), "[booking]\nholt = \"10min\"\nmax_live = \"many\"\n")
        .unwrap();
    let mut text =
        err(&run(temujanji(folder.path(), &["chat"]).env("TEMUJANJI_MAIL__ADRESS", "a@b.my"), ""), 2);
    fs::write(folder.path().join("temujanji.toml"), "").unwrap();
    for args in [
        &["--config", "none.toml", "chat"][..],
        &["--log", "=!", "chat"],
        &["chatt"],
        &["chat", "--as", ""],
        &["understand", "weather", "--", "rain"],
        &["understand", "date", "--today", "soon", "--", "esok"],
    ] {
        text += &format!(
            "$ temujanji {}\n{}\n",
            args.join(" "),
            err(&run(&mut temujanji(folder.path(), args), ""), 2)
        );
    }
    for args in [
        &["slip", "public-keys"][..],
        &["slip", "verify", "--public-keys", "none", "x"],
        &["office", "check", "none"],
    ] {
        text += &format!(
            "$ temujanji {}\n{}\n",
            args.join(" "),
            err(&run(&mut temujanji(folder.path(), args), ""), 1)
        );
    }
    insta::assert_snapshot!(text);
}

#[test]
fn understanding_is_shown_as_json_and_to_people() {
    let folder = tempfile::tempdir().unwrap();
    let understand = |args: &[&str], input: &str| {
        let args: Vec<_> = ["understand"].iter().chain(args).copied().collect();
        out(&run(&mut temujanji(folder.path(), &args), input), 0)
    };
    let date = ["date", "--today", "2026-11-23", "--json", "--"];
    assert_eq!(
        understand(&[&date[..], &["5hb", "1"]].concat(), ""),
        "{\"understood\": [\"2027-01-05\"], \"ambiguous\": false}\n"
    );
    assert_eq!(
        understand(&["phone", "--json", "--", "012-345 6789"], ""),
        "{\"understood\": [\"+60123456789\"], \"ambiguous\": false}\n"
    );
    assert_eq!(
        understand(&["mykad", "--json", "--", "hello"], ""),
        "{\"understood\": [], \"ambiguous\": false}\n"
    );
    assert_eq!(
        understand(&["time", "--json"], "pukul 10 pagi\nsaya lapar"),
        "{\"understood\": [\"10:00\"], \"ambiguous\": false}\n{\"understood\": [], \"ambiguous\": false}\n"
    );
    assert_eq!(
        understand(&["yesno", "--json", "-"], "ya\n"),
        "{\"understood\": [\"yes\"], \"ambiguous\": false}\n"
    );
    let shown = understand(&["branch", "--", "jalan duta"], "");
    assert!(shown.contains("KUL-DUTA  ") && shown.contains("would be taken without asking"), "{shown}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "it needs no database");
}

#[test]
fn the_catalogue_goes_out_and_comes_in_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let office = |args: &[&str]| run(&mut temujanji(folder.path(), &[&["office"], args].concat()), "");
    out(&office(&["export", "mine"]), 0);
    assert!(!folder.path().join("temujanji.db").exists(), "the built-in one is exported without a database");
    assert!(err(&office(&["export", "mine"]), 1).contains("not there yet"));
    assert!(out(&office(&["check", "mine"]), 0).contains("48 branches"));
    assert!(out(&office(&["import", "mine"]), 0).contains("version 1"));
    assert_eq!(out(&office(&["import", "mine"]), 0), "mine says what the database says already\n");

    let duta = folder.path().join("mine/branches/KUL-DUTA.toml");
    let text = fs::read_to_string(&duta).unwrap();
    fs::write(&duta, text.replace("code = ", "cod = ")).unwrap();
    fs::write(folder.path().join("mine/closures.csv"), "what,is,this\n1,2,3\n").unwrap();
    let said = err(&office(&["import", "mine"]), 1);
    assert!(said.contains("branches/KUL-DUTA.toml:") && said.contains("closures.csv:"), "{said}");
    assert!(said.contains("in the catalogue; nothing of it was taken"), "{said}");

    fs::write(&duta, text.replace("monday = ", "monday = \"09:00-10:00\" # ")).unwrap();
    fs::remove_file(folder.path().join("mine/closures.csv")).unwrap();
    out(&office(&["export", "again"]), 0);
    fs::copy(folder.path().join("again/closures.csv"), folder.path().join("mine/closures.csv")).unwrap();
    let said = out(&office(&["import", "mine"]), 0);
    assert!(said.contains("branch KUL-DUTA: ") && said.contains("version 2: 1 change"), "{said}");
}

#[test]
fn doctor_finds_a_new_place_and_a_used_one_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let said = out(&run(&mut temujanji(folder.path(), &["doctor"]), ""), 0);
    assert!(said.contains("temujanji.db is made on the first start"), "{said}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "it changes nothing");
    out(&run(&mut temujanji(folder.path(), &["chat"]), "2\n"), 0);
    let said = out(&run(&mut temujanji(folder.path(), &["doctor"]), ""), 0);
    assert!(said.contains("SQLite") && said.contains("one was typeset, signed and checked"), "{said}");
    assert!(out(&run(&mut temujanji(folder.path(), &["tidy"]), ""), 0).contains("conversations emptied"));
}

#[test]
fn completions_and_settings_are_printed() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(
            out(&run(&mut temujanji(folder.path(), &["completions", shell]), ""), 0).contains("understand")
        );
    }
    let said = out(&run(temujanji(folder.path(), &["config"]).env("TEMUJANJI_BOOKING__HOLD", "3min"), ""), 0);
    assert!(said.contains("\nhold = \"3min\"\n") && said.contains("\n# max_live = 5\n"), "{said}");
}
